/** The strip of figures, and the table of services. @module */

import { byId, h, sameInside } from "../../static/js/dom.js";
import { clock, minutes } from "../../static/js/format.js";
import { say, sayCount, sayWords } from "../../static/js/texts.js";
import { waitFigure } from "../../static/js/wait.js";
import { NONE, percent, secondsSince, whole } from "./words.js";

/**
 * @typedef {import("./types.js").Hall} Hall
 * @typedef {import("./types.js").Today} Today
 */

/** @param {Hall} hall @param {Today|null} today  null: not yet known */
export function drawStrip(hall, today) {
  const count = (/** @type {(one: Hall["counters"][0]) => boolean} */ which) => hall.counters.filter(which).length;
  const [waiting, people] = /** @type {const} */ (["waiting", "people_waiting"]).map((name) =>
    hall.services.reduce((sum, one) => sum + one[name], 0));
  const median = today ? whole(today.wait.median_min) : NONE;
  replace(byId("strip"), [
    figure("waiting", waiting, people > waiting ? sayCount("people", people) : ""),
    figure("serving", count((one) => one.state === "serving"), say("strip_of_open", { n: count((one) => one.open) })),
    figure("completed", today ? today.completed : NONE),
    figure("wait", median, median === NONE ? "" : say("strip_wait_more", { n: whole(today?.wait.p90_min) })),
    figure("promise", percent(today?.within_target_percent)),
  ]);
}

/** @param {string} name @param {string|number} value @param {string} [more] */
function figure(name, value, more = "") {
  return h("div", { class: "figure", "data-figure": name },
    h("dd", {}, h("b", { class: "figure-value" }, value), more ? ` ${more}` : ""),
    h("dt", { class: "secondary" }, say(`strip_${name}`)));
}

/** @param {import("./types.js").Site} site @param {Hall} hall @param {Today|null} today @param {Date} now */
export function drawServices(site, hall, today, now) {
  const figures = new Map((today ? today.services : []).map((one) => [one.id, one]));
  const names = new Map(site.services.map((one) => [one.id, sayWords(one.name)]));
  byId("counted").textContent = today ? say("counted_at", { time: clock(today.now, site.timezone) }) : "";
  replace(byId("services"), hall.services.map((one) => {
    const day = figures.get(one.id);
    const cells = {
      waiting: one.people_waiting > one.waiting ? `${one.waiting} (${sayCount("people", one.people_waiting)})`
        : String(one.waiting),
      longest: one.first ? String(minutes(secondsSince(one.first, now))) : NONE,
      median: whole(day?.wait.median_min),
      p90: whole(day?.wait.p90_min),
      estimate: one.estimate && one.open ? waitFigure(one.estimate) || NONE : NONE,
      promise: percent(day?.within_target_percent),
    };
    const nobody = !one.counters_open && one.waiting > 0;
    return h("tr", { "data-service": one.id,
      class: one.waiting ? (nobody ? "line line-nobody" : "line") : "line line-empty" },
      h("th", { scope: "row" }, names.get(one.id) || one.name, booked(one)),
      ...Object.entries(cells).map(
        ([name, text]) => h("td", { "data-cell": name, "data-label": say(`line_${name}`) }, text)));
  }));
}

/** How the bookings of today went. @param {Hall["services"][0]} service */
function booked({ bookings, early }) {
  if (!bookings || !(bookings.booked || early)) return null;
  const { booked: all, came, came_late: late, missed } = bookings;
  const words = [say("booked_came", { came, booked: all }), late ? say("booked_late", { n: late }) : "",
    missed ? say("booked_missed", { n: missed }) : "", early ? say("booked_early", { n: early }) : ""];
  return h("span", { class: "line-booked secondary" }, words.filter(Boolean).join(", "));
}

/** What has not changed is not drawn anew. @param {HTMLElement} place @param {HTMLElement[]} children */
function replace(place, children) {
  const fresh = h(place.tagName, {}, ...children);
  if (!sameInside(place, fresh)) place.replaceChildren(...children);
}
