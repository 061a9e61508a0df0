/**
 * The one panel: a form over the page. Escape closes it; digits choose; nothing in it reaches the keys behind.
 * @module
 */

import { byId, h } from "./dom.js";
import { say } from "./texts.js";

/**
 * @typedef {import("./dom.js").Child} Child
 * @typedef {{title: string, lead?: string, body: Child[], wide?: boolean, submit?: {label: string, run: (data:
 *   FormData) => Promise<string|null>}, more?: Child[], back?: string}} Sheet
 *   without a label its own keys submit it
 *   back: what leaving it means, where "close" would be misread; run: carries it out; a text says what is missing or
 * went wrong and keeps the panel open
 */

const DOUBLE_CLICK_MS = 500;

/** @returns {HTMLDialogElement} */
function dialog() {
  return /** @type {HTMLDialogElement} */ (byId("panel"));
}

export function panelIsOpen() {
  return dialog().open;
}

export function closePanel() {
  if (dialog().open) dialog().close();
}

/** @param {Sheet} sheet */
export function openPanel({ title, lead, body, wide, submit, more, back }) {
  const fault = h("p", { class: "notice notice-bad panel-fault", role: "alert", hidden: true });
  const form = /** @type {HTMLFormElement} */ (h("form", { class: "panel-form", method: "dialog", novalidate: true },
    h("header", { class: "panel-head" },
      h("h2", { class: "panel-title", id: "panel-title" }, title),
      h("button", { class: "button panel-close", type: "button", onclick: closePanel },
        h("span", { class: "keycap" }, "Esc"), back || say("close"))),
    lead ? h("p", { class: "panel-lead secondary" }, lead) : null,
    h("div", { class: "panel-body" }, ...body),
    fault,
    h("footer", { class: "panel-foot" }, ...(more || []),
      submit && submit.label ? h("button", { class: "button button-main panel-submit" },
        h("span", { class: "keycap" }, "Enter"), submit.label) : null)));
  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!submit || sending) return;
    sending = true;
    const trouble = await submit.run(new FormData(form));
    sending = false;
    fault.hidden = !trouble;
    fault.textContent = trouble || "";
    form.classList.toggle("has-fault", Boolean(trouble));
    if (!trouble) return;
    // the list has become shorter
    form.querySelector(".panel-body input:checked")?.scrollIntoView({ block: "nearest" });
    focusUnanswered(form);
  });
  form.addEventListener("keydown", chooseByDigit);
  dialog().className = wide ? "panel panel-wide" : "panel";
  dialog().replaceChildren(form);
  dialog().onclose = keepSecondClick;
  if (!dialog().open) dialog().showModal();
  const inside = /** @type {HTMLElement} */ (form.querySelector(".panel-body"));
  if (inside.scrollHeight > inside.clientHeight) inside.tabIndex = 0; // a keyboard reads on, too
  focusFirst(form);
}

/** The second half of a double click is not meant for the key that comes to light where the panel was. */
function keepSecondClick() {
  /** @param {MouseEvent} event */
  const keep = (event) => {
    if (event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", keep, true);
  setTimeout(() => document.removeEventListener("click", keep, true), DOUBLE_CLICK_MS);
}

/** The focus starts where the first choice is made. @param {HTMLFormElement} form */
function focusFirst(form) {
  const wanted = ["[autofocus]", ".panel-body input:checked", ".panel-body input[type=radio]:enabled",
    ".panel-body input", ".panel-body button", ".panel-submit", ".panel-foot button"];
  const first = wanted.map((one) => form.querySelector(one)).find(Boolean);
  if (first instanceof HTMLElement) first.focus();
}

/**
 * To a group of choices of which none is taken, and nothing typed instead: there the digits work.
 * @param {HTMLFormElement} form
 */
function focusUnanswered(form) {
  const groups = [...form.querySelectorAll("fieldset.choices")].filter(
    (one) => !one.querySelector("input:checked") && !typedBeside(one));
  const first = groups.map((one) => one.querySelector("input:enabled")).find(Boolean);
  if (first instanceof HTMLElement) first.focus();
}

/** @param {Element} group */
function typedBeside(group) {
  const beside = group.parentElement?.querySelector(":scope > .panel-field input") || null;
  const own = /** @type {HTMLInputElement|null} */ (beside);
  return Boolean(own && own.value.trim());
}

/** @param {KeyboardEvent} event */
function chooseByDigit(event) {
  const target = /** @type {HTMLInputElement} */ (event.target);
  if (event.repeat && event.key === "Enter") event.preventDefault();
  const typing = target.tagName === "INPUT" && !["radio", "checkbox"].includes(target.type);
  if (typing || target.tagName === "SELECT" || !/^[1-9a-z]$/i.test(event.key)) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const choices = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("[data-digit]")];
  const chosen = choices.find(
    (one) => one.getAttribute("data-digit") === key && !(/** @type {HTMLElement} */ (one.closest("[hidden]"))));
  if (!(chosen instanceof HTMLElement)) return;
  event.preventDefault();
  chosen.click();
  chosen.focus();
}

/**
 * A group of choices, one of which is taken: by digit, arrow keys or touch.
 * @param {{name: string, label: string, choices: {value: string, text: Child|Child[], aside?: string, off?: boolean}[],
 *   chosen?: string|null, compact?: boolean, digits?: boolean}} group  digits: false where another group has them
 */
export function choices({ name, label, choices: all, chosen, compact, digits = true }) {
  const digit = (/** @type {number} */ n) => (digits && n < 9 ? n + 1 : null);
  return h("fieldset", { class: compact ? "choices choices-row" : "choices" },
    h("legend", { class: "choices-label" }, label),
    ...all.map((one, n) => h("label", { class: "choice" },
      h("input", { type: "radio", name, value: one.value, checked: one.value === chosen, disabled: one.off,
        "data-digit": digit(n) }),
      digit(n) ? h("span", { class: "keycap" }, digit(n)) : null,
      h("span", { class: "choice-text" }, ...[one.text].flat()),
      one.aside ? h("span", { class: "choice-aside secondary" }, one.aside) : null)));
}

/**
 * A line to type into.
 * @param {{name: string, label: string, value?: string, hint?: string, focus?: boolean, size?: number}} line
 */
export function field({ name, label, value = "", hint = "", focus = false, size = 500 }) {
  return h("label", { class: "panel-field" }, h("span", { class: "choices-label" }, label),
    h("input", { class: "field", name, value, placeholder: hint, autofocus: focus, maxlength: size,
      autocomplete: "off" }));
}
