/** The front desk: give a visitor a number of any service of the officer's agency. @module */

import { get } from "../../static/js/api.js";
import { actsFor } from "../../static/js/counters.js";
import { h } from "../../static/js/dom.js";
import { clock, showNumber } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { hasText, say, sayCount, sayWords } from "../../static/js/texts.js";
import { paperWidth, printSlip } from "../../static/js/printer.js";
import { choices, openPanel } from "../../static/js/panel.js";
import { serviceName } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 * @typedef {import("./types.js").Service} Service
 * @typedef {import("./types.js").Ticket} Ticket
 */

/**
 * @type {{body: string, key: string}|null} what was asked for, if the reply never came: asked again, it is the same
 * number
 */
let wish = null;

/** @param {Model} model @param {Act} act */
export async function openIssue(model, act) {
  wish = null;
  show(model, act);
  try {
    model.site.services = (await get(`/api/v1/sites/${model.site.id}`)).body.services;
  } catch (_) {
    return; // the panel shows what was known; the server's answer to the request is what counts
  }
  for (const one of model.site.services) tell(one);
}

/** What is known of a service now; nothing else is drawn anew, for a finger may be on it. @param {Service} one */
function tell(one) {
  const choice = document.querySelector(`#issue-services input[value="${CSS.escape(one.id)}"]`)?.closest("label");
  const aside = choice?.querySelector(".choice-aside");
  if (aside) aside.textContent = state(one);
}

/** @param {Model} model @param {Act} act */
function show(model, act) {
  const services = offered(model);
  const chosen = services.length === 1 ? services[0].id : null;
  const list = choices({ name: "service", label: say("service"), chosen,
    choices: services.map((one) => ({ value: one.id, text: h("b", {}, sayWords(one.name)), aside: state(one) })) });
  const classes = h("div", { id: "issue-classes" });
  const offer = () => offerClasses(services, list, classes);
  list.addEventListener("change", offer);
  offer();
  openPanel({
    title: say("panel_issue"), wide: true, body: [h("div", { id: "issue-services" }, list), classes],
    submit: { label: say("verb_issue"), run: (data) => run(model, act, data) },
  });
}

/**
 * The services of the officer's agencies (without a limit: of every agency): this counter's first, then its agency's.
 * @param {Model} model
 */
function offered({ site, account, counter }) {
  const mine = site.services.filter((one) => actsFor(account, site.id, one.agency));
  const rank = (/** @type {Service} */ one) =>
    (counter.services.includes(one.id) ? 0 : one.agency === counter.agency ? 1 : 2);
  return mine.sort((a, b) => rank(a) - rank(b)); // a stable sort: within each the site file's order
}

/** @param {Service} service */
function state(service) {
  if (!service.open) return say("cannot_issue");
  const waiting = say("waiting_n", { n: service.waiting });
  const left = leftOf(service, preferred(service.classes));
  return left ? `${waiting}, ${left}` : waiting;
}

/**
 * What a class can still take today; empty: without limit.
 * @param {Service} service
 * @param {import("../../static/js/documents.js").Class} type
 */
function leftOf(service, type) {
  const left = service.quota_left[type];
  return typeof left === "number" ? say("quota_left", { n: left }) : "";
}

/** @param {Service[]} services @param {HTMLElement} list @param {HTMLElement} room */
function offerClasses(services, list, room) {
  const chosen = /** @type {HTMLInputElement|null} */ (list.querySelector("input:checked"));
  const service = services.find((one) => one.id === chosen?.value);
  const classes = service ? service.classes : [];
  if (classes.length < 2) return room.replaceChildren();
  const first = preferred(classes);
  const labels = classes.map((one) => h("label", { class: "choice" },
    h("input", { type: "radio", name: "class", value: one, checked: one === first }),
    h("span", { class: "choice-text" },
      [say(`class_${one}`), service ? leftOf(service, one) : ""].filter(Boolean).join(", "))));
  room.replaceChildren(h("fieldset", { class: "choices choices-row" },
    h("legend", { class: "choices-label" }, say("issue_class")), ...labels));
}

/** @param {import("../../static/js/documents.js").Class[]} classes */
function preferred(classes) {
  return classes.includes("regular") ? "regular" : classes[0];
}

/** @param {Model} model @param {Act} act @param {FormData} data @returns {Promise<string|null>} */
async function run(model, act, data) {
  const service = model.site.services.find((one) => one.id === data.get("service"));
  if (!service) return say("choose_first");
  const type = String(data.get("class") || preferred(service.classes));
  const body = { service: service.id, class: type };
  const again = wish && wish.body === JSON.stringify(body) ? wish.key : undefined;
  const done = await act.send("issue", `/api/v1/sites/${model.site.id}/tickets`, body, again);
  if ("refused" in done) return say("busy_key");
  const lost = "error" in done && done.error.code === "offline";
  wish = lost ? { body: JSON.stringify(body), key: done.key } : null;
  if ("error" in done) return lost ? say("lost_issue") : refusal(model, done.error);
  act.tell({ tone: "good",
    text: say("did_issue", { number: done.body.number, time: clock(done.body.issued_at, model.site.timezone) }),
    strong: done.body.number });
  showIssued(model, act, done.body);
  return null;
}

/**
 * Why no number was given: the reason if there is one, else the server's message.
 * @param {Model} model
 * @param {import("../../static/js/api.js").ApiError} error
 */
export function refusal({ site }, error) {
  const details = error.details || {};
  const key = `reason_${details.reason}`;
  if (error.code === "quota_full" && details.class) {
    return say("quota_full_class", { class: say(`class_${details.class}`) });
  }
  if (!hasText(key)) return error.message;
  const time = (/** @type {string|undefined} */ iso) => (iso ? clock(iso, site.timezone) : "");
  return say(key, { holiday: details.holiday || "", since: time(details.since), opens_at: time(details.opens_at),
    until: time(details.until) });
}

/** @param {Model} model @param {Act} act @param {Ticket} ticket */
function showIssued(model, act, ticket) {
  const number = h("p", { class: "number issued-number" });
  showNumber(number, ticket.number);
  const failed = h("p", { class: "notice notice-warn", role: "alert", hidden: true }, say("issue_print_failed"));
  const print = () => printSlip(String(ticket.token), paperWidth(), () => {}, () => (failed.hidden = false));
  openPanel({
    title: say("issue_given"), wide: true, lead: serviceName(model.site, ticket.service),
    body: [h("div", { class: "issued" },
      h("div", { class: "issued-left" }, number,
        h("p", {}, h("b", {}, say(`class_${ticket.class}`)), ", ",
          ticket.ahead ? say("issue_ahead", { people: sayCount("people", ticket.people_ahead || 0) })
            : say("issue_first"))),
      h("figure", { class: "issued-code" },
        h("img", { src: `/t/${ticket.token}/qr.svg`, width: 180, height: 180, alt: "" }),
        h("figcaption", { class: "secondary" }, say("issue_scan")))),
    failed],
    more: [
      paperWidth() === 0 ? null
        : h("button", { class: "button", type: "button", "data-digit": 1, onclick: print },
        h("span", { class: "keycap" }, 1), icon("printer"), say("issue_print")),
      h("button", { class: "button", type: "button", "data-digit": 2, onclick: () => openIssue(model, act) },
        h("span", { class: "keycap" }, 2), say("issue_another")),
      h("a", { class: "button", href: `/t/${ticket.token}`, target: "_blank", rel: "noopener" }, icon("smartphone"),
        say("issue_link")),
    ],
  });
}
