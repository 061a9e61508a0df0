/** Facts of a service, in words: pure, from the site's information and the server's answers. @module */

import { beginsDay, clock, dateOfYear, dayOfMonth, longDate, weekdayName } from "../../static/js/format.js";
import { say, sayCount, sayWords } from "../../static/js/texts.js";
import { waitShort, waitWords } from "../../static/js/wait.js";

/**
 * @typedef {import("../../static/js/documents.js").Site} Site
 * @typedef {import("../../static/js/documents.js").SiteService} Service
 * @typedef {import("../../static/js/documents.js").Estimate} Estimate
 */

const DAY_MS = 24 * 3600 * 1000;

/** How many people, "Tidak ada" for none. @param {number} n */
export function people(n) {
  return n === 0 ? say("people_none") : sayCount("people", n);
}

/** The estimate as "20–40 menit", or that it is not known. @param {Estimate|null} estimate */
export function waitMinutes(estimate) {
  return waitWords(estimate) || say("minutes_unknown");
}

/** The same beside other facts: a longer line leaves fewer services on a page. @param {Estimate|null} estimate */
export function waitMinutesShort(estimate) {
  return waitShort(estimate) || say("minutes_unknown");
}

/**
 * Numbers left of a class today; null: without limit.
 * @param {Service} service
 * @param {import("../../static/js/documents.js").Class} type
 * @returns {number|null}
 */
export function left(service, type) {
  const n = service.quota_left[type];
  return n === undefined ? null : n;
}

/** The class of who asks for nothing else. @param {Service} service */
export function mainClass({ classes }) {
  return classes.includes("regular") ? "regular" : classes[0];
}

/**
 * Where the service is given: the counters that may call it.
 * @param {Site} site
 * @param {Service} service
 */
export function countersOf(site, service) {
  return site.counters.filter((counter) => counter.services.includes(service.id));
}

/**
 * Whether anybody calls this service's numbers now.
 * @param {Site} site
 * @param {Service} service
 */
export function hasOpenCounter(site, service) {
  return countersOf(site, service).some((counter) => counter.open);
}

/** "5, 6 atau 8". @param {string[]} names */
export function either(names) {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${say("or")} ${names[names.length - 1]}`;
}

/**
 * Why one cannot be served now, in a few words for a choice: when the first of them opens again, as far as that is
 * known.
 * @param {Site} site
 * @param {Service[]} services  closed ones
 * @param {Date} now
 */
export function shortReason(site, services, now) {
  const stopped = services.filter(({ reason }) => reason === "interrupted");
  if (stopped.length === services.length) {
    const since = stopped.map(({ reason_detail: detail }) => String(detail.since)).sort(inTime)[0];
    return say("interruption_short_stopped", { time: clock(since, site.timezone) });
  }
  const full = services.every(({ reason }) => reason === "quota_full");
  const openings = services.map(({ reason_detail: detail }) => (detail && detail.opens_at) || "").filter(Boolean);
  if (openings.length) {
    const first = openings.sort(inTime)[0];
    const paused = services.some(({ reason, reason_detail: at }) => reason === "pause" && at.opens_at === first);
    if (paused) return say("reopens_at", { clock: clock(first, site.timezone) });
    return full ? `${say("short_full")}. ${nextOpening(first, site, now, "again")}` : nextOpening(first, site, now);
  }
  const { reason } = services[0];
  if (reason === "holiday") return say("short_holiday");
  return say(reason === "quota_full" ? "short_full" : "short_closed");
}

/** Nobody serves for a break. @param {Site} site @param {string} until  "" if that was not said */
export function restLine(site, until) {
  return until ? say("short_resting_until", { time: clock(until, site.timezone) }) : say("short_resting");
}

/** @param {string} one @param {string} other  instants, ISO 8601 */
export function inTime(one, other) {
  return Date.parse(one) - Date.parse(other);
}

/**
 * "Buka pukul 13.00", "Buka besok, 08.00", "Buka Selasa, 08.00", "Buka 2 Februari, 08.00"; from midnight "Buka besok".
 * @param {string} iso
 * @param {Site} site
 * @param {Date} now
 * @param {"open"|"again"} [what]  it opens, or there are new numbers: "Nomor baru besok, 08.00"
 */
export function nextOpening(iso, site, now, what = "open") {
  const tz = site.timezone;
  const day = longDate(iso, tz);
  const after = (/** @type {number} */ days) => longDate(new Date(now.getTime() + days * DAY_MS), tz);
  const at = clock(iso, tz);
  if (day === after(0)) return say(`${what}_at`, { clock: at });
  const whole = beginsDay(iso, tz);
  if (day === after(1)) return say(whole ? `${what}_tomorrow_day` : `${what}_tomorrow`, { clock: at });
  const near = [2, 3, 4, 5, 6].some((days) => day === after(days));
  const name = near ? weekdayName(iso, tz) : dayOfMonth(iso, tz);
  return say(whole ? `${what}_on_day` : `${what}_on`, { day: name, clock: at });
}

/**
 * A moment to come, as "Selasa, 20 Januari, pukul 08.00 WIB": near enough to do without its year, and at the beginning
 * of a day without its clock.
 * @param {string} iso
 * @param {Site} site
 * @param {Date} now
 */
export function dayAt(iso, site, now) {
  const tz = site.timezone;
  const at = { clock: clock(iso, tz), zone: site.timezone_name };
  if (beginsDay(iso, tz)) return dateOfYear(iso, tz);
  const today = longDate(iso, tz) === longDate(now, tz);
  return today ? say("today_at", at) : say("day_at", { day: dateOfYear(iso, tz), ...at });
}

/** A service's name in the present language. @param {Service} service */
export function nameOf(service) {
  return sayWords(service.name);
}
