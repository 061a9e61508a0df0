/** The third screen: the six published components of a service, and the number itself. @module */

import { icon } from "../../static/js/icons.js";
import { say, sayWords } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { counterInWords, tileOf, wordOf } from "../tile.js";
import { agencyBar, backButton, button, heading, leadRow, pageKeys, paragraph } from "./parts.js";
import { fits, onPages } from "./room.js";
import { figures } from "./services.js";
import { countersOf, either, hasOpenCounter, left, nameOf, requirements } from "./words.js";

/** @typedef {import("../../static/js/documents.js").Service} Service */

const FEW_COUNTERS = 4; // more than these are not named one by one

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function detailsScreen(kiosk) {
  const service = /** @type {Service} */ (kiosk.hall.service(kiosk.visit.service));
  const rows = [...facts(kiosk, service), h("dl", { class: "components" }, components(kiosk, service))];
  const one = sheet(kiosk, service, rows, 0, 1, "details");
  if (fits(kiosk.stage, "details", one)) return one;
  const paged = [h("div", {}, facts(kiosk, service)), ...components(kiosk, service)].filter((row) => row.hasChildNodes());
  const sheets = onPages(paged, (some) => fits(kiosk.stage, "details", sheet(kiosk, service, listed(some), 0, 2)));
  const page = Math.min(kiosk.visit.page, sheets.length - 1);
  return sheet(kiosk, service, listed(sheets[page]), page, sheets.length);
}

/** Rows of one page: components in a list. @param {HTMLElement[]} some */
function listed(some) {
  const isComponent = (/** @type {HTMLElement} */ row) => row.classList.contains("component");
  const list = some.filter(isComponent);
  return [...some.filter((row) => !isComponent(row)), list.length ? h("dl", { class: "components" }, list) : null];
}

/**
 * One page of the details: the name and the keys stand on each; Back leads to the page before.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {Service} service
 * @param {(HTMLElement|null)[]} rows
 * @param {number} page
 * @param {number} pages
 * @param {string} [name]  classes of what there is to read
 */
function sheet(kiosk, service, rows, page, pages, name = "details is-paged") {
  const before = () => kiosk.turn(page - 1);
  const back = page > 0 ? before : kiosk.homeIs("details") ? undefined : () => kiosk.back();
  return [
    agencyBar(kiosk.hall.agency(service.agency)),
    h("div", { class: name },
      paragraph(say("step_last"), "step"), heading(nameOf(service)), rows),
    service.kiosk ? takeKeys(kiosk, service) : byOfficer(kiosk, service),
    pages > 1
      ? h("div", { class: "way" }, back ? backButton(back) : null, pageKeys(page, pages, (to) => kiosk.turn(to), false))
      : h("div", { class: "way" }, back ? backButton(back) : null, service.kiosk ? paragraph(say("no_identity"), "way-note") : null),
  ];
}

/** How it stands with the queue now. @param {import("../kiosk.js").Kiosk} kiosk @param {Service} service */
function facts(kiosk, service) {
  if (!service.kiosk) return [];
  return [figures(service), ...(service.open && !hasOpenCounter(kiosk.hall.site, service) ? [noCounter()] : [])];
}

/** One may take a number and wait; one should know what for. */
function noCounter() {
  return h("p", { class: "no-counter" }, icon("info"), h("span", {}, h("b", {}, say("no_counter")), " ", say("no_counter_text")));
}

/**
 * What the law wants published; what the site does not tell is named at the end as not listed, never made up.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {Service} service
 */
function components(kiosk, service) {
  const papers = requirements(service);
  const minutes = service.target_minutes;
  const rows = /** @type {[string, import("../../static/js/dom.js").Child][]} */ ([
    ["requirements", papers.length > 0 && h("ul", { class: "papers" }, papers.map((paper) => h("li", {}, paper)))],
    ["procedure", procedure(kiosk, service)],
    ["promised_time", minutes ? say("promised_minutes", { n: minutes }) : ""],
    ["cost", sayWords(service.cost)],
    ["complaint", say("complaint_how")],
  ]);
  const unknown = rows.filter(([, value]) => !value).map(([name]) => say(name));
  return [
    ...rows.filter(([, value]) => value).map(([name, value]) => component(say(name), h("dd", {}, value))),
    ...(unknown.length ? [component(say("not_listed"), h("dd", { class: "is-unknown" }, say("not_listed_ask", { what: inOneLine(unknown) })))] : []),
  ];
}

