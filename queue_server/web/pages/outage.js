/** What was written on paper while nothing worked: all lines are entered together. @module */

import { newKey } from "../static/js/api.js";
import { byId } from "../static/js/dom.js";
import { opensPage, sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

for (const id of ["pick", "sheet"]) {
  const form = document.getElementById(id);
  if (form instanceof HTMLFormElement) opensPage(form);
}
const paper = document.getElementById("outage");
let wish = { said: "", key: "" }; // of lines whose answer was lost: sent again, they are entered once
if (paper instanceof HTMLFormElement) {
  const then = ({ total = 0 }) => location.assign(`${paper.dataset.then}&done=${total}`);
  sendsJson(paper, then, () => entries(paper), keyOf);
  byId("outage").querySelector("input")?.focus();
}

/** @param {object} body */
function keyOf(body) {
  const said = JSON.stringify(body);
  if (wish.said !== said) wish = { said, key: newKey() };
  return wish.key;
}

/**
 * The lines that have a number, in the order in which they stand. Each is named by its place among them: there a fault
 * is told.
 * @param {HTMLFormElement} form
 */
function entries(form) {
  const rows = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-row]")]);
  const filled = rows.filter((row) => value(row, "number"));
  for (const row of rows) {
    const at = filled.indexOf(row);
    const told = /** @type {HTMLElement} */ (row.querySelector("[data-error]"));
    told.dataset.error = at < 0 ? "" : `entries.${at}`;
    told.id = at < 0 ? "" : `fault-${at}`;
    /** @type {HTMLInputElement} */ (row.querySelector("[data-part=number]")).name = at < 0 ? "" : `entries.${at}`;
  }
  return { entries: filled.map((row) => entry(row, form.dataset.service || "")) };
}

/** @param {HTMLElement} row @param {string} service */
function entry(row, service) {
  /** @type {Record<string, string|number>} */
  const said = { service, people: Number(value(row, "people")) || 1 };
  for (const part of ["number", "issued_at", "called_at", "served_at", "finished_at", "counter", "class"]) {
    if (value(row, part)) said[part] = value(row, part);
  }
  return said;
}

/** @param {HTMLElement} row @param {string} part */
function value(row, part) {
  const field = /** @type {HTMLInputElement} */ (row.querySelector(`[data-part=${part}]`));
  return field.value.trim();
}
