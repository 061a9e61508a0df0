/** A day's roster: shifts are added, taken away, and sent together. @module */

import { byId } from "../static/js/dom.js";
import { opensPage, sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

opensPage(/** @type {HTMLFormElement} */ (document.querySelector(".roster-pick")));
const roster = document.getElementById("roster");
if (roster instanceof HTMLFormElement) {
  sendsJson(roster, () => location.assign(roster.dataset.then || location.href), () => shifts(roster));
  roster.addEventListener("click", ({ target }) => {
    const key = target instanceof Element && target.closest("[data-add], [data-remove]");
    if (key instanceof HTMLElement) change(key);
  });
}
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(".helping"))) {
  sendsJson(form, () => location.reload());
}
const help = document.getElementById("help");
if (help instanceof HTMLFormElement) {
  sendsJson(help, () => location.reload(), ({ account, ...to }) => {
    help.dataset.send = `POST /api/v1/accounts/${account}/lend`;
    return to;
  });
}

/**
 * The shifts that name somebody, in the order in which they stand. Each row is named by its place among them: there a
 * fault is told.
 * @param {HTMLFormElement} form
 */
function shifts(form) {
  const rows = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-shift]")]);
  const named = rows.filter((row) => part(row, "account").value);
  for (const row of rows) name(row, named.indexOf(row));
  return named.map((row) => {
    const account = part(row, "account").value;
    const [from, to] = ["from", "to"].map((one) => time(part(row, one).value));
    const place = /** @type {HTMLElement} */ (row.closest("[data-counter]"));
    return { counter: place.dataset.counter, account, from, to };
  });
}

/** A time as people here write it: 8.00, 08:00, 0800. @param {string} said */
function time(said) {
  const [, hours, minutes] = said.trim().match(/^(\d{1,2})[.:]?(\d{2})$/) || [];
  return hours ? `${hours.padStart(2, "0")}:${minutes}` : said.trim();
}

/** @param {HTMLElement} row @param {number} n */
function name(row, n) {
  const key = n < 0 ? "" : String(n);
  for (const field of row.querySelectorAll("[data-part]")) field.setAttribute("name", key);
  const fault = /** @type {HTMLElement} */ (row.querySelector("[data-error]"));
  fault.dataset.error = key;
  fault.id = `fault-${key}`;
}

/** @param {HTMLElement} row @param {string} what */
function part(row, what) {
  return /** @type {HTMLInputElement|HTMLSelectElement} */ (row.querySelector(`[data-part="${what}"]`));
}

/** A shift more, or one less: the last of a counter stays, and names nobody. @param {HTMLElement} key */
function change(key) {
  const place = /** @type {HTMLElement} */ (key.closest("[data-counter]"));
  const rows = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-shift]")]);
  if (key.dataset.add !== undefined) {
    const last = rows[rows.length - 1];
    const fresh = /** @type {HTMLElement} */ (last.cloneNode(true));
    clear(fresh);
    part(fresh, "from").value = part(last, "to").value; // the next begins when the one before ends
    part(fresh, "to").value = "";
    last.after(fresh);
    part(fresh, "account").focus();
    return;
  }
  const row = /** @type {HTMLElement} */ (key.closest("[data-shift]"));
  const next = rows[rows.indexOf(row) + 1] || rows[rows.indexOf(row) - 1];
  if (next) row.remove();
  else clear(row);
  part(next || row, "account").focus();
}

/** @param {HTMLElement} row */
function clear(row) {
  part(row, "account").value = "";
  const fault = /** @type {HTMLElement} */ (row.querySelector("[data-error]"));
  fault.hidden = true;
  for (const field of row.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}