/** "Yang perlu dibawa, biaya". @param {string[]} names */
function inOneLine([first, ...others]) {
  return [first, ...others.map((name) => name.toLowerCase())].join(", ");
}

/** @param {string} name @param {HTMLElement} value */
function component(name, value) {
  return h("div", { class: "component" }, h("dt", {}, name), value);
}

/**
 * The steps as the site's own configuration gives them.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {Service} service
 */
function procedure(kiosk, service) {
  const counters = countersOf(kiosk.hall.site, service);
  const next = kiosk.hall.service(service.next[0]);
  const first = service.kiosk ? undefined : kiosk.hall.leadingTo(service);
  const steps = service.kiosk ? say("procedure_steps", { counters: counterNames(counters) })
    : first ? say("procedure_after", { service: nameOf(first) }) : "";
  return [steps, next ? say("procedure_next", { service: nameOf(next) }) : ""].filter(Boolean).join(" ");
}

/**
 * Where one is called to, in a sentence: "loket 5, 6 atau 8"; "Loket A1 atau Ruang Wawancara"; "loket yang disebut".
 * @param {import("../../static/js/documents.js").Counter[]} counters
 */
function counterNames(counters) {
  if (!counters.length || counters.length > FEW_COUNTERS) return say("procedure_counter_called");
  if (counters.every(wordOf)) return say("procedure_counters", { counters: either(counters.map(tileOf)) });
  return either(counters.map(counterInWords));
}

/**
 * The big key, and beside it whoever may be called sooner or comes with a booking.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {Service} service
 */
function takeKeys(kiosk, service) {
  const { classes } = service;
  const main = classes.includes("regular") ? "regular" : classes[0];
  const others = ["priority", "booked"].filter((type) => type !== main && classes.includes(type));
  const keys = [main, ...others].map((type) => takeKey(kiosk, service, type, type === main));
  return h("div", { class: "take", "data-keys": keys.length },
    h("div", { class: "take-keys" }, keys),
    classes.includes("priority") ? paragraph(say("priority_who"), "take-who") : null);
}

const NAMES = /** @type {Record<string, [string, string, string]>} */ ({
  regular: ["take_number", "take_number_hint", "ticket"],
  priority: ["take_priority", "take_priority_hint", "heart"],
  booked: ["take_booked", "take_booked_hint", "calendar"],
});

/** @param {import("../kiosk.js").Kiosk} kiosk @param {Service} service @param {string} type @param {boolean} main */
function takeKey(kiosk, service, type, main) {
  const [name, hint, picture] = NAMES[type];
  const gone = left(service, type) === 0;
  return button(`take-${type}`, `button take-key${main ? " button-main" : ""}${gone ? " is-gone" : ""}`,
    () => kiosk.taking.take(service.id, type),
    icon(picture), h("span", {}, h("b", { class: "take-name" }, say(name)),
      h("span", { class: "take-hint" }, say(gone ? "class_full" : hint))));
}

/**
 * A number that an officer gives: where to begin instead.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {Service} service
 */
function byOfficer(kiosk, service) {
  const first = kiosk.hall.leadingTo(service);
  const agency = kiosk.hall.agency(service.agency);
  return h("div", { class: "take" },
    h("p", { class: "by-officer" }, icon("info"), say("by_officer_text")),
    first
      ? [h("h2", { class: "subtitle" }, say("by_officer_first")), leadRow("lead", {
          picture: agency.icon || "store", name: nameOf(first), line: agency.short_name, agency,
          onclick: () => kiosk.chooseService(first.id),
        })]
      : paragraph(say("by_officer_desk"), "hint"));
}
