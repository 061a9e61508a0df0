/** The third screen: the six published components of a service, and the number itself. @module */

import { counterName, isNumbered } from "../../static/js/counters.js";
import { causeOf, interruptionOf, newsOf, titleOf, whatIs } from "../../static/js/interruptions.js";
import { icon } from "../../static/js/icons.js";
import { casesOf, complaintLines, costLines, furtherFacts, timeLines } from "../../static/js/published.js";
import { say, sayWords } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { agencyBar, button, heading, leadRow, paragraph, wayRow } from "./parts.js";
import { groupChoice } from "./group.js";
import { fits, onPages } from "./room.js";
import { figures } from "./services.js";
import { countersOf, either, hasOpenCounter, left, mainClass, nameOf, nextOpening } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 * @typedef {import("../../static/js/documents.js").Class} Class
 */

/**
 * @typedef {import("../../static/js/documents.js").SiteService} Service
 * @typedef {{name: string, lines: string[], list?: boolean, unknown?: boolean}} Row
 */

const FEW_COUNTERS = 4; // more than these are not named one by one
const FEW_LETTERS = 120; // nor names that are longer together

/** @param {Model} model @param {Act} act */
export function detailsScreen(model, act) {
  const service = /** @type {Service} */ (model.hall.service(model.visit.service));
  const told = components(model, service);
  const one = sheet(model, act, service, [...facts(model, service), listed(told)], 0, 1, "details");
  if (fits(model.stage, "details", one)) return one;
  const now = facts(model, service);
  const rows = (/** @type {(Row|null)[]} */ some) => [...(some[0] ? [] : now), listed(some)];
  const paged = [...(now.length ? [null] : []), ...told.flatMap(eachLine)];
  const sheets = onPages(paged, (some) => fits(model.stage, "details", sheet(model, act, service, rows(some), 0, 2)));
  const page = Math.min(model.visit.page, sheets.length - 1);
  return sheet(model, act, service, rows(sheets[page]), page, sheets.length);
}

/** A list of any length may go on over the next page. @param {Row} row @returns {Row[]} */
function eachLine(row) {
  return row.lines.map((line) => ({ ...row, lines: [line] }));
}

/**
 * The components of one page; lines under the same heading are one list.
 * @param {(Row|null)[]} some  null: how it stands now
 */
function listed(some) {
  /** @type {Row[]} */
  const whole = [];
  for (const row of some) {
    const last = whole[whole.length - 1];
    if (row && last && last.name === row.name) last.lines = [...last.lines, ...row.lines];
    else if (row) whole.push({ ...row });
  }
  return whole.length ? h("dl", { class: "components" }, whole.map(component)) : null;
}

/**
 * One page of the details: the name and the keys stand on each; Back leads to the page before.
 * @param {Model} model
 * @param {Act} act
 * @param {Service} service
 * @param {(HTMLElement|null)[]} rows
 * @param {number} page
 * @param {number} pages
 * @param {string} [name]  classes of what there is to read
 */
function sheet(model, act, service, rows, page, pages, name = "details is-paged") {
  const back = model.homeIs("details") ? undefined : () => act.back();
  const note = service.kiosk ? paragraph(say("no_identity"), "way-note") : null;
  return [
    agencyBar(model.hall.agency(service.agency)),
    h("div", { class: name },
      paragraph(say("step_last"), "step"), heading(nameOf(service)), rows),
    service.kiosk ? takeKeys(model, act, service) : byOfficer(model, act, service),
    wayRow({ back, page, pages, turn: (to) => act.turn(to), note }),
  ].filter(Boolean);
}

/** How it stands with the queue now. @param {Model} model @param {Service} service */
function facts(model, service) {
  const { site } = model.hall;
  const trouble = interruptionOf(site, service.interruption);
  const note = trouble ? [troubleNote(trouble, site, service)] : [];
  if (!service.kiosk) return note;
  return [figures(service), ...note,
    ...(service.open && !hasOpenCounter(site, service) ? [noCounter(service)] : [])];
}

/**
 * A visitor knows before taking a number that it may take longer, and why.
 * @param {import("../../static/js/interruptions.js").Interruption} trouble
 * @param {import("../../static/js/documents.js").Site} site
 * @param {Service} service
 */
function troubleNote(trouble, site, service) {
  const title = titleOf(trouble, trouble.scope.service ? nameOf(service) : whatIs(trouble, site));
  const said = [causeOf(trouble, site), newsOf(trouble, site),
    trouble.issuing === "warn" ? say("interruption_longer") : ""];
  return h("p", { class: "no-counter is-trouble" }, icon("unplug"),
    h("span", {}, h("b", {}, `${title}.`), ` ${said.filter(Boolean).join(" ")}`));
}

/** One may take a number and wait, if there is one; one should know what for. @param {Service} service */
function noCounter(service) {
  const may = left(service, mainClass(service)) === 0 ? null : [" ", say("nobody_serves_text")];
  return h("p", { class: "no-counter" }, icon("info"), h("span", {}, h("b", {}, say("nobody_serves")), may));
}

/**
 * What the law wants published, what it costs before how it goes; of papers, time and cost that the office does not
 * tell it is said at the end that they are not listed. Nothing is made up.
 * @param {Model} model
 * @param {Service} service
 * @returns {Row[]}
 */
