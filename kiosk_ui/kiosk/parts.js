/** Pieces that several of the kiosk's screens share. @module */

import { counterName, isNumbered } from "../../static/js/counters.js";
import { icon } from "../../static/js/icons.js";
import { say, sayWords } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { lengthOf } from "../../static/js/lettering.js";

/** @typedef {import("../../static/js/documents.js").SiteAgency} Agency */

/**
 * The heading of a screen; it takes the focus when the screen appears, so that a screen reader begins there.
 * @param {string} text
 */
export function heading(text) {
  return h("h1", { class: `title${lengthOf(text)}`, tabindex: "-1", "data-key": "title" }, unbroken(text));
}

/**
 * "KTP-el" stays on one line: a browser would break it at the hyphen.
 * @param {string} text
 */
function unbroken(text) {
  return text.split(/(\S+-\S+)/).map((part) => (part.includes("-") ? h("span", { class: "unbroken" }, part) : part));
}

/** @param {string} text @param {string} name */
export function paragraph(text, name) {
  return h("p", { class: name }, text);
}

/**
 * The agency's bar at the top: colour, icon and both names; one that has no short name is named once.
 * @param {Agency} agency
 */
export function agencyBar(agency) {
  const { name, short_name: short } = agency;
  return h("div", { class: "agency-bar", "--agency": agency.color },
    icon(agency.icon || "store"),
    h("div", { class: "agency-names" }, paragraph(short, `agency-short${lengthOf(short)}`),
      name === short ? null : paragraph(name, "agency-name")));
}

/**
 * @param {string} key  names the button when the screen is drawn anew
 * @param {string} name  its classes
 * @param {() => void} onclick
 * @param {...(import("../../static/js/dom.js").Child|import("../../static/js/dom.js").Child[])} inside
 */
export function button(key, name, onclick, ...inside) {
  return h("button", { class: name, type: "button", "data-key": key, onclick }, ...inside);
}

/** @param {() => void} onclick */
export function backButton(onclick) {
  return button("back", "button back", onclick, icon("arrow-left"), say("back"));
}

/**
 * Counters in their tiles, with "atau" before the last.
 * @param {import("../../static/js/counters.js").Named[]} counters
 */
export function tiles(counters) {
  const last = counters.length - 1;
  const numbered = allNumbered(counters);
  return counters.flatMap((counter, n) => [
    n > 0 && n === last ? h("span", { class: "or" }, say("or")) : null,
    h("span", { class: "tile" }, numbered ? counter.tile : counterName(counter)),
  ]);
}

/**
 * Whether the word "loket" may stand before them all: not before a "Ruang Wawancara".
 * @param {import("../../static/js/counters.js").Named[]} counters
 */
export function allNumbered(counters) {
  return counters.every(isNumbered);
}

/**
 * Back at the left, from a later page to the one before; the next page at the right, or a note where there is only one.
 * @param {{back?: () => void, page: number, pages: number, turn: (page: number) => void, note?: HTMLElement|null,
 *   first?: HTMLElement|null, more?: HTMLElement|null}} way  first, more: keys that stand before the pages
 */
export function wayRow({ back, page, pages, turn, note, first = null, more = null }) {
  const before = page > 0 ? () => turn(page - 1) : back;
  if (!before && pages < 2 && !note && !first && !more) return null;
  return h("div", { class: "way" }, before ? backButton(before) : null, first, more,
    pages < 2 ? note : pageKeys(page, pages, turn));
}

/** @param {number} page @param {number} pages @param {(page: number) => void} turn */
function pageKeys(page, pages, turn) {
  return h("div", { class: "way-pages" },
    paragraph(say("page_of", { page: page + 1, pages }), "way-place"),
    page < pages - 1 ? button("next", "button way-page", () => turn(page + 1), say("page_next"), icon("chevron-right"))
      : null);
}

/**
 * A row that leads on: icon, name, a line below, an arrow in the agency's colour.
 * @param {string} key
 * @param {{picture: string, name: string, line: string, agency: Agency, onclick: () => void}} row
 */
export function leadRow(key, { picture, name, line, agency, onclick }) {
  return button(key, "lead", onclick,
    h("span", { class: "lead-text" }, icon(picture),
      h("span", {}, h("b", { class: "lead-name" }, name), h("span", { class: "lead-line" }, line))),
    h("span", { class: "arrow", "--agency": agency.color }, icon("chevron-right")));
}

/** The words of an agency's task: what people came for. @param {Agency} agency */
export function taskOf(agency) {
  return sayWords(agency.task) || agency.short_name;
}
