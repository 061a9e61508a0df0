/** The second screen: the services of one agency, each with what one wants to know before choosing. @module */

import { icon } from "../../static/js/icons.js";
import { say, sayWords } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { agencyBar, button, heading, paragraph, wayRow } from "./parts.js";
import { fits, onPages } from "./room.js";
import { left, nameOf, people, requirements, shortReason, waitMinutes } from "./words.js";

/** @typedef {import("../../static/js/documents.js").Service} Service */

const MOST = 4; // cards a page with wheelchair mode or in landscape, where cards are short or in two columns

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function servicesScreen(kiosk) {
  const compact = kiosk.toolbar.has("wheelchair");
  const services = kiosk.hall.services(kiosk.visit.agency);
  const sheets = onPages(services, (some) => fits(kiosk.stage, "services", sheet(kiosk, some, 0, 2)),
    compact || kiosk.landscape ? MOST : services.length);
  const page = Math.min(kiosk.visit.page, sheets.length - 1);
  return sheet(kiosk, sheets[page], page, sheets.length);
}

/**
 * One page of cards.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {Service[]} services
 * @param {number} page
 * @param {number} pages
 */
function sheet(kiosk, services, page, pages) {
  const agency = kiosk.hall.agency(kiosk.visit.agency);
  const compact = kiosk.toolbar.has("wheelchair");
  return [
    agencyBar(agency),
    h("div", { class: "head" },
      paragraph(say("step_of", { step: 2, steps: 3 }), "step"),
      heading(say("choose_service")),
      paragraph(say("choose_service_hint"), "hint")),
    h("div", { class: "services" }, services.map((service) => serviceKey(kiosk, service, agency, compact))),
    wayRow({ back: kiosk.homeIs("services") ? undefined : () => kiosk.back(), page, pages, turn: (to) => kiosk.turn(to) }),
  ].filter(Boolean);
}

/** @param {import("../kiosk.js").Kiosk} kiosk @param {Service} service @param {any} agency @param {boolean} compact */
function serviceKey(kiosk, service, agency, compact) {
  const choose = () => kiosk.chooseService(service.id);
  const key = `service-${service.id}`;
  if (!service.open) return plainKey(key, "service is-closed", service, shortReason(kiosk.hall.site, [service], kiosk.now()), choose);
  if (!service.kiosk) return plainKey(key, "service is-information", service, say("by_officer_short"), choose);
  const line = `${people(service.waiting)} ${say("waiting")} · ${waitMinutes(service.estimate)}`;
  const inside = compact ? paragraph(line, "service-line") : [figures(service), bring(service)];
  return button(key, "service", choose,
    h("span", { class: "service-text" }, h("b", { class: "service-name" }, nameOf(service)), inside),
    h("span", { class: "arrow", "--agency": agency.color }, icon("chevron-right")));
}

/** @param {string} key @param {string} name @param {Service} service @param {string} line @param {() => void} choose */
function plainKey(key, name, service, line, choose) {
  return button(key, name, choose,
    h("span", { class: "service-text" }, h("b", { class: "service-name" }, nameOf(service)), paragraph(line, "service-line")),
    h("span", { class: "arrow is-plain" }, icon("info")));
}

/** People waiting, estimate, numbers left. @param {Service} service */
export function figures(service) {
  const remaining = left(service, service.classes.includes("regular") ? "regular" : service.classes[0]);
  return h("span", { class: "figures" },
    figure(people(service.waiting), say("waiting")),
    figure(waitMinutes(service.estimate), say("estimate")),
    remaining === null
      ? figure(say("numbers_unlimited"), say("numbers_unlimited_label"))
      : figure(say("numbers_left", { n: remaining }), say("numbers_left_label"), remaining <= 10));
}

/** @param {string} value @param {string} label @param {boolean} [few] */
function figure(value, label, few = false) {
  return h("span", { class: few ? "figure is-few" : "figure" },
    h("b", { class: "figure-value" }, value), " ", h("span", { class: "figure-label" }, label));
}

/** Cost, time and papers in one line; only what is known. @param {Service} service */
function bring(service) {
  const cost = sayWords(service.cost);
  const papers = requirements(service);
  const known = [
    service.target_minutes ? say("service_time_short", { n: service.target_minutes }) : "",
    papers.length ? say("bring_short", { what: papers[0] }) : "",
  ];
  return h("span", { class: "service-line" }, cost ? h("b", {}, `${cost}. `) : null, known.filter(Boolean).join(" "));
}
