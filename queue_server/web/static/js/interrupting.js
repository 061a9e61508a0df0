/** Saying that something cannot work, in two touches, and that it works again. @module */

import { newKey, post } from "./api.js";
import { serverNow } from "./clock.js";
import { counterName } from "./counters.js";
import { h } from "./dom.js";
import { clock, dateOfYear } from "./format.js";
import { causeOf, newsOf, noticeOf, titleOf, whatIs } from "./interruptions.js";
import { choices, closePanel, field, openPanel } from "./panel.js";
import { say, sayWords } from "./texts.js";

/**
 * @typedef {import("./documents.js").Interruption} Interruption
 * @typedef {import("./documents.js").PastInterruption} PastInterruption
 * @typedef {import("./documents.js").Site} Site
 * @typedef {import("./api.js").ApiError} ApiError
 * @typedef {{site: Site, whole: boolean, agencies: string[], oversees: boolean, giveUp?: () => void}} Whose
 *   what the account may speak for: the whole site, or these agencies; whether it may say since when; where it may,
 *   what gives up for the day
 */

const CAUSES = ["power", "network", "central_system", "equipment", "staff", "other"];
const NOTICE = 200; // letters, as the server takes them: a wall shows it on two lines
const ISSUING = ["go_on", "warn", "stop"];

/** A cause as staff say it; what the public reads of any other one names none. @param {string} cause */
export function causeName(cause) {
  return cause === "other" ? say("interruption_other_cause") : say(`interruption_cause_${cause}`);
}

