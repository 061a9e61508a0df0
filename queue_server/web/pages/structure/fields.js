/** What stands in a form's field, as a site file says it; and how a value is said in a line. @module */

import { period } from "../../static/js/format.js";
import { say } from "../../static/js/texts.js";
import { casesOf } from "./cases.js";

/** @typedef {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} Control */

/** @type {Record<string, (field: HTMLElement) => unknown>} */
const READ = {
  text: (field) => only(field).value.trim() || undefined,
  date: (field) => only(field).value || undefined,
  periods: (field) => timesOf(/** @type {HTMLElement} */ (field.querySelector("[data-day]"))),
  rows: (field) => {
    const rows = Array.from(field.querySelectorAll(".structure-row"), (row) => {
      const own = Array.from(row.querySelectorAll("[data-field]"), (one) => /** @type {HTMLElement} */ (one));
      return own.map((one) => [one.dataset.field, read(one)]).filter(([, value]) => value !== undefined);
    }).filter((row) => row.length > 0);
    return rows.length ? rows.map(tableOf) : undefined;
  },
  color: (field) => only(field).value.trim() || undefined,
  select: (field) => only(field).value || undefined,
  number: (field) => number(only(field).value),
  ids: (field) => listed(only(field).value.split(",")),
  switch: (field) => {
    const box = /** @type {HTMLInputElement} */ (only(field));
    return String(box.checked) === box.dataset.unset ? undefined : box.checked;
  },
  texts: (field) => byLanguage(field, (text) => text.trim() || undefined),
  cases: (field) => casesOf(controls(field).map((one) => [one.dataset.language || "id", one.value])),
  choices: (field) => {
    const boxes = /** @type {HTMLInputElement[]} */ (controls(field)).filter((box) => box.checked);
    return boxes.length ? boxes.map((box) => box.value) : undefined;
  },
  week: (field) => {
    const days = Array.from(field.querySelectorAll("[data-day]"), (day) => /** @type {HTMLElement} */ (day));
    const week = days.map((day) => [day.dataset.day, timesOf(day)]).filter(([, found]) => found !== undefined);
    return week.length ? tableOf(week) : undefined;
  },
};

/** @param {HTMLElement} field @returns {unknown} undefined: nothing is said */
export function read(field) {
  return READ[field.dataset.kind || "text"](field);
}

/** @param {unknown} one @param {unknown} other */
export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A value in a few words. @param {unknown} value @returns {string} */
export function shown(value) {
  if (value === undefined || value === null || value === "") return say("nothing");
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (Array.isArray(value)) return value.map((one) => shown(one)).join(", ");
  if (typeof value !== "object") return period(String(value));
  const table = /** @type {Record<string, unknown>} */ (value);
  if ("amount" in table) return `${shown(table.name)} ${shown(table.amount)}`;
  if ("id" in table) return shown(table.id);
  if ("items" in table) return [table.when, table.items].filter(Boolean).map((one) => shown(one)).join(": ");
  return Object.entries(table).map(([key, one]) => `${say(`weekday_${key}`)} ${shown(one)}`).join("; ");
}

/** @param {HTMLElement} field @returns {Control[]} */
function controls(field) {
  return Array.from(field.querySelectorAll("input, select, textarea"), (one) => /** @type {Control} */ (one));
}

/** `Object.fromEntries`, which browsers of 2018 lack. @param {unknown[][]} pairs */
function tableOf(pairs) {
  /** @type {Record<string, unknown>} */
  const table = {};
  for (const [key, value] of pairs) table[String(key)] = value;
  return table;
}

/** @param {HTMLElement} field */
function only(field) {
  return controls(field)[0];
}

/** A number, or what was written where it is none: the server says what is wrong with it. @param {string} text */
function number(text) {
  const written = text.trim().replace(",", ".");
  if (!written) return undefined;
  return Number.isNaN(Number(written)) ? text.trim() : Number(written);
}

/** @param {string[]} parts */
function listed(parts) {
  const found = parts.map((part) => part.trim()).filter(Boolean);
  return found.length ? found : undefined;
}

/**
 * @param {HTMLElement} field
 * @param {(text: string) => unknown} take
 */
function byLanguage(field, take) {
  const found = controls(field).map((one) => [one.dataset.language, take(one.value)])
    .filter(([, value]) => value !== undefined);
  if (found.length === 0) return undefined;
  return found.length === 1 && found[0][0] === "id" ? found[0][1] : tableOf(found);
}

/**
 * `08.00–11.30` and `8:00 - 11:30` are one window; what is no window is left for the server to refuse.
 * @param {HTMLElement} day
 */
function timesOf(day) {
  const found = controls(day).map((one) => one.value.trim()).filter(Boolean).map(asWindow);
  return found.length > 1 ? found : found[0];
}

/** @param {string} text */
function asWindow(text) {
  const parts = /^(\d{1,2})[.:](\d\d)\s*[-–—]\s*(\d{1,2})[.:](\d\d)$/.exec(text);
  return parts ? `${parts[1].padStart(2, "0")}:${parts[2]}-${parts[3].padStart(2, "0")}:${parts[4]}` : text;
}
