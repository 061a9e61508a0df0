/** A reason: chosen by a digit or typed. It is kept apart from the events and purged by its lifetime. @module */

import { h } from "../../static/js/dom.js";
import { say } from "../../static/js/texts.js";
import { choices, field } from "../../static/js/panel.js";

/**
 * @param {string[]} keys  text keys of ready-made reasons @param {string} [chosen]  the key that fits best
 * @param {boolean} [digits]  false where another group has them
 */
export function reasonFields(keys, chosen = "", digits = true) {
  const all = keys.map((key) => ({ value: say(key), text: say(key) }));
  const ready = choices({ name: "reason", label: say("reason"), choices: all, chosen: chosen ? say(chosen) : null,
    compact: true, digits });
  const own = field({ name: "own", label: "", hint: say("reason_hint") });
  own.addEventListener("input", () => {
    const radios = /** @type {NodeListOf<HTMLInputElement>} */ (ready.querySelectorAll("input"));
    for (const radio of radios) radio.checked = false;
  });
  return h("div", { class: "reasons" }, ready, own);
}

/** What was typed, else what was chosen. @param {FormData} data */
export function reasonOf(data) {
  return String(data.get("own") || "").trim() || String(data.get("reason") || "");
}

/**
 * A reason as a verb is sent it: its words, and its code where it was chosen and not typed.
 * @param {FormData} data @param {string[]} keys
 */
export function codedReason(data, keys) {
  const reason = reasonOf(data);
  const key = String(data.get("own") || "").trim() ? undefined : keys.find((one) => say(one) === reason);
  return { ...(reason ? { reason } : {}), ...(key ? { reason_code: key.replace("reason_", "") } : {}) };
}