/** Two touches: this panel, and the cause. @param {Whose} whose @param {() => void} done */
export function openInterrupt(whose, done) {
  const once = newKey();
  const cause = /** @type {HTMLInputElement} */ (h("input", { type: "hidden", name: "reason" }));
  const causes = CAUSES.map((one) => h("button", { class: "button cause", type: "button", onclick: () => {
    cause.value = one;
    // No key of the form submits it, so that Enter in a field says no cause; Safari 14 knows no `requestSubmit`.
    cause.closest("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  } }, causeName(one)));
  openPanel({
    title: say("interruption_begin"), lead: say("interruption_begin_lead"), wide: true,
    body: [
      h("div", { class: "interruption-columns" },
        h("div", {},
          h("label", { class: "panel-field" },
            h("span", { class: "choices-label" }, say("interruption_scope")), scopes(whose)),
          h("div", { class: "interruption-times" },
            whose.oversees ? time("since", "interruption_from") : null, time("until", "interruption_news")),
          field({ name: "notice", label: say("interruption_notice"), size: NOTICE })),
        choices({ name: "issuing", label: say("interruption_kiosk"), chosen: "warn",
          choices: ISSUING.map((one) => ({ value: one, text: say(`interruption_issuing_${one}`) })) })),
      h("div", { role: "group", "aria-labelledby": "interruption-causes" },
        h("p", { class: "choices-label", id: "interruption-causes" }, say("interruption_causes")),
        h("div", { class: "causes" }, causes), cause),
    ],
    more: [h("button", { class: "button", type: "button", onclick: closePanel }, say("cancel"))],
    submit: { label: "", run: (data) => begin(whose.site, data, once, done) },
  });
}

/** What it may be said of, the widest first. @param {Whose} whose */
function scopes({ site, whole, agencies }) {
  const mine = (/** @type {{agency: string}} */ one) => whole || agencies.includes(one.agency);
  const some = (/** @type {string} */ kind, /** @type {[string, string][]} */ named) =>
    h("optgroup", { label: say(`interruption_of_${kind}`) },
      ...named.map(([id, name]) => h("option", { value: `${kind}/${id}` }, name)));
  const own = site.agencies.filter(({ id }) => whole || agencies.includes(id));
  return h("select", { class: "field", name: "scope" },
    whole ? h("option", { value: "" }, say("interruption_all")) : null,
    some("agency", own.map((one) => [one.id, one.short_name])),
    some("service", site.services.filter(mine).map((one) => [one.id, sayWords(one.name)])),
    some("counter", site.counters.filter(mine).map((one) => [one.id, counterName(one)])));
}

/** @param {string} name @param {string} label */
function time(name, label) {
  return h("label", { class: "panel-field" }, h("span", { class: "choices-label" }, say(label)),
    h("input", { class: "field", type: "time", name }));
}

/**
 * @param {Site} site @param {FormData} data @param {string} key @param {() => void} done
 * @returns {Promise<string|null>}
 */
async function begin(site, data, key, done) {
  const said = (/** @type {string} */ name) => String(data.get(name) || "").trim();
  const [kind, id] = said("scope").split(/\/(.*)/);
  const times = Object.assign({}, ...["since", "until"].filter(said).map(
    (name) => ({ [name]: today(said(name), site.timezone) })));
  const body = { scope: kind ? { [kind]: id } : {}, reason: /** @type {Interruption["reason"]} */ (said("reason")),
    issuing: /** @type {Interruption["issuing"]} */ (said("issuing")),
    ...(said("notice") ? { notice: said("notice") } : {}), ...times };
  try {
    await post(`/api/v1/sites/${site.id}/interruptions`, body, { key });
    closePanel();
    done();
    return null;
  } catch (trouble) {
    const { code, message, details } = /** @type {ApiError} */ (trouble);
    if (code === "offline") return say("offline");
    const wrong = (details || {}).field;
    const ofTime = code === "invalid" && (wrong === "since" || wrong === "until");
    return ofTime ? say(`interruption_wrong_${wrong}`) : message;
  }
}

/**
 * A clock's time of today at the site, as an instant.
 * @param {string} hhmm @param {string} zone
 */
function today(hhmm, zone) {
  const now = serverNow();
  const there = (/** @type {Date} */ at) => new Intl.DateTimeFormat("en-GB",
    { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  const minutes = (/** @type {string} */ text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
  const apart = minutes(hhmm) - minutes(there(now));
  const at = new Date(now.getTime() + apart * 60000);
  at.setSeconds(0, 0);
  return at.toISOString();
}

/**
 * One that lasts, for staff: what, why, since when, and the keys that end and confirm it.
 * @param {Interruption} one @param {Whose} whose @param {() => void} done
 */
export function interruptionBar(one, whose, done) {
  const { site } = whose;
  const numbers = one.scope.counter ? "" : ` ${say(`interruption_issuing_${one.issuing}`)}.`;
  return bar(one, whose, done, [h("b", {}, `${titleOf(one, whatIs(one, site))}.`),
    ` ${causeOf(one, site)} ${newsOf(one, site)}${numbers}`], ["end"]);
}

/**
 * One that was over before a supervisor looked: from when to when, and the key that confirms it.
 * @param {PastInterruption} one @param {Whose} whose @param {string} today @param {() => void} done
 */
export function pastBar(one, whose, today, done) {
  const { site } = whose;
  const [since, until] = [one.since, one.ended_at || one.since].map((at) => clock(at, site.timezone));
  const told = say("interruption_was", { cause: causeName(one.reason), since, until });
  const words = one.day === today ? told : `${dateOfYear(one.since, site.timezone)}: ${told}`;
  return bar(one, whose, done, [h("b", {}, `${whatIs(one, site)}.`), ` ${words}`, ` ${noticeOf(one)}`], []);
}

/**
 * @param {Interruption} one @param {Whose} whose @param {() => void} done
 * @param {(HTMLElement|string)[]} words @param {"end"[]} verbs  beside the confirming
 */
function bar(one, whose, done, words, verbs) {
  const of = agencyOf(one, whose.site);
  const own = of ? whose.whole || whose.agencies.includes(of) : whose.whole;
  const open = whose.oversees && !one.confirmed;
  const sure = /** @type {("confirm"|"reject")[]} */ (open ? one.rejected ? ["confirm"] : ["confirm", "reject"] : []);
  return h("div", { class: "interruption-bar", "data-interruption": one.id },
    h("p", { class: "interruption-words" }, ...words,
      one.confirmed ? null : h("span", { class: "interruption-unsure" },
        ` ${say(one.rejected ? "interruption_rejected" : "interruption_unconfirmed")}`)),
    ...(own ? [...sure, ...verbs] : []).map((verb) => h("button", { class: "button", type: "button",
      onclick: (/** @type {Event} */ { currentTarget }) =>
        verb === "reject" ? askToReject(one, whose.site, done)
          : send(one, whose.site, verb, /** @type {HTMLElement} */ (currentTarget), done) },
      say(`interruption_${verb}`))),
    whose.giveUp && own && !one.scope.counter ? h("button", { class: "button", type: "button", onclick: whose.giveUp },
      say("give_up")) : null);
}

/**
 * Asked once more: the other key lies beside it, and of what is over this is the last word.
 * @param {Interruption} one @param {Site} site @param {() => void} done
 */
function askToReject(one, site, done) {
  const once = newKey();
  openPanel({
    title: say("interruption_reject_title"), lead: say("interruption_reject_lead"),
    body: [h("p", {}, h("b", {}, `${titleOf(one, whatIs(one, site))}.`), ` ${causeOf(one, site)} ${noticeOf(one)}`)],
    more: [h("button", { class: "button", type: "button", onclick: closePanel }, say("cancel"))],
    submit: { label: say("interruption_reject"), run: async () => {
      try {
        await post(`/api/v1/sites/${site.id}/interruptions/${one.id}/reject`, {}, { key: once });
      } catch (trouble) {
        return wording(trouble);
      }
      closePanel();
      done();
      return null;
    } },
  });
}

/**
 * @param {Interruption} one @param {Site} site @param {"end"|"confirm"} verb @param {HTMLElement} key
 * @param {() => void} done
 */
async function send(one, site, verb, key, done) {
  key.setAttribute("aria-disabled", "true");
  try {
    await post(`/api/v1/sites/${site.id}/interruptions/${one.id}/${verb}`, {}, { key: newKey() });
  } catch (trouble) {
    if (/** @type {ApiError} */ (trouble).status !== 404) { // else it is over
      openPanel({ title: say(`interruption_${verb}`), body: [h("p", {}, wording(trouble))] });
    }
  }
  done();
}

/** @param {unknown} trouble */
function wording(trouble) {
  const { code, message } = /** @type {ApiError} */ (trouble);
  if (code === "illegal_transition") return say("interruption_confirmed_now");
  return code === "offline" ? say("offline") : message;
}

/** The agency it belongs to; null: it is the whole site's. @param {Interruption} one @param {Site} site */
function agencyOf({ scope }, site) {
  const { services, counters } = site;
  const of = services.find(({ id }) => id === scope.service) || counters.find(({ id }) => id === scope.counter);
  return of ? of.agency : scope.agency || null;
}
