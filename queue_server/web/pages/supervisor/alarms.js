/** What needs somebody to act. Rows stay where they are while only their minutes change. @module */

import { byId, h } from "../../static/js/dom.js";
import { icon } from "../../static/js/icons.js";
import { lang, say } from "../../static/js/texts.js";
import { alarmWords, isDue } from "./words.js";

const ICON = { over_target: "clock", stuck_call: "clock", nobody_open: "users", unstaffed: "users", device: "unplug",
  break_over: "coffee", left_open: "clock", idle: "circle-alert", quota: "ticket" };

/**
 * @typedef {import("./types.js").Alarm} Alarm
 * @typedef {{row: HTMLElement, title: HTMLElement, detail: HTMLElement}} Row
 */

export class Alarms {
  /** @param {import("./types.js").Site} site */
  constructor(site) {
    this.site = site;
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    this.list = byId("alarms");
  }

  /** @param {import("./types.js").Hall} hall @param {Date} now */
  draw(hall, now) {
    const due = new Map(hall.alarms.filter((one) => isDue(one, now)).map((one) => [one.id, one]));
    if ([...due.keys()].join() !== [...this.rows.keys()].join()) this.arrange(due);
    for (const [key, { title, detail }] of this.rows) {
      const words = alarmWords(/** @type {Alarm} */ (due.get(key)), hall, this.site, now);
      write(title, words.title);
      write(detail, words.detail);
    }
    write(byId("alarm-count"), due.size ? String(due.size) : "");
    byId("no-alarms").hidden = due.size > 0;
  }

  /**
   * Rows come, go or change places; whoever stands on one with the keyboard stays on it.
   * @param {Map<string, Alarm>} due
   */
  arrange(due) {
    const focused = document.activeElement;
    this.rows = new Map([...due].map(([key, alarm]) => [key, this.rows.get(key) || this.rowOf(alarm)]));
    this.list.replaceChildren(...[...this.rows.values()].map(({ row }) => row));
    if (focused instanceof HTMLElement && this.list.contains(focused)) focused.focus();
  }

  /** @param {Alarm} alarm @returns {Row} */
  rowOf({ kind, counter }) {
    const [title, detail] = [h("b", { class: "alarm-title" }), h("span", { class: "secondary small" })];
    const href = `/${this.site.id}/counters/${counter}?lang=${lang()}`;
    const row = h("li", { class: "alarm", "data-kind": kind, "data-counter": counter }, icon(ICON[kind]),
      h("span", { class: "alarm-words" }, title, detail),
      counter && kind !== "device" ? h("a", { class: "button", href }, say("look")) : null);
    return { row, title, detail };
  }
}

/** A text that stays the same is not written again. @param {Element} element @param {string} text */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
