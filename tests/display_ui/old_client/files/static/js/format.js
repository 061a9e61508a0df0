/** Times, dates, ranges and numbers as people read them here. Everything is in the site's zone. @module */

import { say } from "./texts.js";

const INDONESIAN_ZONES = /** @type {Record<string, string>} */ ({
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Ujung_Pandang": "WITA",
  "Asia/Jayapura": "WIT",
});
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** @type {Map<string, Intl.DateTimeFormat>} making a formatter is slow, using one is not */
const formatters = new Map();

/** @param {string} tz */
function formatter(tz) {
  let found = formatters.get(tz);
  if (!found) {
    found = new Intl.DateTimeFormat("en-GB", {
      timeZone: tz, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    formatters.set(tz, found);
  }
  return found;
}

/** @param {string|Date} when @param {string} tz */
function parts(when, tz) {
  const date = when instanceof Date ? when : new Date(when);
  /** @type {Record<string, string>} */
  const out = {};
  for (const part of formatter(tz).formatToParts(date)) out[part.type] = part.value;
  return out;
}

/**
 * The time of day: `10.43`.
 * @param {string|Date} when  ISO 8601 or a Date
 * @param {string} tz  IANA zone, such as `Asia/Jakarta`
 */
export function clock(when, tz) {
  const { hour, minute } = parts(when, tz);
  return `${hour}.${minute}`;
}

/**
 * The key of the weekday at that moment, `mon` … `sun`.
 * @param {string|Date} when
 * @param {string} tz
 */
export function weekday(when, tz) {
  const { year, month, day } = parts(when, tz);
  return WEEKDAYS[new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay()];
}

/**
 * The whole date: `Senin, 19 Januari 2026`.
 * @param {string|Date} when
 * @param {string} tz
 */
export function longDate(when, tz) {
  const { year, month, day } = parts(when, tz);
  return say("long_date", {
    weekday: say(`weekday_${weekday(when, tz)}`),
    day: Number(day),
    month: say(`month_${Number(month)}`),
    year,
  });
}

/**
 * The zone's short name: WIB, WITA or WIT; elsewhere what the browser calls it.
 * @param {string} tz
 */
export function zoneName(tz) {
  if (INDONESIAN_ZONES[tz]) return INDONESIAN_ZONES[tz];
  const named = new Intl.DateTimeFormat("en-GB", { timeZone: tz, timeZoneName: "short" }).formatToParts(new Date());
  const name = named.find((part) => part.type === "timeZoneName");
  return name ? name.value : tz;
}

/**
 * A running time: `06.12`, from an hour on `1.06.12`.
 * @param {number} seconds
 */
export function stopwatch(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}.${two(whole % 60)}`;
  return hours ? `${hours}.${rest}` : rest;
}

/**
 * An estimate in minutes: `25–35`. From ten minutes on rounded outwards to five, since more would be pretence.
 * @param {import("./documents.js").Range} range
 */
export function minutesRange({ low_s, high_s }) {
  const outwards = (/** @type {number} */ minutes, /** @type {(n: number) => number} */ round) =>
    minutes >= 10 ? round(minutes / 5) * 5 : round(minutes);
  const low = Math.max(1, outwards(low_s / 60, Math.floor));
  const high = Math.max(low, outwards(high_s / 60, Math.ceil));
  return low === high ? String(low) : `${low}–${high}`;
}

/**
 * Whole minutes of a duration, at least 0: for "41 menit".
 * @param {number} seconds
 */
export function minutes(seconds) {
  return Math.max(0, Math.floor(seconds / 60));
}

/**
 * A ticket's number in its two parts: `K001` -> `{prefix: "K", digits: "001"}`.
 * @param {string} number
 */
export function spellNumber(number) {
  const found = /^(\D*)(\d*)$/.exec(number);
  return found ? { prefix: found[1], digits: found[2] } : { prefix: "", digits: number };
}

/**
 * Writes a number into an element, prefix and digits a hair apart (see `.number` in base.css).
 * @param {Element} element
 * @param {string} number
 */
export function showNumber(element, number) {
  if (element.getAttribute("data-number") === number) return;
  element.setAttribute("data-number", number);
  const { prefix, digits } = spellNumber(number);
  const first = document.createElement("span");
  first.className = "number-prefix";
  first.textContent = prefix;
  element.replaceChildren(...(prefix ? [first] : []), digits);
}
