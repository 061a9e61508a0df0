/** Closing the day, and opening it again: asked back once, with what will happen. @module */

import { newKey, post } from "../../static/js/api.js";
import { byId, h } from "../../static/js/dom.js";
import { say, sayCount } from "../../static/js/texts.js";
import { closePanel, openPanel } from "../counter/panel.js";

/** @typedef {import("./types.js").Hall} Hall */

/**
 * @param {string} site
 * @param {() => Hall} hall  as it is now
 * @param {(board: any) => void} done
 */
export function offerDay(site, hall, done) {
  byId("day").addEventListener("click", () => ask(site, hall(), done));
}

/** @param {Hall} hall */
export function drawDay(hall) {
  byId("day").textContent = say(verbOf(hall).key);
  byId("closed").hidden = !hall.day_closed;
}

/** @param {Hall} hall */
function verbOf(hall) {
  return hall.day_closed ? { verb: "reopen-day", key: "reopen_day" } : { verb: "close-day", key: "close_day" };
}

/** @param {string} site @param {Hall} hall @param {(board: any) => void} done */
function ask(site, hall, done) {
  const { verb, key } = verbOf(hall);
  const once = newKey(); // pressed again after a lost answer, it is still the same wish
  const run = async () => {
    try {
      const { body } = await post(`/api/v1/sites/${site}/${verb}`, {}, { key: once });
      closePanel();
      done(body);
      return null;
    } catch (trouble) {
      const { code, message } = /** @type {import("../../static/js/api.js").ApiError} */ (trouble);
      return code === "offline" ? say("offline") : message;
    }
  };
  const cancel = h("button", { class: "button", type: "button", autofocus: true, onclick: closePanel }, say("cancel"));
  openPanel({ title: say(`${key}_ask`), body: [h("ul", {}, ...consequences(hall).map((text) => h("li", {}, text)))], submit: { label: say(`${key}_do`), run }, more: [cancel] });
}

/** @param {Hall} hall */
function consequences(hall) {
  if (hall.day_closed) return [say("reopen_day_numbers"), say("reopen_day_expired")];
  const people = (/** @type {string} */ state) => sayCount("people", hall.counters.filter((one) => one.state === state).length);
  const waiting = hall.services.reduce((sum, one) => sum + one.waiting, 0);
  return [say("close_day_waiting", { people: sayCount("people", waiting) }),
    say("close_day_counters", { serving: people("serving"), called: people("called") }), say("close_day_numbers")];
}
