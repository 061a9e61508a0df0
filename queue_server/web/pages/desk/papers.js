/**
 * Missing papers: told from the service's own list, printed, and brought back today or another day.
 * @module
 */

import { h } from "../../static/js/dom.js";
import { clock } from "../../static/js/format.js";
import { openPanel } from "../../static/js/panel.js";
import { paperWidth, printSlip } from "../../static/js/printer.js";
import { say, sayWords } from "../../static/js/texts.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 * @typedef {import("./types.js").DeskTicket} DeskTicket
 */

let prints = paperWidth() !== 0; // as the officer last said

/** The papers that a service names. @param {Model} model @param {string} [service] */
export function papersOf({ site }, service) {
  return site.services.find(({ id }) => id === service)?.papers || [];
}

/** The names of those that were missing. @param {DeskTicket} ticket */
export function missingNames({ missing = [] }) {
  return missing.map(({ name }) => sayWords(name)).join(", ");
}

/** @param {Model} model @param {Act} act */
export function openPapers(model, act) {
  const { ticket } = model.desk;
  if (!ticket) return;
  const before = new Set((ticket.missing || []).map(({ id }) => id));
  const rows = papersOf(model, ticket.service).map(({ id, name }, n) =>
    tick({ name: "missing", value: id, text: sayWords(name), cap: n < 9 ? String(n + 1) : "", checked: before.has(id),
      focus: n === 0 }));
  openPanel({
    title: say("papers_title", { number: ticket.number }), lead: say("papers_lead"),
    body: [
      h("fieldset", { class: "choices" }, h("legend", { class: "choices-label" }, say("papers_which")), ...rows),
      h("fieldset", { class: "choices papers-then" },
        h("legend", { class: "choices-label" }, say("papers_then")),
        tick({ name: "back", text: say("papers_back"), cap: "K", checked: true,
          aside: say("papers_back_today") }),
        paperWidth() === 0 ? null : tick({ name: "print", text: say("papers_print"), cap: "C", checked: prints })),
    ],
    submit: { label: say("papers_submit"), run: (data) => run(model, act, ticket, data) },
  });
}

/**
 * A box to tick, by its key too.
 * @param {{name: string, text: string, cap: string, checked: boolean, value?: string, focus?: boolean, aside?: string}}
 *   box
 */
function tick({ name, text, cap, checked, value = "yes", focus = false, aside = "" }) {
  return h("label", { class: "choice" },
    h("input", { type: "checkbox", name, value, checked, autofocus: focus, "data-digit": cap.toLowerCase() || null }),
    cap ? h("span", { class: "keycap" }, cap) : null, h("span", { class: "choice-text" }, text),
    aside ? h("span", { class: "choice-aside secondary" }, aside) : null);
}

/**
 * With the right to come back they are held, without it the visit is over; either way the list is on record.
 * @param {Model} model @param {Act} act @param {DeskTicket} ticket @param {FormData} data
 */
async function run(model, act, { number }, data) {
  const missing = data.getAll("missing");
  if (!missing.length) return say("papers_choose");
  if (paperWidth() !== 0) prints = data.has("print");
  const trouble = await (data.has("back") ? act.run("hold", { missing, ...act.noted() }, number)
    : act.run("finish", { missing, ...act.remarks() }, number));
  if (!trouble && data.has("print")) printList(model, act, number);
  return trouble;
}

/** The list on paper; that it was printed is recorded. @param {Model} model @param {Act} act @param {string} number */
export async function printList(model, act, number) {
  const path = /** @type {const} */ (`/api/v1/sites/${model.site.id}/tickets/by-number/${number}/reprint`);
  const failed = () => act.tell({ tone: "warn", text: say("papers_print_failed", { number }), strong: number });
  const done = await act.send("reprint", path, {});
  if ("body" in done) printSlip(String(done.body.token), paperWidth() || 80, () => {}, failed);
  else failed();
}

/** Until when a held visitor may be back. @param {Model} model @param {DeskTicket} ticket */
export function backUntil({ site }, { return_until: until }) {
  return until ? say("papers_back_until", { time: clock(until, site.timezone) }) : say("papers_back_today");
}
