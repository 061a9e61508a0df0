/** Between card and keys: what was just done, shortcuts, and, while serving, outcome, note and quantity. @module */

import { byId, h, sameInside } from "../../static/js/dom.js";
import { icon } from "../../static/js/icons.js";
import { say } from "../../static/js/texts.js";
import { breakTimes } from "./break.js";
import { SHORTCUTS } from "./panels.js";
import { seemsGone, standing } from "./rules.js";
import { outcomeName } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 * @typedef {import("./types.js").Message} Message
 */

const MOST = 999;
const MOST_ADDED = 19;
const ICONS = { good: "circle-check", info: "info", warn: "circle-alert", bad: "circle-alert" };

/** What the officer chose for the visitor being served; forgotten with the visitor, and when another service begins. */
export class Result {
  /** @param {Model} model @param {Act} act */
  constructor(model, act) {
    this.model = model;
    this.act = act;
    /** @type {string|null} whose visit, for which service */
    this.visit = null;
    this.quantity = 1;
    /** @type {string|null} */
    this.outcome = null;
    /** @type {{outcome?: string, quantity: number}[]} transactions of this visit, before the one that is chosen now */
    this.added = [];
    byId("add").addEventListener("click", () => this.add());
    byId("less").addEventListener("click", () => this.count(-1));
    byId("more").addEventListener("click", () => this.count(1));
    byId("papers").addEventListener("click", () => act.papers());
  }

  get note() {
    return /** @type {HTMLInputElement} */ (byId("note"));
  }

  /** The outcomes of the present ticket's service. */
  outcomes() {
    const service = this.service();
    return service ? service.outcomes : [];
  }

  /** What is served now. */
  service() {
    const { desk, site } = this.model;
    return site.services.find((one) => one.id === desk.ticket?.service);
  }

  forget() {
    this.added = [];
    this.note.value = "";
    this.again();
  }

  /** Nothing chosen but what is usual. */
  again() {
    this.quantity = 1;
    this.outcome = this.outcomes()[0] || null;
    byId("quantity").textContent = "1";
  }

  /** @param {number} step */
  count(step) {
    if (standing(this.model.desk) !== "serving") return;
    this.quantity = Math.min(MOST, Math.max(1, this.quantity + step));
    byId("quantity").textContent = String(this.quantity);
  }

  /** @param {number} digit  1…9 */
  choose(digit) {
    const code = this.outcomes()[digit - 1];
    if (standing(this.model.desk) !== "serving" || !this.model.mine()) return;
    if (!code) return this.act.notNow("finish");
    this.outcome = code;
    this.draw();
  }

  /** One more transaction of the same visit: what is chosen now stays, and another is chosen. */
  add() {
    if (standing(this.model.desk) !== "serving" || !this.model.mine() || this.added.length >= MOST_ADDED) return;
    this.added.push(this.chosen());
    this.again();
    this.draw();
  }

  /** @param {number} n  of those that were added: it was wrong */
  drop(n) {
    this.added.splice(n, 1);
    this.draw();
  }

  chosen() {
    return { ...(this.outcome ? { outcome: this.outcome } : {}), quantity: this.quantity };
  }

  /** What finish sends. */
  body() {
    if (this.added.length) return { transactions: [...this.added, this.chosen()], ...this.noted() };
    return { ...(this.outcome ? { outcome: this.outcome } : {}), ...this.remarks() };
  }

  /** What was written beside the outcome. */
  remarks() {
    return {
      ...(this.quantity > 1 ? { quantity: this.quantity } : {}),
      ...(this.note.value.trim() ? { note: this.note.value.trim() } : {}),
    };
  }

  /** The note alone, for whoever goes on with the visitor. */
  noted() {
    const note = this.note.value.trim();
    return note ? { note } : {};
  }

  /** A new visit begins with nothing chosen. */
  begin() {
    const { desk } = this.model;
    const visit = desk.ticket ? `${desk.ticket.id}/${desk.ticket.service}` : null;
    if (visit !== this.visit) {
      this.visit = visit;
      this.forget();
    }
  }

