/** What needs somebody to act. Rows stay where they are while only their minutes change. @module */

import { byId, h } from "../../static/js/dom.js";
import { clock } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { lang, say } from "../../static/js/texts.js";
import { alarmWords, isDue } from "./words.js";

const ICON = { help: "circle-alert", over_target: "clock", stuck_call: "clock", nobody_open: "users",
  unstaffed: "users", device: "unplug",
  break_over: "coffee", left_open: "clock", idle: "circle-alert", quota: "ticket" };
const AT_MOST = 6; // rows, unless more are asked for

/**
 * @typedef {import("./types.js").Alarm} Alarm
 * @typedef {{row: HTMLElement, title: HTMLElement, detail: HTMLElement, taken: HTMLElement, key: HTMLElement|null}} Row
 */

export class Alarms {
  /** @param {import("./types.js").Site} site @param {((id: string) => void)|null} take  null: whoever only looks */
  constructor(site, take) {
    this.site = site;
    this.take = take;
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    this.list = byId("alarms");
    this.all = false; // more than six are shown
    byId("more-alarms").addEventListener("click", () => {
      this.all = !this.all;
      if (this.last) this.draw(...this.last);
    });
  }

  /** @param {import("./types.js").Hall} hall @param {Date} now */
  draw(hall, now) {
    /** @type {[import("./types.js").Hall, Date]} */
    this.last = [hall, now];
    const due = hall.alarms.filter((one) => isDue(one, now));
    const loud = due.filter((one) => !one.acknowledged).length;
    const shown = new Map((this.all ? due : due.slice(0, AT_MOST)).map((one) => [one.id, one]));
    if ([...shown.keys()].join() !== [...this.rows.keys()].join()) this.arrange(shown);
    for (const [key, row] of this.rows) this.tell(row, /** @type {Alarm} */ (shown.get(key)), hall, now);
    write(byId("alarm-count"), loud ? String(loud) : "");
    byId("no-alarms").hidden = due.length > 0;
    byId("more-alarms").hidden = due.length <= AT_MOST;
    write(byId("more-alarms"), this.all ? say("alarms_fewer") : say("alarms_more", { n: due.length - AT_MOST }));
  }

  /** @param {Row} row @param {Alarm} alarm @param {import("./types.js").Hall} hall @param {Date} now */
  tell({ row, title, detail, taken, key }, alarm, hall, now) {
    const words = alarmWords(alarm, hall, this.site, now);
    const quiet = alarm.acknowledged;
    write(title, words.title);
    write(detail, words.detail);
    write(taken, quiet ? say("taken_by", { name: quiet.by || "", time: clock(quiet.at, this.site.timezone) }) : "");
    row.classList.toggle("is-taken", Boolean(quiet));
    if (key) key.hidden = Boolean(quiet);
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
  rowOf({ id, kind, counter }) {
    const { take } = this;
    const title = h("b", { class: "alarm-title" });
    const detail = h("span", { class: "secondary small" });
    const taken = h("span", { class: "alarm-taken small" });
    const href = `/${this.site.id}/counters/${counter}?lang=${lang()}`;
    const key = take && h("button", { class: "button", type: "button", onclick: () => take(id) }, say("take_alarm"));
    const row = h("li", { class: "alarm", "data-kind": kind, "data-counter": counter }, icon(ICON[kind]),
      h("span", { class: "alarm-words" }, title, detail, taken),
      h("span", { class: "alarm-keys" }, counter && kind !== "device" ? h("a", { class: "button", href }, say("look"))
        : null, key));
    return { row, title, detail, taken, key };
  }
}

/** A text that stays the same is not written again. @param {Element} element @param {string} text */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
