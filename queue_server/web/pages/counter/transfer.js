/** Passing a visitor on: suggested services first, then this agency's, then every other of the site. @module */

import { counterName } from "../../static/js/counters.js";
import { h } from "../../static/js/dom.js";
import { say, sayWords } from "../../static/js/texts.js";
import { thinkTwice } from "./moving.js";
import { choices, field, openPanel } from "./panel.js";
import { serviceName } from "./words.js";

/**
 * @typedef {import("../counter.js").CounterPage} Page
 * @typedef {import("./types.js").Service} Service
 */

/** @param {Page} page */
export function openTransfer(page) {
  const { ticket } = page.desk;
  if (!ticket) return;
  const from = page.site.services.find((one) => one.id === ticket.service);
  const targets = inOrder(page.site.services.filter((one) => one.id !== ticket.service), from);
  const list = choices({ name: "service", label: say("transfer_to"), chosen: from?.next.length ? targets[0].id : null, choices: targets.map((one) => choice(page, one, from, ticket.class)) });
  const counters = h("select", { class: "field", name: "counter" });
  const offer = () => offerCounters(page, counters, list);
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
    submit: { label: say("verb_transfer"), run: (data) => run(page, ticket.number, data, asked) },
  });
}

/** @param {Service[]} services @param {Service|undefined} from */
function inOrder(services, from) {
  const rank = (/** @type {Service} */ one) => {
    const suggested = from ? from.next.indexOf(one.id) : -1;
    return suggested >= 0 ? suggested : one.agency === from?.agency ? 1000 : 2000;
  };
  return services.map((one, n) => ({ one, n })).sort((a, b) => rank(a.one) - rank(b.one) || a.n - b.n).map(({ one }) => one);
}

/** @param {Page} page @param {Service} service @param {Service|undefined} from @param {import("../../static/js/documents.js").Class} type  the ticket's */
function choice(page, service, from, type) {
  const agency = page.site.agencies.find((one) => one.id === service.agency);
  const left = service.quota_left[type];
  const full = left === 0;
  return {
    value: service.id, off: full || !service.classes.includes(type),
    text: [h("b", {}, sayWords(service.name)), from?.next.includes(service.id) ? h("span", { class: "chip chip-good" }, say("transfer_suggested")) : null],
    aside: [agency?.short_name, typeof left === "number" ? say("quota_left", { n: left }) : null].filter(Boolean).join(", "),
  };
}

/** Narrows the list by what is typed. @param {HTMLElement} list */
function finder(list) {
  const input = /** @type {HTMLInputElement} */ (h("input", { class: "field", type: "search", placeholder: say("find_service"), "aria-label": say("find_service"), autocomplete: "off" }));
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".choice"))) {
      row.hidden = !(row.textContent || "").toLowerCase().includes(wanted);
    }
  });
  return input;
}

/** Only counters of the chosen service can be wished for. @param {Page} page @param {HTMLElement} select @param {HTMLElement} list */
function offerCounters(page, select, list) {
  const chosen = /** @type {HTMLInputElement|null} */ (list.querySelector("input:checked"));
  const fitting = page.site.counters.filter((one) => chosen && one.services.includes(chosen.value));
  select.replaceChildren(h("option", { value: "" }, say("any_counter")), ...fitting.map((one) => h("option", { value: one.id }, counterName(one))));
}

/** @param {Page} page @param {string} number @param {FormData} data @param {{service: string}} asked */
async function run(page, number, data, asked) {
  const service = String(data.get("service") || "");
  if (!service) return say("choose_first");
  const counter = String(data.get("counter") || "");
  const note = String(data.get("note") || "").trim();
  const confirm = asked.service === service ? { confirm: true } : {};
  const body = { service, ...(counter ? { counter } : {}), ...(note ? { note } : {}), ...confirm };
  const said = page.message;
  const trouble = await page.panels.run("transfer", body, number, { service: serviceName(page.site, service) });
  const refused = page.refusal;
  if (!trouble || refused?.code !== "no_counter") return trouble;
  asked.service = service;
  page.tell(said); // the panel asks; left by Escape, "press again" would stand on the page with nothing to press
  return thinkTwice(refused);
}
