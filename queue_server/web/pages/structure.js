/** The page of what the hall is made of: one row is changed, looked over, and saved as a version. @module */

import { get, put } from "../static/js/api.js";
import { byId, h } from "../static/js/dom.js";
import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { lang, say, useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";
import { read, same, shown } from "./structure/fields.js";
import { keepRows } from "./structure/rowset.js";
import { moved, pathOf, withRow, without } from "./structure/rows.js";

/**
 * @typedef {import("../static/js/api.js").ApiError} ApiError
 * @typedef {import("./structure/rows.js").Made} Made
 * @typedef {import("../static/js/documents.js").StructurePage} Data
 */

/** @type {Data} */
const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
if (document.getElementById("form")) openForm();
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-send]"))) {
  sendsJson(form, () => location.reload());
}

/** One row of the hall, as it was and as it shall be. */
function openForm() {
  const form = /** @type {HTMLFormElement} */ (byId("form"));
  const all = Array.from(form.querySelectorAll("[data-field]"), (element) => /** @type {HTMLElement} */ (element));
  const fields = all.filter((one) => !one.closest(".structure-row")); // those are read with their rows
  const before = new Map(fields.map((field) => [field, read(field)]));
  let busy = false;

  /** What is other than when the page came. */
  function edits() {
    return fields.filter((field) => !same(read(field), was(field)));
  }

  /** @param {HTMLElement} field */
  function was(field) {
    return data.fresh ? undefined : before.get(field);
  }

  function draw() {
    const changed = edits();
    byId("changes").replaceChildren(...changed.map((field) => h("li", {}, h("b", {}, nameOf(field)), " ",
      h("span", { class: "secondary" }, shown(was(field))), " → ", shown(read(field)))));
    byId("no-change").hidden = changed.length > 0;
    byId("save").setAttribute("aria-disabled", String(busy || changed.length === 0));
  }

  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    if (busy || edits().length === 0) return;
    const values = /** @type {[string, unknown][]} */ (edits().map((field) => [field.dataset.field, read(field)]));
    save((made) => withRow(made, data.part, data.row, values));
  }

  function retire() {
    const { row } = data;
    if (row !== null) save((made) => without(made, data.part, row));
  }

  /** @param {-1|1} step */
  function move(step) {
    const { row } = data;
    if (row !== null) save((made) => moved(made, data.part, row, step));
  }

  /**
   * Saves what `change` makes of the structure. Should somebody else have saved meanwhile, the same is made of theirs;
   * where both changed one thing, it is told and nothing is saved.
   * @param {(made: Made) => Made} change
   */
  async function save(change) {
    busy = true;
    clear();
    draw();
    try {
      const done = await send(change, data.structure, data.version);
      location.assign(`?${query({ saved: String(done.version) })}`);
    } catch (error) {
      busy = false;
      draw();
      tell(/** @type {ApiError} */ (error));
    }
  }

  /** @param {(made: Made) => Made} change @param {Made} made @param {number} version */
  async function send(change, made, version) {
    const path = /** @type {const} */ (`/api/v1/sites/${data.site.id}/structure`);
    const day = /** @type {HTMLInputElement} */ (byId("day")).value;
    const later = /** @type {HTMLInputElement} */ (byId("when-day")).checked;
    const why = /** @type {HTMLInputElement} */ (byId("why")).value.trim();
    const rest = { ...(later ? { from: day } : {}), ...(why ? { reason: why } : {}) };
    try {
      return (await put(path, { structure: change(made), based_on: version, ...rest })).body;
    } catch (error) {
      const { code, details } = /** @type {ApiError} */ (error);
      const elsewhere = code === "structure_changed" && details && details.paths && details.paths.length === 0;
      if (!elsewhere) throw error;
      const now = (await get(later ? /** @type {const} */ (`${path}?at=${day}`) : path)).body;
      return (await put(path, { structure: change(now.structure), based_on: now.version, ...rest })).body;
    }
  }

  /** @param {ApiError} error */
  function tell(error) {
    const problems = (error.details && error.details.problems) || [];
    const rest = problems.filter(({ key, reason }) => !mark(key, reason));
    const lines = rest.map(({ key, reason }) => h("li", {}, h("code", {}, key), ` ${reason}`));
    const paths = ((error.details && error.details.paths) || []).map((path) => h("li", {}, h("code", {}, path)));
    byId("fault").replaceChildren(h("p", {}, error.message), h("ul", {}, ...lines, ...paths));
    byId("fault").hidden = false;
    const first = form.querySelector("[aria-invalid=true]");
    if (first instanceof HTMLElement) first.focus();
  }

  /**
   * Puts what is wrong beside its field; whether it has one on this page.
   * @param {string} key  `services[3].quota.total`
   * @param {string} reason
   */
  function mark(key, reason) {
    const path = pathOf(key, data.part, data.row, data.structure);
    const mine = (/** @type {HTMLElement} */ one) => `${path}.`.startsWith(`${one.dataset.field}.`)
      || `${path}`.startsWith(`${one.dataset.field}[`);
    const field = path === null ? undefined : fields.filter(mine).pop();
    const fault = field && field.querySelector(".structure-fault");
    if (!field || !(fault instanceof HTMLElement)) return false;
    fault.textContent = fault.textContent ? `${fault.textContent} ${reason}` : reason;
    fault.hidden = false;
    for (const one of field.querySelectorAll("input, select, textarea")) one.setAttribute("aria-invalid", "true");
    return true;
  }

  function clear() {
    byId("fault").hidden = true;
    for (const fault of form.querySelectorAll(".structure-fault")) {
      fault.textContent = "";
      /** @type {HTMLElement} */ (fault).hidden = true;
    }
    for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  }

  form.addEventListener("input", draw);
  keepRows(form, draw);
  form.addEventListener("submit", submit);
  byId("day").addEventListener("input", () => {
    /** @type {HTMLInputElement} */ (byId("when-day")).checked = true;
  });
  const onClick = (/** @type {string} */ id, /** @type {() => void} */ act) => {
    const button = document.getElementById(id);
    if (button) button.addEventListener("click", act);
  };
  onClick("retire", retire);
  onClick("up", () => move(-1));
  onClick("down", () => move(1));
  draw();
}

/** @param {HTMLElement} field */
function nameOf(field) {
  return say(`field_${String(field.dataset.field).replace(/\./g, "_")}`);
}

/** This page's address, with something more. @param {Record<string, string>} more */
function query(more) {
  const named = document.getElementById("f-id") || document.getElementById("f-date");
  const id = /** @type {HTMLInputElement|null} */ (named);
  const row = id ? id.value.trim() : data.row;
  const known = { part: data.part, lang: lang(), ...(row ? { id: row } : {}), ...more };
  return new URLSearchParams(known).toString();
}
