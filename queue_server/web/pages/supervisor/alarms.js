/**
 * What needs somebody to act. Rows stay where they are while only their minutes change; where there are more than six,
 * those of one kind stand in one row.
 * @module
 */

import { byId, h } from "../../static/js/dom.js";
import { clock } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { lang, say } from "../../static/js/texts.js";
import { alarmWords, groupWords, isDue } from "./words.js";

const ICON = {
  help: "circle-alert", over_target: "clock", stuck_call: "clock", nobody_open: "users", unstaffed: "users",
  device: "unplug", break_over: "coffee", left_open: "clock", wait_over: "clock", idle: "circle-alert",
  out_of_order: "circle-alert", quota: "ticket",
};
const AT_MOST = 6; // rows, unless more are asked for

/**
 * @typedef {import("./types.js").Alarm} Alarm
 * @typedef {[string, Alarm[]]} Entry  its key, and what it tells of: several of one kind, or one
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
    const entries = grouped(due, this.all);
    const shown = new Map(this.all ? entries : entries.slice(0, AT_MOST));
    if ([...shown.keys()].join() !== [...this.rows.keys()].join()) this.arrange(shown);
    for (const [key, row] of this.rows) this.tell(row, shown.get(key) || [], hall, now);
    write(byId("alarm-count"), loud ? String(loud) : "");
    byId("no-alarms").hidden = due.length > 0;
    byId("more-alarms").hidden = due.length <= AT_MOST;
    const many = [...shown.values()].some((alarms) => alarms.length > 1);
    const more = many ? say("alarms_each", { n: due.length }) : say("alarms_more", { n: due.length - AT_MOST });
    write(byId("more-alarms"), this.all ? say("alarms_fewer") : more);
  }

  /** @param {Row} row @param {Alarm[]} alarms @param {import("./types.js").Hall} hall @param {Date} now */
  tell({ row, title, detail, taken, key }, alarms, hall, now) {
    const [alarm] = alarms;
    const words = alarms.length > 1 ? groupWords(alarms, this.site) : alarmWords(alarm, hall, this.site, now);
    const quiet = alarm.acknowledged;
    write(title, words.title);
    write(detail, words.detail);
    const who = quiet && { name: quiet.by || "", time: clock(quiet.at, this.site.timezone) };
    write(taken, who && alarms.length === 1 ? say("taken_by", who) : "");
    row.classList.toggle("is-taken", Boolean(quiet));
    if (key) key.hidden = Boolean(quiet);
  }

  /**
   * Rows come, go or change places; whoever stands on one with the keyboard stays on it.
   * @param {Map<string, Alarm[]>} due
   */
  arrange(due) {
    const focused = document.activeElement;
    this.rows = new Map([...due].map(([key, alarms]) => [key, this.rows.get(key) || this.rowOf(alarms)]));
    this.list.replaceChildren(...[...this.rows.values()].map(({ row }) => row));
    if (focused instanceof HTMLElement && this.list.contains(focused)) focused.focus();
  }

  /** @param {Alarm[]} alarms @returns {Row} */
  rowOf(alarms) {
    const { take } = this;
    const [{ kind, counter }] = alarms;
    const many = alarms.length > 1;
    const title = h("b", { class: "alarm-title" });
    const detail = h("span", { class: "secondary small" });
    const taken = h("span", { class: "alarm-taken small" });
    const key = take && h("button", { class: "button", type: "button",
      onclick: () => alarms.forEach(({ id }) => take(id)) }, say(many ? "take_all" : "take_alarm"));
    const row = h("li", { class: "alarm", "data-kind": kind, "data-counter": many ? null : counter }, icon(ICON[kind]),
      h("span", { class: "alarm-words" }, title, detail, taken),
      h("span", { class: "alarm-keys" }, many ? null : this.lookAt(alarms[0]), key));
    return { row, title, detail, taken, key };
  }

  /** Where one looks at it: the counter's own page, or the reasons of the day. @param {Alarm} alarm */
  lookAt({ kind, counter }) {
    if (!counter || kind === "device") return null;
    const page = kind === "out_of_order" ? "report" : `counters/${counter}`;
    const part = kind === "out_of_order" ? "#reasons" : "";
    return h("a", { class: "button", href: `/${this.site.id}/${page}?lang=${lang()}${part}` }, say("look"));
  }
}

/**
 * The alarms as rows: each by itself, or, where there are more than six, those of one kind that nobody sees to in one.
 * @param {Alarm[]} due @param {boolean} all @returns {Entry[]}
 */
function grouped(due, all) {
  if (all || due.length <= AT_MOST) return due.map((one) => [one.id, [one]]);
  /** @type {Map<string, Alarm[]>} */
  const kinds = new Map();
  for (const one of due) {
    const key = one.acknowledged ? one.id : one.kind;
    kinds.set(key, [...(kinds.get(key) || []), one]);
  }
  return [...kinds.values()].map((alarms) => [alarms.map(({ id }) => id).join(" "), alarms]);
}

/** A text that stays the same is not written again. @param {Element} element @param {string} text */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