  draw() {
    const codes = this.outcomes(), service = this.service();
    byId("outcome-label").hidden = !codes.length;
    byId("papers").hidden = !service?.papers.length;
    const rows = h("div", {}, ...this.added.map(({ outcome, quantity }, n) => {
      const text = `${outcomeName(outcome || null, service)} × ${quantity}`;
      return h("button", { class: "chip done-one", type: "button", onclick: () => this.drop(n),
        "aria-label": say("transaction_drop", { transaction: text }) }, text, " ×");
    }));
    if (!sameInside(byId("done"), rows)) byId("done").replaceChildren(...rows.childNodes);
    const fresh = h("div", {}, ...codes.map((code, n) => h("button", {
      class: "button outcome", type: "button", role: "radio", "aria-checked": String(code === this.outcome),
      onclick: () => this.choose(n + 1),
    }, n < 9 ? h("span", { class: "keycap" }, n + 1) : null, outcomeName(code, service))));
    if (!sameInside(byId("outcomes"), fresh)) byId("outcomes").replaceChildren(...fresh.childNodes);
  }
}

/** @param {Model} model @param {Act} act @param {Result} result */
export function drawBelow(model, act, result) {
  const serving = standing(model.desk) === "serving" && model.mine();
  byId("result").hidden = !serving;
  byId("shortcuts").hidden = serving;
  result.begin();
  if (serving) result.draw();
  drawStrip(model, serving && result.outcomes().length > 0);
  const fresh = h("div", {}, ...(serving ? [] : shortcuts(model, act)));
  if (!sameInside(byId("shortcuts"), fresh)) byId("shortcuts").replaceChildren(...fresh.childNodes);
}

/**
 * While the form stands there, only what went wrong is worth covering the card.
 * @param {Model} model
 * @param {boolean} full
 */
function drawStrip(model, full) {
  const strip = byId("strip");
  const told = model.message;
  const message = (told && told.tone !== "good" && told) || hint(model) || told;
  strip.hidden = !message || (full && message.tone === "good");
  if (!message) return;
  strip.className = `strip strip-${message.tone}${full ? " strip-over" : ""}`;
  const fresh = h("div", {}, icon(ICONS[message.tone]), h("p", { class: "strip-text" }, ...bold(message)),
    message.aside ? h("span", { class: "strip-aside" }, message.aside) : null,
    message.link ? h("a", { class: "button strip-link", href: message.link.href }, message.link.text) : null);
  if (!sameInside(strip, fresh)) strip.replaceChildren(...fresh.childNodes);
}

/** @param {Message} message */
function bold({ text, strong }) {
  const at = strong ? text.indexOf(strong) : -1;
  if (!strong || at < 0) return [text];
  return [text.slice(0, at), h("b", {}, strong), text.slice(at + strong.length)];
}

/** Called often enough: suggest a no-show. @param {Model} model @returns {Message|null} */
function hint({ desk, site }) {
  if (!desk.ticket || !seemsGone(desk, site.missed_call.recalls)) return null;
  return { tone: "warn", text: say("suggest_no_show", { n: desk.ticket.calls }) };
}

/** @param {Model} model @param {Act} act */
function shortcuts(model, act) {
  if (model.desk.break && model.can("break")) return breakTimes(model, act);
  const out = SHORTCUTS.filter(([verb]) => model.can(verb))
    .map(([verb, picture, text, letter]) => shortcut(picture, say(text), letter, () => act.press(verb)));
  const held = model.desk.held[0];
  if (held && model.can("call")) {
    out.push(shortcut("undo-2", say("call_held", { number: held.number }), "K", () => act.callHeld()));
  }
  return out;
}

/** @param {string} name @param {string} text @param {string} letter @param {() => void} press */
function shortcut(name, text, letter, press) {
  return h("button", { class: "button shortcut", type: "button", onclick: press },
    letter ? h("span", { class: "keycap" }, letter) : null,
    name && !letter ? icon(name) : null, text);
}
