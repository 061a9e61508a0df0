/** The study of need: sign out, print, and what the office writes down of the kecamatan. @module */

import { byId } from "../static/js/dom.js";
import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
byId("print").addEventListener("click", () => window.print());

const form = document.getElementById("form");
if (form instanceof HTMLFormElement) {
  sendsJson(form, () => location.assign(form.dataset.then || location.href), ({ source, year }) => ({
    districts: districts(form), source, year, based_on: form.dataset.version,
  }));
}

/** All of them; an empty field is not known. @param {HTMLElement} form */
function districts(form) {
  const rows = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-row]")]);
  return rows.map((row) => ({
    id: row.dataset.row,
    distance_km: number(row, "distance_km", (said) => said.replace(",", ".")),
    population: number(row, "population", (said) => said.replace(/[.\s]/g, "")), // "25.502" are thousands
  }));
}

/** @param {HTMLElement} row @param {string} name @param {(said: string) => string} plain */
function number(row, name, plain) {
  const said = /** @type {HTMLInputElement} */ (row.querySelector(`[data-part="${name}"]`)).value.trim();
  if (!said) return null;
  const value = Number(plain(said));
  return Number.isNaN(value) ? -1 : value; // what is no number is refused beside its field, in the server's words
}
