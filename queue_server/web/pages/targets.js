/** The targets: rows are added, taken away, and sent together. @module */

import { byId } from "../static/js/dom.js";
import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { say, useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

const form = document.getElementById("form");
if (form instanceof HTMLFormElement) {
  const rows = byId("rows");
  const fresh = /** @type {HTMLTemplateElement} */ (byId("fresh"));
  sendsJson(form, () => location.assign(form.dataset.then || location.href), () => targets(rows, form));
  byId("add").addEventListener("click", () => {
    rows.append(fresh.content.cloneNode(true));
    nameUnits(rows);
    part(/** @type {HTMLElement} */ (rows.lastElementChild), "measure").focus();
  });
  rows.addEventListener("click", ({ target }) => {
    const key = target instanceof Element && target.closest("[data-remove]");
    if (key) /** @type {Element} */ (key.closest("[data-row]")).remove();
  });
  rows.addEventListener("change", () => nameUnits(rows));
  nameUnits(rows);
}

/**
 * All rows as the server knows them: seconds, and shares from 0 to 1.
 * @param {HTMLElement} rows @param {HTMLElement} form
 */
function targets(rows, form) {
  const listed = rowsOf(rows).map((row, n) => {
    const fault = /** @type {HTMLElement} */ (row.querySelector("[data-error]"));
    fault.dataset.error = `targets.${n}`;
    fault.id = `fault-${n}`;
    for (const field of row.querySelectorAll("[data-part]")) field.setAttribute("name", `targets.${n}`);
    const said = part(row, "value").value.trim().replace(",", ".");
    const value = said ? number(row, said) : null;
    return { measure: part(row, "measure").value, from: part(row, "from").value, value };
  });
  return { targets: listed, based_on: form.dataset.version };
}

/** @param {HTMLElement} row @param {string} said */
function number(row, said) {
  const value = Number(said);
  if (Number.isNaN(value)) return -1; // what is no number is refused beside its field, in the server's words
  return isOfTime(row) ? Math.round(value * 60) : Math.round(value * 100) / 10000;
}

/** @param {HTMLElement} rows */
function nameUnits(rows) {
  for (const row of rowsOf(rows)) {
    const unit = /** @type {HTMLElement} */ (row.querySelector("[data-unit]"));
    unit.textContent = isOfTime(row) ? say("unit_minutes") : "%";
  }
}

/** @param {HTMLElement} row */
function isOfTime(row) {
  const chosen = /** @type {HTMLSelectElement} */ (part(row, "measure")).selectedOptions[0];
  return chosen.dataset.seconds === "yes";
}

/** @param {HTMLElement} rows */
function rowsOf(rows) {
  return /** @type {HTMLElement[]} */ ([...rows.querySelectorAll("[data-row]")]);
}

/** @param {HTMLElement} row @param {string} what */
function part(row, what) {
  return /** @type {HTMLInputElement|HTMLSelectElement} */ (row.querySelector(`[data-part="${what}"]`));
}
