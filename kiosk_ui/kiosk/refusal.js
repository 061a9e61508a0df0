/** Not now: why, since when, until when, and what can be done instead. @module */

import { get } from "../../static/js/api.js";
import { clock, dayOfMonth } from "../../static/js/format.js";
import { causeOf, interruptionOf, keptWords, titleOf } from "../../static/js/interruptions.js";
import { icon } from "../../static/js/icons.js";
import { hasText, say, sayWords } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { agencyBar, heading, leadRow, paragraph } from "./parts.js";
import { dayAt, left, mainClass, nameOf } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 */

/**
 * @typedef {import("../../static/js/documents.js").SiteService} Service
 * @typedef {import("../../static/js/documents.js").Site} Site
 * @typedef {import("../../static/js/documents.js").ErrorDetails} ErrorDetails
 */

/** @param {Model} model @param {Act} act */
export function refusalScreen(model, act) {
  const service = /** @type {Service} */ (model.hall.service(model.visit.service));
  const agency = model.hall.agency(service.agency);
  return [
    agencyBar(agency),
    h("section", { class: "why", role: "status" }, why(model, service)),
    h("section", { class: "instead" },
      h("h2", { class: "subtitle" }, say("instead")),
      sisters(model, service).map((other) => leadRow(`instead-${other.id}`, {
        picture: agency.icon || "store", name: nameOf(other), line: numbersLine(other), agency,
        onclick: () => act.chooseService(other.id),
      })),
      leadRow("others", {
        picture: "house", name: say("other_services"), line: say("other_services_hint"), agency,
        onclick: () => act.startOver(),
      }),
      model.visit.elsewhere.map(
        (site) => help("map-pin", say("other_site"), [site.short_name, site.address].filter(Boolean).join(", "))),
      help("circle-alert", say("need_help"), say("need_help_where")),
      paragraph(model.visit.refusal ? say("demand_counted") : "", "counted")),
  ];
}

/** @param {Model} model @param {Service} service */
function why(model, service) {
  const { site } = model.hall;
  const trouble = interruptionOf(site, service.interruption);
  if (trouble && (service.reason === "interrupted" || model.visit.refusal?.code === "service_interrupted")) {
    return stopped(trouble, site, service, model.now());
  }
  const told = model.visit.refusal?.details || {};
  const full = model.visit.refusal ? model.visit.refusal.code === "quota_full" : service.reason === "quota_full";
  const detail = { ...service.reason_detail, ...told };
  const others = full ? otherClasses(model, service) : [];
  const title = say(!full ? "closed_title" : others.length ? "full_title_class" : "full_title",
    { service: nameOf(service), class: className(model.visit.type) });
  const again = detail.opens_at || detail.until;
  return [
    heading(title),
    paragraph(full ? fullText(model, service, detail) : closedText(model, service, detail), "why-text"),
    others.length ? paragraph(say("full_others", { classes: others.map(className).join(", ") }), "why-text") : null,
    full || !spanWords(site) ? null : paragraph(spanWords(site), "why-text"),
    again ? h("p", { class: "again" },
      say(full ? "new_numbers" : service.reason === "not_yet" ? "opens_first" : "opens_again"),
      h("b", { class: "again-when" }, dayAt(again, site, model.now()))) : null,
  ];
}

/**
 * It cannot work: why, since when, when there is more news, and that a number keeps its worth.
 * @param {import("../../static/js/interruptions.js").Interruption} trouble
 * @param {Site} site
 * @param {Service} service
 * @param {Date} now
 */
function stopped(trouble, site, service, now) {
  const { until } = trouble;
  const [kept] = keptWords(site, site, now, (one) => one === service.id);
  const news = until && Date.parse(until) > Date.now() ? until : null;
  return [
    heading(titleOf({ ...trouble, issuing: "stop" }, nameOf(service))),
    paragraph(`${causeOf(trouble, site)} ${say("interruption_not_you")}`, "why-text"),
    news ? h("p", { class: "again" }, say("interruption_news_at"),
      h("b", { class: "again-when" }, say("today_at", { clock: clock(news, site.timezone), zone: site.timezone_name })))
      : paragraph(say("interruption_unknown"), "why-text"),
    h("p", { class: "numbers-stay" }, icon("circle-check"),
      kept ? h("span", {}, kept) : h("span", {}, h("b", {}, say("interruption_numbers_stay")),
        h("span", { class: "help-line" }, say("interruption_numbers_stay_text")))),
  ];
}

