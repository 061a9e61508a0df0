/**
 * A form of a server-rendered page, sent as JSON: what is wrong stands beside its field, in the server's words.
 *
 * The markup says all that is to be known:
 * - `<form data-send="PATCH /api/v1/accounts/x">`: method and address;
 * - a field's `name` is the key of the body, with dots for a part of a part (`quota.total`);
 * - `data-as="list"` on every box of a group: the list of the values that are ticked; `data-as="lines"`: of the lines
 *   written; `data-as="number"`: a number; `data-as="switch"`: whether it is ticked; `data-empty="null"` or
 *   `data-empty="absent"`: what is sent of a field that is left empty, else "";
 * - `data-hint="id"`: the element that always describes the field;
 * - `<span class="form-error" id="…" data-error="key" hidden>`: where the fault of the field `key` is told;
 * - `<p data-fault role="alert" hidden>`: where everything else is.
 * @module
 */

import { ask } from "./api.js";
import { hasText, say } from "./texts.js";

/**
 * @typedef {HTMLInputElement|HTMLSelectElement|HTMLTextAreaElement} Field
 * @typedef {import("./api.js").ApiError} ApiError
 * @typedef {{[name: string]: any}} Values
 */

/**
 * Sends the form whenever it is submitted.
 * @param {HTMLFormElement} form
 * @param {(answer: any) => void} done  what follows once the server has done it
 * @param {(values: Values) => Values|null} [shape]  what is sent of the values; null: not now
 * @param {(body: Values) => string} [keyOf]  the idempotency key by which it is sent; none: without one
 * @param {(trouble: ApiError) => void} [refused]  what follows once it is told that the server has not
 */
export function sendsJson(form, done, shape = (values) => values, keyOf, refused) {
  form.noValidate = true; // the server checks, in one place and in the page's language
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    const values = shape(valuesOf(form));
    if (values === null) return;
    busy(form, true);
    tellNothing(form);
    try {
      const [method, path] = (form.dataset.send || "").split(" ");
      const { body } = await ask(/** @type {"POST"} */ (method), path, values, keyOf && keyOf(values));
      busy(form, false);
      done(body);
    } catch (trouble) {
      busy(form, false);
      tellFaults(form, /** @type {ApiError} */ (trouble));
      if (refused) refused(/** @type {ApiError} */ (trouble));
    }
  });
  form.addEventListener("input", ({ target }) => /** @type {Element} */ (target).removeAttribute("aria-invalid"));
}

/**
 * A form that only asks: what it says becomes the address of a page. By script, as the policy lets no form send itself.
 * @param {HTMLFormElement} form
 */
export function opensPage(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    location.assign(`${form.getAttribute("action")}?${new URLSearchParams(said)}`);
  });
}

/** What the form says, as the body of a request. @param {HTMLFormElement} form */
export function valuesOf(form) {
  /** @type {Values} */
  const values = {};
  for (const field of fieldsOf(form)) {
    if (!field.name || field.disabled) continue;
    if (field instanceof HTMLInputElement && field.type === "radio" && !field.checked) continue;
    const parts = field.name.split(".");
    const last = parts.pop() || "";
    const inside = parts.reduce((whole, part) => (whole[part] = whole[part] || {}), values);
    const value = valueOf(field, inside[last]);
    if (value !== undefined) inside[last] = value;
  }
  return values;
}

/**
 * Tells each fault beside its field and goes to the first; what belongs to no field of the form stands above its keys.
 * @param {HTMLFormElement} form @param {ApiError} trouble
 */
export function tellFaults(form, trouble) {
  const { code, message } = trouble;
  const details = /** @type {import("./documents.js").ErrorDetails} */ (trouble.details || {});
  const said = code === "offline" && hasText("offline") ? say("offline") : message;
  const problems = details.problems || [{ key: details.field || "", reason: said }];
  let homeless = problems.filter(({ key, reason }) => !tellBeside(form, key, reason));
  const lines = homeless.map(({ key, reason }) => (key ? `${key}: ${reason}` : reason)).join("\n");
  if (homeless.length && details.field && tellBeside(form, details.field, lines)) homeless = []; // faults in a file
  const first = form.querySelector("[aria-invalid=true]");
  if (homeless.length) tellAbove(form, homeless.map(({ reason }) => reason).join(" "));
  else if (first instanceof HTMLElement) first.focus();
}

/** @param {HTMLFormElement} form @param {string} key @param {string} reason @returns {boolean} */
function tellBeside(form, key, reason) {
  const named = (/** @type {string} */ name) => form.querySelector(`[data-error="${CSS.escape(name)}"]`);
  const places = key.split(".").map((_, n, parts) => parts.slice(0, parts.length - n).join("."));
  const name = places.find((one) => one && named(one)); // a fault of the third line is told of the lines
  const place = name && named(name);
  if (!name || !(place instanceof HTMLElement)) return false;
  place.textContent = reason;
  place.hidden = false;
  for (const field of fieldsOf(form).filter((one) => one.name === name)) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", [field.dataset.hint, place.id].filter(Boolean).join(" "));
  }
  return true;
}

/** @param {HTMLFormElement} form @param {string} text */
function tellAbove(form, text) {
  const place = form.querySelector("[data-fault]");
  if (!(place instanceof HTMLElement)) return;
  place.textContent = text;
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLFormElement} form */
function tellNothing(form) {
  const places = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-error], [data-fault]"));
  for (const place of places) place.hidden = true;
  for (const field of fieldsOf(form)) {
    field.removeAttribute("aria-invalid");
    if (field.dataset.hint) field.setAttribute("aria-describedby", field.dataset.hint);
    else field.removeAttribute("aria-describedby");
  }
}

/** @param {HTMLFormElement} form @param {boolean} on */
function busy(form, on) {
  form.setAttribute("aria-busy", String(on));
  for (const key of form.querySelectorAll("button:not([type=button])")) key.setAttribute("aria-disabled", String(on));
}

/** @param {HTMLFormElement} form @returns {Field[]} */
function fieldsOf(form) {
  return Array.from(/** @type {NodeListOf<Field>} */ (form.querySelectorAll("input, select, textarea")));
}

/** @param {Field} field @param {any} before  what another field of the same name said */
function valueOf(field, before) {
  const ticked = field instanceof HTMLInputElement && field.checked;
  const text = field.type === "password" ? field.value : field.value.trim();
  if (field.dataset.as === "switch") return ticked;
  if (field.dataset.as === "list") return [...(before || []), ...(ticked ? [field.value] : [])];
  if (field.dataset.as === "lines") return text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (!text && field.dataset.empty) return field.dataset.empty === "null" ? null : undefined;
  return field.dataset.as === "number" && text ? Number(text.replace(",", ".")) : text;
}
