/** The third screen: the six published components of a service, and the number itself. @module */

import { icon } from "../../static/js/icons.js";
import { say, sayWords } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { tileOf } from "../tile.js";
import { agencyBar, backButton, button, heading, leadRow, paragraph } from "./parts.js";
import { figures } from "./services.js";
import { countersOf, either, left, nameOf, requirements } from "./words.js";

/** @typedef {import("../../static/js/documents.js").Service} Service */

const FEW_COUNTERS = 4; // more than these are not named one by one

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function detailsScreen(kiosk) {
  const service = /** @type {Service} */ (kiosk.hall.service(kiosk.visit.service));
  const back = kiosk.homeIs("details") ? null : backButton(() => kiosk.back());
  return [
    agencyBar(kiosk.hall.agency(service.agency)),
    h("div", { class: "details" },
      paragraph(say("step_last"), "step"),
      heading(nameOf(service)),
      service.kiosk ? figures(service) : null,
      components(kiosk, service)),
    service.kiosk ? takeKeys(kiosk, service) : byOfficer(kiosk, service),
    h("div", { class: "way" }, back, service.kiosk ? paragraph(say("no_identity"), "way-note") : null),
  ];
}

/**
 * What the law wants published; what the site does not tell is asked of the staff, never made up.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {Service} service
 */
function components(kiosk, service) {
  const papers = requirements(service);
  const minutes = service.target_minutes;
  return h("dl", { class: "components" },
    component(say("requirements"), papers.length ? h("ul", { class: "papers" }, papers.map((paper) => h("li", {}, paper))) : null),
    component(say("procedure"), procedure(kiosk, service)),
    component(say("promised_time"), minutes ? say("promised_minutes", { n: minutes }) : null),
    component(say("cost"), sayWords(service.cost) || null),
    component(say("complaint"), say("complaint_how")));
}

/** @param {string} name @param {import("../../static/js/dom.js").Child} value */
function component(name, value) {
  return h("div", { class: "component" }, h("dt", {}, name),
    value ? h("dd", {}, value) : h("dd", { class: "is-unknown" }, say("ask_officer")));
}

/**
 * The steps as the site's own configuration gives them.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {Service} service
 */
function procedure(kiosk, service) {
  const counters = countersOf(kiosk.hall.site, service);
  const named = counters.length && counters.length <= FEW_COUNTERS ? either(counters.map(tileOf)) : "";
  const next = kiosk.hall.service(service.next[0]);
  const first = service.kiosk ? undefined : kiosk.hall.leadingTo(service);
  const steps = service.kiosk && named ? say("procedure_steps", { counters: named })
    : first ? say("procedure_after", { service: nameOf(first) }) : "";
  return [steps, next ? say("procedure_next", { service: nameOf(next) }) : ""].filter(Boolean).join(" ");
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
