/** How many come with the number, where the hall's kiosks give one to several. @module */

import { h } from "../../static/js/dom.js";
import { say, sayCount } from "../../static/js/texts.js";
import { button } from "./parts.js";

/**
 * One fewer, one more; nothing where a number is for one person.
 * @param {import("./model.js").Model} model
 * @param {import("./model.js").Act} act
 */
export function groupChoice(model, act) {
  const { visit, hall: { site: { group_max: most } } } = model;
  if (!most || most < 2) return null;
  const set = (/** @type {number} */ people) => {
    visit.people = Math.min(most, Math.max(1, people));
    act.draw();
  };
  const key = (/** @type {string} */ name, /** @type {string} */ sign, /** @type {number} */ by) => {
    const made = button(name, "button group-key", () => set(visit.people + by), sign);
    made.setAttribute("aria-label", say(name));
    return made;
  };
  return h("div", { class: "group", role: "group", "aria-label": say("group_ask") },
    h("span", { class: "group-ask" }, say("group_ask")),
    key("group_fewer", "−", -1),
    h("b", { class: "group-people", "aria-live": "polite" }, sayCount("people", visit.people)),
    key("group_more", "+", 1));
}
