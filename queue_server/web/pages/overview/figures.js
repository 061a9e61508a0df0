/** The five figures that a head asks for first. @module */

import { byId, h, sameInside } from "../../static/js/dom.js";
import { minutes } from "../../static/js/format.js";
import { say, sayCount } from "../../static/js/texts.js";

export const NONE = "–";

/**
 * @typedef {import("../../static/js/documents.js").Overview} Overview
 * @typedef {import("../../static/js/documents.js").Today} Today
 */

/** Whole minutes since an instant. @param {string|null} since @param {Date} now */
export function minutesAt(since, now) {
  return since === null ? null : minutes((now.getTime() - Date.parse(since)) / 1000);
}

/** What has not changed is not drawn anew. @param {HTMLElement} place @param {HTMLElement[]} children */
export function replace(place, children) {
  const fresh = h(place.tagName, {}, ...children);
  if (sameInside(place, fresh)) return false;
  place.replaceChildren(...children);
  return true;
}

/** @param {Overview} overview @param {Today|null} today  null: not yet known @param {Date} now */
export function drawFigures(overview, today, now) {
  const longest = minutesAt(overview.first, now);
  const promise = today?.within_target_percent;
  replace(byId("figures"), [
    figure("waiting", overview.waiting,
      overview.people_waiting > overview.waiting ? sayCount("people", overview.people_waiting) : ""),
    figure("served", today ? today.completed : NONE),
    figure("longest", longest === null ? NONE : longest),
    figure("promise", promise === null || promise === undefined ? NONE : say("percent_figure", { n: promise })),
    figure("counters", overview.counters_open, say("of_n", { n: overview.counters })),
  ]);
}

/** @param {string} name @param {string|number} value @param {string} [more] */
function figure(name, value, more = "") {
  return h("div", { class: "now-figure", "data-figure": name },
    h("dt", {}, say(`figure_${name}`)),
    h("dd", {}, h("b", {}, value), more ? h("span", {}, ` ${more}`) : null));
}
