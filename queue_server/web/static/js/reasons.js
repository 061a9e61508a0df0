/**
 * A reason: one of the published list, chosen by a digit, or typed. The text is kept apart from the events and purged
 * by its lifetime; the word of the list stays with them.
 * @module
 */

import { h } from "./dom.js";
import { choices, field } from "./panel.js";
import { say } from "./texts.js";

/** @typedef {import("./documents.js").ReasonCode} ReasonCode */

/**
 * @param {readonly ReasonCode[]} codes  those that are offered
 * @param {{label: string, hint: string, chosen?: ReasonCode|"", digits?: boolean}} how  chosen: the one that fits best;
 *   digits: false where another group has them
 */
export function reasonFields(codes, { label, hint, chosen, digits = true }) {
  const ready = choices({ name: "reason", label, chosen: chosen || null, compact: true, digits,
    choices: codes.map((code) => ({ value: code, text: say(`why_${code}`) })) });
  const own = field({ name: "own", label: "", hint });
  own.addEventListener("input", () => {
    const radios = /** @type {NodeListOf<HTMLInputElement>} */ (ready.querySelectorAll("input"));
    for (const radio of radios) radio.checked = false;
  });
  return h("div", { class: "reasons" }, ready, own);
}

/**
 * What was typed, else what was chosen, as it is sent; null: neither.
 * @param {FormData} data @returns {{reason: string, reason_code?: ReasonCode}|null}
 */
export function reasonOf(data) {
  const own = String(data.get("own") || "").trim();
  const code = /** @type {ReasonCode|""} */ (String(data.get("reason") || ""));
  return own ? { reason: own } : code ? ofTheList(code) : null;
}

/** One of the list, as it is sent: in the words of the page, and as its word. @param {ReasonCode} code */
export function ofTheList(code) {
  return { reason: say(`why_${code}`), reason_code: code };
}
