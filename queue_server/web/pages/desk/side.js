/** The right-hand side: who waits, who was set aside, whom I served, my day. @module */

import { counterName } from "../../static/js/counters.js";
import { byId, h, sameInside } from "../../static/js/dom.js";
import { clock, decimal, minutesOf } from "../../static/js/format.js";
import { say, sayCount } from "../../static/js/texts.js";
import { serverNow } from "../../static/js/clock.js";
import { outcomeName } from "./words.js";

const SHORT = "under_a_minute_short";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 * @typedef {import("./types.js").DeskTicket} DeskTicket
 */

/** @param {Model} model @param {Act} act */
export function drawSide(model, act) {
  const { waiting, upcoming } = model.desk;
  const total = waiting.reduce((sum, one) => sum + one.count, 0);
  const longest = Math.max(0, ...waiting.map((one) => (one.count ? one.longest_wait_s + model.age() : 0)));
  byId("waiting-title").textContent = say("waiting_n", { n: total });
  byId("waiting-longest").textContent = total ? say("longest", { minutes: minutesOf(longest, SHORT) }) : "";
  const rest = total - upcoming.length;
  fill("waiting", [
    ...upcoming.map((one) => row(model, one.number, chips(model, one),
      minutesOf(one.waited_s + model.age(), SHORT), () => act.openWaiting(one))),
    rest > 0 ? h("li", { class: "row-note" }, say("more_waiting", { n: rest })) : null,
    total ? null : h("li", { class: "row-note" }, say("nobody_waits")),
    ...early(model),
  ]);
  fill("aside", aside(model, act));
  drawDay(model);
}

/** Those who have booked and came early: said calmly, for nobody is to call them yet. @param {Model} model */
function early({ desk, site }) {
  return desk.early.map((one) => h("li", { class: "row-note", "data-early": one.number },
    say("sits_early", { number: one.number, time: clock(one.callable_from, site.timezone) })));
}

/**
 * My own day, also while the counter is closed; at another officer's counter hers, under her name.
 * @param {Model} model
 */
function drawDay(model) {
  const { desk, account } = model;
  const officer = desk.open && !model.mine() ? desk.officer || "" : null;
  const shown = officer !== null || account.works;
  const day = officer === null ? model.myDay : desk.mine;
  byId("whose-last").hidden = byId("whose-day").hidden = !shown;
  byId("last-title").textContent = officer === null ? say("my_last") : say("their_last", { officer });
  byId("today-title").textContent = officer === null ? say("my_day") : say("their_day", { officer });
  fill("last", last(day));
  fill("figures", figures(day));
}

/** @param {Model} model @param {Act} act */
function aside(model, act) {
  const { held, no_shows: missed } = model.desk;
  const tz = model.site.timezone;
  const rows = [
    ...held.map((one) => row(
      model, one.number, say(one.missing?.length ? "papers_key" : "held_label"),
      minutesOf(since(one.held_at || one.since), SHORT), () => act.openHeld(one))),
    ...missed.map((one) => row(
      model, one.number, say("missed_label"),
      one.return_until ? say("valid_until", { time: clock(one.return_until, tz) }) : "",
      () => act.openMissed(one))),
  ];
  return rows.length ? rows : [h("li", { class: "row-note" }, say("aside_none"))];
}

/** @param {import("./types.js").Mine} day */
function last(day) {
  const rows = day.last.slice(0, 4).map((one) => h("li", { class: "row" },
    h("b", { class: "row-number" }, one.number), h("span", { class: "row-middle" }, outcomeName(one.outcome)),
    h("span", { class: "row-end" }, minutesOf(one.service_s, SHORT))));
  return rows.length ? rows : [h("li", { class: "row-note" }, say("my_last_none"))];
}

/** @param {import("./types.js").Mine} day */
function figures({ served, median_service_s: median, within_target_percent: within }) {
  return [
    figure(String(served), say("served_n")),
    figure(median === null ? "–" : decimal(median / 60), say("minutes_median")),
    figure(within === null ? "–" : `${within} %`, say("within_promise")),
  ];
}

/** @param {string} value @param {string} name */
function figure(value, name) {
  return h("div", { class: "figure" }, h("dd", {}, value), h("dt", {}, name));
}

/**
 * Class and wish of someone waiting: seen here and by nobody else.
 * @param {Model} model
 * @param {import("./types.js").Upcoming} one
 */
function chips(model, one) {
  const wish = model.site.counters.find((counter) => counter.id === one.wish);
  return h("span", { class: "row-chips" },
    one.class === "regular" ? null : h("span", { class: "chip" }, say(`class_${one.class}`)),
    one.escort ? h("span", { class: "chip" }, say("escort_chip")) : null,
    one.people > 1 ? h("span", { class: "chip" }, sayCount("people", one.people)) : null,
    wish ? h("span", { class: "chip chip-good" }, wish === model.counter ? say("wished_here") : counterName(wish))
      : null);
}

/**
 * A row that opens what can be done with the number.
 * @param {Model} model
 * @param {string} number
 * @param {Node|string} middle
 * @param {string} end
 * @param {() => void} open
 */
function row(model, number, middle, end, open) {
  const parts = [h("b", { class: "row-number" }, number), h("span", { class: "row-middle" }, middle),
    h("span", { class: "row-end" }, end)];
  return model.mine() && !model.desk.break ? h("li", {},
    h("button", { class: "row row-button", type: "button", "data-number": number, onclick: open }, ...parts))
    : h("li", { class: "row" }, ...parts);
}

/** @param {string} id @param {(Node|null)[]} children */
function fill(id, children) {
  const fresh = h("div", {}, ...children);
  if (sameInside(byId(id), fresh)) return;
  const held = byId(id).contains(document.activeElement) && document.activeElement?.getAttribute("data-number");
  byId(id).replaceChildren(...fresh.childNodes);
  const again = held && byId(id).querySelector(`[data-number="${held}"]`);
  if (again instanceof HTMLElement) again.focus(); // a minute more on the row is no reason to lose one's place
}

/**
 * The focus goes to the first number that was set aside.
 * @returns {boolean} whether there is one that can be taken up
 */
export function toSetAside() {
  const first = byId("aside").querySelector(".row-button");
  if (first instanceof HTMLElement) first.focus();
  return Boolean(first);
}

/** In the lists, arrows go from number to number, and either Enter opens one. */
export function rowsByArrows() {
  byId("side").addEventListener("keydown", (event) => {
    const rows = /** @type {HTMLElement[]} */ ([...byId("side").querySelectorAll(".row-button")]);
    const at = rows.indexOf(/** @type {HTMLElement} */ (event.target));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at < 0 || !(step || event.code === "NumpadEnter")) return;
    event.preventDefault();
    event.stopPropagation(); // the number pad's Enter is the large key's elsewhere
    if (step) rows[Math.min(rows.length - 1, Math.max(0, at + step))].focus();
    else if (!event.repeat) rows[at].click();
  });
}

/** @param {string} iso */
function since(iso) {
  return (serverNow().getTime() - Date.parse(iso)) / 1000;
}