function components(model, service) {
  const cases = casesOf(service);
  /** @type {Row[]} */
  const asked = [
    { name: say("requirements"), lines: cases.flatMap(({ when, items }) => (when ? [] : items)) },
    { name: say("promised_time"), lines: timeLines(service) },
    { name: say("cost"), lines: costLines(service) },
  ];
  const [papers, time, cost] = asked;
  const special = cases.filter(({ when }) => when).map(({ when, items }) => ({ name: when, lines: items, list: true }));
  /** @type {Row[]} */
  const rows = [
    { ...papers, list: true }, ...special, { ...cost, list: cost.lines.length > 1 },
    { name: say("procedure"), lines: [sayWords(service.procedure) || procedure(model, service)].filter(Boolean) }, time,
    ...furtherFacts(service), { name: say("complaint"), lines: complaintLines(service) },
  ];
  const unknown = asked.filter(({ lines }) => !lines.length).map(({ name }) => name)
    .filter((name) => name !== papers.name || !special.length);
  return [...rows.filter(({ lines }) => lines.length), ...(unknown.length
    ? [{ name: say("not_listed"), lines: [say("not_listed_ask", { what: inOneLine(unknown) })], unknown: true }] : [])];
}

/** "Yang perlu dibawa, biaya". @param {string[]} names */
function inOneLine([first, ...others]) {
  return [first, ...others.map((name) => name.toLowerCase())].join(", ");
}

/** @param {Row} row */
function component({ name, lines, list, unknown }) {
  const shown = list ? h("ul", { class: "papers" }, lines.map((line) => h("li", {}, line)))
    : lines.map((line) => h("p", {}, line));
  return h("div", { class: "component" }, h("dt", {}, name), h("dd", { class: unknown ? "is-unknown" : null }, shown));
}

/**
 * The steps as the site's own configuration gives them.
 * @param {Model} model
 * @param {Service} service
 */
function procedure(model, service) {
  const counters = countersOf(model.hall.site, service);
  const next = model.hall.service(service.next[0]);
  const first = service.kiosk ? undefined : model.hall.leadingTo(service);
  const steps = service.kiosk ? say("procedure_steps", { counters: counterNames(counters) })
    : first ? say("procedure_after", { service: nameOf(first) }) : "";
  return [steps, next ? say("procedure_next", { service: nameOf(next) }) : ""].filter(Boolean).join(" ");
}

/**
 * Where one is called to, in a sentence: "loket 5, 6 atau 8"; "Loket A1 atau Ruang Wawancara"; "loket yang disebut".
 * @param {import("../../static/js/documents.js").SiteCounter[]} counters
 */
function counterNames(counters) {
  const letters = counters.map(({ name }) => name).join("").length;
  if (!counters.length || counters.length > FEW_COUNTERS || letters > FEW_LETTERS) {
    return say("procedure_counter_called");
  }
  if (counters.every(isNumbered)) {
    return say("procedure_counters", { counters: either(counters.map((one) => one.tile)) });
  }
  return either(counters.map(counterName));
}

/**
 * The big key, and beside it whoever may be called sooner or comes with a booking.
 * @param {Model} model
 * @param {Act} act
 * @param {Service} service
 */
function takeKeys(model, act, service) {
  const { classes } = service;
  const main = mainClass(service);
  const special = /** @type {const} */ (["priority", "booked"]);
  const others = special.filter((type) => type !== main && classes.includes(type));
  const keys = [main, ...others].map((type) => takeKey(model, act, service, type, type === main));
  return h("div", { class: "take", "data-keys": keys.length }, groupChoice(model, act),
    h("div", { class: "take-keys" }, keys),
    h("p", { class: "take-who" }, classes.includes("priority") ? `${say("priority_who")} ` : null,
      h("b", {}, say("order")), " ", sayWords(model.hall.order(service))));
}

const NAMES = /** @type {Record<string, [string, string, string]>} */ ({
  regular: ["take_number", "take_number_hint", "ticket"],
  priority: ["take_priority", "take_priority_hint", "priority"],
  booked: ["take_booked", "take_booked_hint", "calendar"],
});

/** @param {Model} model @param {Act} act @param {Service} service @param {Class} type @param {boolean} main */
function takeKey(model, act, service, type, main) {
  const [name, hint, picture] = NAMES[type];
  const gone = left(service, type) === 0;
  return button(`take-${type}`, `button take-key${main ? " button-main" : ""}${gone ? " is-gone" : ""}`,
    () => (type === "booked" && service.booking ? act.checkIn() : act.take(service.id, type)),
    icon(picture), h("span", {}, h("b", { class: "take-name" }, say(name)),
      h("span", { class: "take-hint" }, gone ? goneUntil(model, service) : say(hint))));
}

/**
 * No number left of a class today, and when there are new ones.
 * @param {Model} model
 * @param {Service} service
 */
function goneUntil(model, service) {
  const again = service.numbers_again_at;
  return again ? `${say("numbers_gone")}. ${nextOpening(again, model.hall.site, model.now(), "again")}`
    : say("class_full");
}

/**
 * A number that an officer gives: where to begin instead.
 * @param {Model} model
 * @param {Act} act
 * @param {Service} service
 */
function byOfficer(model, act, service) {
  const first = model.hall.leadingTo(service);
  const agency = model.hall.agency(service.agency);
  return h("div", { class: "take" },
    h("p", { class: "by-officer" }, icon("info"), say("by_officer_text")),
    first
      ? [h("h2", { class: "subtitle" }, say("by_officer_first")), leadRow("lead", {
          picture: agency.icon || "store", name: nameOf(first), line: agency.short_name, agency,
          onclick: () => act.chooseService(first.id),
        })]
      : paragraph(say("by_officer_desk"), "hint"),
    service.booking ? leadRow("check-in", {
      picture: "calendar", name: say("take_booked"), line: say("take_booked_hint"), agency,
      onclick: () => act.checkIn(),
    }) : null);
}
