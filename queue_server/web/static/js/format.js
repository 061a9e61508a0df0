/** Times, dates, ranges and numbers as people read them here. Everything is in the site's zone. @module */

import { say, sayCount } from "./texts.js";

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** @type {Map<string, Intl.DateTimeFormat>} making a formatter is slow, using one is not */
const formatters = new Map();

/** @param {string} tz */
function formatter(tz) {
  let found = formatters.get(tz);
  if (!found) {
    found = new Intl.DateTimeFormat("en-GB", {
      timeZone: tz, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
      hourCycle: "h23",
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
 * Whether a day begins at that moment: then the day alone says it, and "besok, 00.00" would be puzzled over.
 * @param {string|Date} when
 * @param {string} tz
 */
export function beginsDay(when, tz) {
  const { hour, minute } = parts(when, tz);
  return hour === "00" && minute === "00";
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
 * The whole date: `Senin, 19 Januari 2026`. Names and pattern are texts that the server takes from CLDR.
 * @param {string|Date} when
 * @param {string} tz
 */
export function longDate(when, tz) {
  return dateBy("long_date", when, tz);
}

/**
 * A date near enough to do without its year: `Senin, 19 Januari`.
 * @param {string|Date} when
 * @param {string} tz
 */
export function dateOfYear(when, tz) {
  return dateBy("date_of_year", when, tz);
}

/**
 * `Senin`.
 * @param {string|Date} when
 * @param {string} tz
 */
export function weekdayName(when, tz) {
  return say(`weekday_${weekday(when, tz)}`);
}

/** `19 Januari`. @param {string|Date} when @param {string} tz */
export function dayOfMonth(when, tz) {
  const { month, day } = parts(when, tz);
  return `${Number(day)} ${say(`month_${Number(month)}`)}`;
}

/** @param {string} pattern @param {string|Date} when @param {string} tz */
function dateBy(pattern, when, tz) {
  const { year, month, day } = parts(when, tz);
  const names = { weekday: weekdayName(when, tz), month: say(`month_${Number(month)}`) };
  return say(pattern, { ...names, day: Number(day), year });
}

/** A figure with one decimal where it has one: "8,6" or "8", in English "8.6". @param {number} value */
export function decimal(value) {
  return value.toFixed(1).replace(/\.0$/, "").replace(".", say("decimal_sign"));
}

/** A whole number with its thousands apart: "650.000", in English "650,000". @param {number} value */
export function count(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, say("thousands_sign"));
}

/** Hours in what a site file says: "08:00-11:30" becomes "08.00–11.30". @param {string} text */
export function period(text) {
  return text.replace(/(\d\d):(\d\d)/g, "$1.$2").replace(/(\d)-(\d)/g, "$1–$2");
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

/** From one to the other, in one word where they are the same: `25–35`. @param {(string|number)[]} bounds */
export function range([low, high]) {
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
 * "41 menit", or "kurang dari 1 menit".
 * @param {number} seconds
 * @param {string} [under]  text key of what is said under a minute; `under_a_minute_short` where a column is narrow
 */
export function minutesOf(seconds, under = "under_a_minute") {
  const n = minutes(seconds);
  return n ? sayCount("minutes", n) : say(under);
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
