/**
 * The counters as tiles: who is where, since when, against what was promised. Each leads to the counter's own page.
 * @module
 */

import { h } from "../../static/js/dom.js";
import { counterName, isNumbered } from "../../static/js/counters.js";
import { clock, minutesOf, showNumber, stopwatch } from "../../static/js/format.js";
import { lang, say } from "../../static/js/texts.js";
import { write } from "./alarms.js";
import { interruptionOf } from "../../static/js/interruptions.js";
import { isDue, secondsSince } from "./words.js";

/**
 * @typedef {import("./types.js").Site} Site
 * @typedef {import("./types.js").Hall} Hall
 * @typedef {import("./types.js").HallCounter} HallCounter
 * @typedef {{link: HTMLElement, what: HTMLElement, line: HTMLElement, bar: HTMLElement, officer: HTMLElement}} Post
 */

export class Counters {
  /** @param {Site} site @param {HTMLElement} list */
  constructor(site, list) {
    this.site = site;
    this.posts = new Map(site.counters.map((one) => [one.id, post(site, one)]));
    list.replaceChildren(...[...this.posts.values()].map(({ link }) => h("li", {}, link)));
  }

  /** @param {Hall} hall @param {Date} now */
  draw(hall, now) {
    const idle = new Map(hall.alarms.filter((one) => one.kind === "idle" && isDue(one, now))
      .map((one) => [one.counter, one.since]));
    for (const counter of hall.counters) {
      const found = this.posts.get(counter.id);
      const trouble = interruptionOf(hall, counter.interruption);
      if (found) show(found, counter, now, idle.get(counter.id) || null, this.site.timezone, trouble);
    }
  }
}

/** @param {Site} site @param {Site["counters"][0]} counter @returns {Post} */
function post(site, counter) {
  const agency = site.agencies.find((one) => one.id === counter.agency);
  const [what, line, bar, officer] =
    ["post-what", "post-line", "post-bar", "post-officer"].map((name) => h("span", { class: name }));
  const link = h("a", { class: "post", "data-counter": counter.id,
    href: `/${site.id}/counters/${counter.id}?lang=${lang()}`,
    title: `${counterName(counter)}, ${agency ? agency.name : ""}` },
    h("span", { class: isNumbered(counter) ? "post-head" : "post-head is-named" },
      h("span", { class: isNumbered(counter) ? "tile" : "post-name" }, counter.tile),
      h("span", { class: "post-agency" }, agency ? agency.short_name : "")),
    what, line, bar, officer);
  return { link, what, line, bar, officer };
}

/**
 * @param {Post} post
 * @param {HallCounter} counter
 * @param {Date} now
 * @param {string|null} idle  since when, though people wait
 * @param {string} tz
 * @param {import("../../static/js/interruptions.js").Interruption} [trouble]  because of which it cannot work
 */
function show({ link, what, line, bar, officer }, counter, now, idle, tz, trouble) {
  const { state, number, since, target_s: target } = counter;
  const seconds = since ? secondsSince(since, now) : 0;
  link.classList.toggle("is-troubled", Boolean(trouble));
  link.dataset.state = state === "serving" && target && seconds >= target ? "over" : idle ? "lacking" : state;
  if (number) showNumber(what, number);
  else if (what.dataset.number || what.textContent !== say(`post_${state}`)) {
    what.removeAttribute("data-number");
    what.textContent = say(`post_${state}`);
  }
  what.classList.toggle("number", Boolean(number));
  write(line, trouble && !number ? say("interruption_counter", { time: clock(trouble.since, tz) })
    : lineOf(counter, seconds, idle, tz));
  bar.hidden = !(state === "serving" && target);
  if (target) bar.style.setProperty("--part", String(Math.min(1, seconds / target)));
  write(officer, counter.officer || counter.left?.by || "");
}

/** @param {HallCounter} counter @param {number} seconds @param {string|null} idle @param {string} tz */
function lineOf({ state, target_s: target, waiting, until, left }, seconds, idle, tz) {
  const time = stopwatch(seconds);
  // "Dipanggil 09.52" would be read as a time of day
  if (state === "called") {
    return seconds < 60 ? say("post_called_now") : say("post_called_for", { time: minutesOf(seconds) });
  }
  if (state === "serving") return target ? say("post_of", { time, target: Math.round(target / 60) }) : time;
  if (state === "break") return until ? say("post_until", { time: clock(until, tz) }) : "";
  if (left) return say("post_left", { time: clock(left.at, tz), n: left.waiting, reason: left.reason || "" });
  if (idle) return say("post_since", { time: clock(idle, tz) });
  return state === "idle" ? say(waiting ? "post_waiting" : "post_nobody", { n: waiting }) : "";
}
