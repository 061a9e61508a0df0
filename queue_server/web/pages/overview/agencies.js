/** A row for each agency: what waits there, how long, and how many of its counters are open. @module */

import { byId, h } from "../../static/js/dom.js";
import { minutesOf } from "../../static/js/format.js";
import { say, sayCount, sayWords } from "../../static/js/texts.js";
import { NONE, replace } from "./figures.js";

/**
 * @typedef {import("../../static/js/documents.js").Overview} Overview
 * @typedef {Overview["agencies"][0]} Agency
 */

/** @param {Overview} overview @param {Date} now */
export function drawAgencies({ agencies }, now) {
  const list = byId("agencies");
  const rows = agencies.map((one) => row(one, now));
  const more = fitted(list, rows);
  const left = agencies.filter((_, n) => more.has(n));
  const note = byId("more-agencies");
  note.hidden = !left.length;
  const people = sayCount("people", left.reduce((sum, one) => sum + one.people_waiting, 0));
  note.textContent = left.length ? say("more_agencies", { n: left.length, people }) : "";
}

/** @param {Agency} agency @param {Date} now */
function row(agency, now) {
  const { waiting, first, counters, counters_open: open } = agency;
  const since = first ? (now.getTime() - Date.parse(first)) / 1000 : 0;
  const lines = agency.lines.map((one) => say("agency_line", { service: sayWords(one.name), n: one.waiting }));
  return h("li", { class: waiting ? "now-row" : "now-row is-empty", "data-agency": agency.id,
    "--agency": agency.color || "var(--edge)" },
    h("p", { class: "now-who" }, h("b", {}, agency.name),
      h("span", { class: "now-what" }, lines.length ? lines.join(", ") : say("agency_nobody"))),
    cell("waiting", waiting || (open ? 0 : NONE)),
    cell("longest", first ? minutesOf(since, "under_a_minute_short") : NONE),
    cell("counters", say("open_of", { open, n: counters })));
}

/** @param {string} name @param {string|number} value */
function cell(name, value) {
  return h("p", { class: "now-cell", "data-cell": name }, h("b", {}, value), h("span", {}, say(`agency_${name}`)));
}

/**
 * Draws as many rows as the screen has room for: closer together first, then a line each, then without the ones where
 * nobody waits.
 * Returns which were left out.
 * @param {HTMLElement} list @param {HTMLElement[]} rows
 */
function fitted(list, rows) {
  const out = new Set(list.dataset.out ? list.dataset.out.split(" ").map(Number) : []);
  const size = `${list.clientWidth} ${list.clientHeight} ${rows.length}`;
  if (!replace(list, rows.filter((_, n) => !out.has(n))) && list.dataset.size === size) return out;
  list.replaceChildren(...rows);
  list.classList.remove("is-dense", "is-tight");
  const over = () => list.scrollHeight > list.clientHeight + 1;
  for (const closer of ["is-dense", "is-tight"]) if (over()) list.classList.add(closer);
  out.clear();
  const order = rows.map((_, n) => n).reverse();
  const idle = order.filter((n) => rows[n].classList.contains("is-empty"));
  for (const n of [...idle, ...order.filter((one) => !idle.includes(one))]) {
    if (!over() || list.children.length === 1) break;
    rows[n].remove();
    out.add(n);
  }
  list.dataset.out = [...out].join(" ");
  list.dataset.size = size;
  return out;
}