/**
 * The classes that still have numbers where only the one asked for is full.
 * @param {Model} model
 * @param {Service} service
 */
function otherClasses({ visit }, service) {
  const one = visit.refusal
    ? Boolean(visit.refusal.details?.class) : service.reason !== "quota_full";
  return one ? service.classes.filter((other) => other !== visit.type && left(service, other) !== 0) : [];
}

/** @param {string} type */
function className(type) {
  return say(`class_${type}`);
}

/** @param {Model} model @param {Service} service @param {ErrorDetails} detail */
function fullText(model, service, detail) {
  const n = (service.quota || {})[model.visit.type];
  if (detail.left !== undefined) return say("quota_full_group", { left: detail.left, people: detail.people || 1 });
  if (n === undefined && detail.class) return say("quota_full_class", { class: className(model.visit.type) });
  if (n === undefined) return serverWords(model, "quota_full", detail);
  const { timezone, timezone_name: zone } = model.hall.site;
  if (!detail.since) return say("full_text_count", { n });
  return say("full_text", { n, since: clock(detail.since, timezone), zone });
}

/** Dates on which the hours are others, if today is one of them. @param {Site} site */
function spanWords(site) {
  const span = site.spans.find((one) => one.now);
  const until = span ? dayOfMonth(`${span.last_day}T12:00:00Z`, "UTC") : "";
  return span ? say("span_now", { name: sayWords(span.name), until }) : "";
}

/** @param {Model} model @param {Service} service @param {ErrorDetails} detail */
function closedText(model, service, detail) {
  if (detail.holiday) return say("holiday_named", { holiday: detail.holiday });
  return serverWords(model, detail.reason || service.reason, detail);
}

/**
 * The reason in the present language, else in the words the server answered with.
 * @param {Model} model
 * @param {string|null} reason
 * @param {ErrorDetails} detail  since when, until when: ISO 8601
 */
function serverWords(model, reason, detail) {
  const tz = model.hall.site.timezone;
  const at = (/** @type {string|undefined} */ when) => (when ? clock(when, tz) : "–");
  const times = { opens_at: at(detail.opens_at), since: at(detail.since), until: at(detail.until) };
  if (reason && hasText(`reason_${reason}`)) return say(`reason_${reason}`, times);
  return model.visit.refusal ? model.visit.refusal.message : say("demand_waiting");
}

/**
 * Up to two other services of the agency that one can take now.
 * @param {Model} model
 * @param {Service} service
 */
function sisters(model, service) {
  return model.hall.services(service.agency)
    .filter((other) => other.id !== service.id && other.open && other.kiosk && left(other, mainClass(other)) !== 0)
    .slice(0, 2);
}

/** @param {Service} service */
function numbersLine(service) {
  const remaining = left(service, mainClass(service));
  return remaining ? `${say("numbers_left", { n: remaining })} ${say("numbers_left_label")}` : say("open_now");
}

/** @param {string} picture @param {string} name @param {string} line */
function help(picture, name, line) {
  return h("div", { class: "help" }, icon(picture),
    h("p", {}, h("b", {}, name), h("span", { class: "help-line" }, line)));
}

/**
 * Other sites where the same service can be taken now.
 * @param {string} here  this site's id
 * @param {string} service
 * @returns {Promise<Site[]>}
 */
export async function openElsewhere(here, service) {
  const { body } = await get("/api/v1/sites");
  const others = body.sites.filter((site) => site.id !== here);
  const answers = await Promise.all(others.map((site) => get(`/api/v1/sites/${site.id}`)));
  return answers.map((answer) => answer.body)
    .filter((site) => site.services.some((one) => one.id === service && one.open && one.kiosk));
}
