/** Passing a visitor on: suggested services first, then this agency's, then every other of the site. @module */

import { counterName } from "../../static/js/counters.js";
import { h } from "../../static/js/dom.js";
import { say, sayWords } from "../../static/js/texts.js";
import { thinkTwice } from "../../static/js/moving.js";
import { choices, field, openPanel } from "../../static/js/panel.js";
import { serviceName } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 * @typedef {import("./types.js").Service} Service
 */

/** @param {Model} model @param {Act} act */
export function openTransfer(model, act) {
  const { ticket } = model.desk;
  if (!ticket) return;
  const from = model.site.services.find((one) => one.id === ticket.service);
  const targets = inOrder(model.site.services.filter((one) => one.id !== ticket.service), from);
  const list = choices({ name: "service", label: say("transfer_to"), chosen: from?.next.length ? targets[0].id : null,
    choices: targets.map((one) => choice(model, one, from, ticket.class)) });
  const counters = h("select", { class: "field", name: "counter" });
  const offer = () => offerCounters(model, counters, list);
  list.addEventListener("change", offer);
  offer();
  /** @type {{service: string}} what was asked once more, because nobody could call a visitor sent there */
  const asked = { service: "" };
  openPanel({
    title: say("panel_transfer", { number: ticket.number }), lead: say("panel_transfer_lead"), wide: true,
    body: [finder(list), list,
      h("div", { class: "panel-pair" },
        h("label", { class: "panel-field" }, h("span", { class: "choices-label" }, say("transfer_counter")), counters),
        field({ name: "note", label: say("note"), hint: say("note_hint") }))],
    submit: { label: say("verb_transfer"), run: (data) => run(model, act, ticket.number, data, asked) },
  });
}

/** @param {Service[]} services @param {Service|undefined} from */
function inOrder(services, from) {
  const rank = (/** @type {Service} */ one) => {
    const suggested = from ? from.next.indexOf(one.id) : -1;
    return suggested >= 0 ? suggested : one.agency === from?.agency ? 1000 : 2000;
  };
  return services.map((one, n) => ({ one, n })).sort((a, b) => rank(a.one) - rank(b.one) || a.n - b.n)
    .map(({ one }) => one);
}

/**
 * @param {Model} model
 * @param {Service} service
 * @param {Service|undefined} from
 * @param {import("../../static/js/documents.js").Class} type  the ticket's
 */
function choice(model, service, from, type) {
  const agency = model.site.agencies.find((one) => one.id === service.agency);
  const left = service.quota_left[type];
  const full = left === 0;
  return {
    value: service.id, off: full || !service.classes.includes(type),
    text: [h("b", {}, sayWords(service.name)),
      from?.next.includes(service.id) ? h("span", { class: "chip chip-good" }, say("transfer_suggested")) : null],
    aside: [agency?.short_name, typeof left === "number" ? say("quota_left", { n: left }) : null].filter(Boolean)
      .join(", "),
  };
}

/** Narrows the list by what is typed. @param {HTMLElement} list */
function finder(list) {
  const what = say("find_service");
  const box = { class: "field", type: "search", placeholder: what, "aria-label": what, autocomplete: "off" };
  const input = /** @type {HTMLInputElement} */ (h("input", box));
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".choice"))) {
      row.hidden = !(row.textContent || "").toLowerCase().includes(wanted);
    }
  });
  return input;
}

/**
 * Only counters of the chosen service can be wished for.
 * @param {Model} model
 * @param {HTMLElement} select
 * @param {HTMLElement} list
 */
function offerCounters(model, select, list) {
  const chosen = /** @type {HTMLInputElement|null} */ (list.querySelector("input:checked"));
  const fitting = model.site.counters.filter((one) => chosen && one.services.includes(chosen.value));
  select.replaceChildren(h("option", { value: "" }, say("any_counter")),
    ...fitting.map((one) => h("option", { value: one.id }, counterName(one))));
}

/**
 * @param {Model} model
 * @param {Act} act
 * @param {string} number
 * @param {FormData} data
 * @param {{service: string}} asked
 */
async function run(model, act, number, data, asked) {
  const service = String(data.get("service") || "");
  if (!service) return say("choose_first");
  const counter = String(data.get("counter") || "");
  const note = String(data.get("note") || "").trim();
  const confirm = asked.service === service ? { confirm: true } : {};
  const body = { service, ...(counter ? { counter } : {}), ...(note ? { note } : {}), ...confirm };
  const said = model.message;
  const trouble = await act.run("transfer", body, number, { service: serviceName(model.site, service) });
  const refused = model.refusal;
  if (!trouble || refused?.code !== "no_counter") return trouble;
  asked.service = service;
  act.tell(said); // the panel asks; left by Escape, "press again" would stand on the page with nothing to press
  return thinkTwice(refused);
}
