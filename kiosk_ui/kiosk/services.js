/** The second screen: the services of one agency, each with what one wants to know before choosing. @module */

import { icon } from "../../static/js/icons.js";
import { inShort, interruptionOf } from "../../static/js/interruptions.js";
import { bringLine, costLine } from "../../static/js/published.js";
import { lang, say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { lengthOf, wordEms } from "../../static/js/lettering.js";
import { waitWords } from "../../static/js/wait.js";
import { checkInKey } from "./check_in.js";
import { groupKey, groupsOf } from "./groups.js";
import { agencyBar, button, heading, paragraph, wayRow } from "./parts.js";
import { fits, onPages } from "./room.js";
import { left, mainClass, nameOf, people, restLine, shortReason, waitMinutesShort } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 */

/** @typedef {import("../../static/js/documents.js").SiteService} Service */

const MOST = 4; // cards a page with wheelchair mode or in landscape, where cards are short or in two columns

/** @param {Model} model @param {Act} act */
export function servicesScreen(model, act) {
  const services = model.hall.services(model.visit.agency);
  const groups = groupsOf(services, lang());
  const { group } = model.visit;
  if (groups.length === 1) return shown(model, act, serviceKeys(model, act, services, model.wheelchair));
  if (group === null || !groups[group]) return shown(model, act, groupKeys(model, act, groups));
  return shown(model, act, serviceKeys(model, act, groups[group], true));
}

/**
 * The page of keys that the visit is at.
 * @template T
 * @param {Model} model
 * @param {Act} act
 * @param {Keys<T>} keys
 */
function shown(model, act, keys) {
  const sheets = onPages(keys.things, (some) => fits(model.stage, "services", sheet(model, act, keys, some, 0, 2)),
    keys.most);
  const page = Math.min(model.visit.page, sheets.length - 1);
  return sheet(model, act, keys, sheets[page], page, sheets.length);
}

/**
 * @template T
 * @typedef {{things: T[], most: number, hint: string, name: string, key: (thing: T) => HTMLElement}} Keys
 *   what is chosen from, how many a page has at most, the words above them, and how one is drawn
 */

/**
 * @param {Model} model
 * @param {Act} act
 * @param {Service[]} services
 * @param {boolean} compact
 * @returns {Keys<Service>}
 */
function serviceKeys(model, act, services, compact) {
  const agency = model.hall.agency(model.visit.agency);
  const most = model.wheelchair || model.landscape ? MOST : services.length;
  const name = compact ? "services is-compact" : "services";
  return { things: services, most, name, hint: "choose_service_hint",
    key: (service) => serviceKey(model, act, service, agency, compact) };
}

/** @param {Model} model @param {Act} act @param {Service[][]} groups @returns {Keys<Service[]>} */
function groupKeys(model, act, groups) {
  const most = model.wheelchair ? MOST : groups.length;
  const choose = (/** @type {number} */ n) => () => act.go("services", { group: n });
  return { things: groups, most, name: "choices", hint: "choose_group_hint",
    key: (group) => groupKey(group, groups.indexOf(group), choose(groups.indexOf(group))) };
}

/**
 * One page of keys.
 * @param {Model} model
 * @param {Act} act
 * @template T
 * @param {Keys<T>} keys
 * @param {T[]} some
 * @param {number} page
 * @param {number} pages
 */
function sheet(model, act, { name, hint, key }, some, page, pages) {
  const back = model.homeIs("services") && model.visit.group === null ? undefined : () => act.back();
  return [
    agencyBar(model.hall.agency(model.visit.agency)),
    h("div", { class: "head" },
      paragraph(say("step_of", { step: 2, steps: 3 }), "step"),
      heading(say("choose_service")),
      paragraph(say(hint), "hint")),
    h("div", { class: name }, some.map(key)),
    wayRow({ back, page, pages, turn: (to) => act.turn(to), first: back ? null : checkInKey(model, act) }),
  ].filter(Boolean);
}

/** @param {Model} model @param {Act} act @param {Service} service @param {any} agency @param {boolean} compact */
function serviceKey(model, act, service, agency, compact) {
  const choose = () => act.chooseService(service.id);
  const key = `service-${service.id}`;
  if (!service.open) {
    return plainKey(key, "service is-closed", service, shortReason(model.hall.site, [service], model.now()), choose);
  }
  if (!service.kiosk) {
    const cost = costLine(service); // who reads "free" at the first desk learns here what the whole costs
    const line = h("span", {}, cost ? h("b", {}, `${cost}. `) : null, say("by_officer_short"));
    return plainKey(key, "service is-information", service, line, choose);
  }
  const line = [`${people(service.people_waiting ?? service.waiting)} ${say("waiting")}`,
    waitWords(service.estimate)].filter(Boolean).join(" · ");
  const trouble = interruptionOf(model.hall.site, service.interruption);
  const rests = model.hall.restsUntil(service);
  const warning = trouble ? inShort(trouble, model.hall.site) : rests === null ? "" : restLine(model.hall.site, rests);
  const warned = warning ? paragraph(warning, "service-line is-trouble") : null;
  const inside = [warned, ...(compact ? [paragraph(line, "service-line")] : [figures(service), bring(service)])];
  return button(key, "service", choose,
    h("span", { class: "service-text" }, serviceName(service), inside),
    h("span", { class: "arrow", "--agency": agency.color }, icon("chevron-right")));
}

/**
 * @param {string} key
 * @param {string} name
 * @param {Service} service
 * @param {import("../../static/js/dom.js").Child} line
 * @param {() => void} choose
 */
function plainKey(key, name, service, line, choose) {
  return button(key, name, choose,
    h("span", { class: "service-text" }, serviceName(service), h("p", { class: "service-line" }, line)),
    h("span", { class: "arrow is-plain" }, icon("info")));
}

/** @param {Service} service */
function serviceName(service) {
  const name = nameOf(service);
  return h("b", { class: `service-name${lengthOf(name)}`, "--ems": String(wordEms(name)) }, name);
}

/** People waiting, estimate, numbers left. @param {Service} service */
export function figures(service) {
  const main = mainClass(service);
  const remaining = left(service, main);
  return h("span", { class: "figures" },
    figure(people(service.people_waiting ?? service.waiting), say("waiting")),
    figure(waitMinutesShort(service.estimate), say("estimate")),
    remaining === null
      ? figure(say("numbers_unlimited"), say("numbers_unlimited_label"))
      : remaining === 0
        ? figure(say("numbers_gone"), say("numbers_gone_label", { class: say(`class_${main}`) }), true)
        : figure(say("numbers_left", { n: remaining }), say("numbers_left_label"), remaining <= 10));
}

/** @param {string} value @param {string} label @param {boolean} [few] */
function figure(value, label, few = false) {
  return h("span", { class: few ? "figure is-few" : "figure" },
    h("b", { class: "figure-value" }, value), " ", h("span", { class: "figure-label" }, label));
}

/** Cost, time and papers in one line; only what is known. @param {Service} service */
function bring(service) {
  const cost = costLine(service), what = bringLine(service);
  const known = [
    service.target_minutes ? say("service_time_short", { n: service.target_minutes }) : "",
    what ? say("bring_short", { what }) : "",
  ];
  const said = known.filter(Boolean).join(" ");
  return cost || said ? h("span", { class: "service-line" }, cost ? h("b", {}, `${cost}. `) : null, said) : null;
}
