/** Interruptions in words: what cannot work, why, since when. Which of them concerns what, the server says. @module */

import { counterName } from "./counters.js";
import { beginsDay, clock, dateOfYear } from "./format.js";
import { say, sayWords } from "./texts.js";

/**
 * @typedef {import("./documents.js").Interruption} Interruption
 * @typedef {import("./documents.js").Site} Site
 */

/**
 * Those of a document; one of an older server, beside which this page may run, has none.
 * @param {{interruptions?: Interruption[]}} document
 * @returns {Interruption[]}
 */
export function interruptionsOf({ interruptions }) {
  return interruptions || [];
}

/**
 * The one of that id, if it lasts.
 * @param {{interruptions?: Interruption[]}} document @param {string|null|undefined} id
 */
export function interruptionOf(document, id) {
  return interruptionsOf(document).find((one) => one.id === id);
}

/** What it concerns, by its name. @param {Interruption} one @param {Site} site */
export function whatIs({ scope }, site) {
  const service = site.services.find(({ id }) => id === scope.service);
  const counter = site.counters.find(({ id }) => id === scope.counter);
  const agency = site.agencies.find(({ id }) => id === scope.agency);
  if (service) return sayWords(service.name);
  if (counter) return counterName(counter);
  return agency ? agency.short_name : scope.service || scope.counter || scope.agency || say("interruption_all");
}

/** "Perekaman KTP-el sedang terhenti". @param {Interruption} one @param {string} what */
export function titleOf({ issuing }, what) {
  return say(issuing === "stop" ? "interruption_stopped" : "interruption_slow", { what });
}

/** Why, and since when. @param {Interruption} one @param {Site} site */
export function sinceOf({ reason, since }, site) {
  const cause = say(`interruption_cause_${reason}`);
  return say("interruption_since", { cause, time: clock(since, site.timezone), zone: site.timezone_name });
}

/** Staff's own words, as a sentence; empty if there are none. @param {Interruption} one */
export function noticeOf({ notice }) {
  return !notice || /[.!?]$/.test(notice) ? notice || "" : `${notice}.`;
}

/** Why and since when, and staff's own words. @param {Interruption} one @param {Site} site */
export function causeOf(one, site) {
  return [sinceOf(one, site), noticeOf(one)].filter(Boolean).join(" ");
}

/** When there is more news, as far as that is announced. @param {Interruption} one @param {Site} site */
export function newsOf({ until }, site) {
  return until && Date.parse(until) > Date.now() ? say("interruption_until", { time: clock(until, site.timezone) })
    : say("interruption_unknown");
}

/**
 * That a place on another day is kept for whoever was not served, for everybody: one sentence for each day.
 * @param {{carried?: import("./documents.js").KeptPlaces[]}} document
 * @param {Site} site @param {Date} now @param {(service: string) => boolean} [fits]
 */
export function keptWords({ carried }, site, now, fits = () => true) {
  const ahead = (carried || []).filter((one) => Date.parse(one.opens_at) > now.getTime() && fits(one.service));
  return [...new Set(ahead.map(({ opens_at: at }) => at))].map((at) => {
    const from = beginsDay(at, site.timezone) ? "" : say("interruption_kept_from", { time: clock(at, site.timezone) });
    return say("interruption_kept", { when: [dateOfYear(at, site.timezone), from].filter(Boolean).join(", ") });
  });
}

/** For a line of a list: "Terhenti sejak 09.40". @param {Interruption} one @param {Site} site */
export function inShort({ issuing, since }, site) {
  const key = issuing === "stop" ? "interruption_short_stopped" : "interruption_short";
  return say(key, { time: clock(since, site.timezone) });
}
