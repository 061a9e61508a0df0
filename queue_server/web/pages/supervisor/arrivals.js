/** Arrivals by the hour: how many came, and how many usually do on this weekday. @module */

import { byId, h, sameInside } from "../../static/js/dom.js";
import { clock } from "../../static/js/format.js";
import { say } from "../../static/js/texts.js";

/**
 * @typedef {import("./types.js").Hall} Hall
 */

/** @param {Hall} hall @param {string} zone */
export function drawArrivals(hall, zone) {
  const hours = hall.forecast || [];
  byId("arrivals").hidden = !hours.length;
  const most = Math.max(1, ...hours.map(({ expected, arrived }) => Math.max(expected || 0, arrived)));
  const fresh = h("ol", {}, ...hours.map((one) => column(one, most)));
  if (!sameInside(byId("arrival-hours"), fresh)) byId("arrival-hours").replaceChildren(...fresh.childNodes);
  byId("arrivals-said").textContent = sum(hours, Number(clock(hall.now, zone).slice(0, 2)));
}

/** @param {Hall["forecast"][0]} one @param {number} most */
function column({ hour, expected, arrived }, most) {
  const bar = (/** @type {string} */ name, /** @type {number} */ n) => {
    const made = h("span", { class: name });
    made.style.setProperty("--part", (n / most).toFixed(3)); // no style may stand in the markup
    return made;
  };
  const said = expected === null ? say("arrivals_of_hour", { hour, n: arrived })
    : say("arrivals_of_hour_usual", { hour, n: arrived, usual: expected });
  return h("li", { class: "arrival", "data-hour": hour, title: said },
    h("span", { class: "visually-hidden" }, said),
    h("b", { class: "arrival-count", "aria-hidden": "true" }, arrived || "\u00a0"),
    h("span", { class: "arrival-bars", "aria-hidden": "true" },
      bar("arrival-came", arrived), expected === null ? null : bar("arrival-usual", expected)),
    h("span", { "aria-hidden": "true" }, hour));
}

/**
 * The hours that are over, summed up: half of one would be held against the whole.
 * @param {Hall["forecast"]} hours @param {number} now
 */
function sum(hours, now) {
  const over = hours.filter(({ hour }) => hour < now);
  if (!over.length) return "";
  const n = over.reduce((all, { arrived }) => all + arrived, 0);
  const usual = over.reduce((all, { expected }) => all + (expected || 0), 0);
  const time = `${String(now).padStart(2, "0")}.00`;
  return over[0].expected === null ? say("arrivals_sum", { time, n }) : say("arrivals_sum_usual", { time, n, usual });
}
