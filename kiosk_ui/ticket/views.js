/** What the phone shows in each state of the ticket. @module */

import { counterName, isNumbered, wordOf } from "../../static/js/counters.js";
import { clock, minutesRange, showNumber } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { lang, say, sayCount, sayWords } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { lengthOf, numberEms } from "../fit.js";

/**
 * @typedef {import("../ticket.js").Phone} Phone
 * @typedef {import("../../static/js/documents.js").SiteCounter} Counter
 * @typedef {import("../../static/js/dom.js").Child} Child
 */

const FEW_COUNTERS = 4;
const ORDER = /** @type {const} */ (["priority", "booked", "regular"]); // as the published rule names the classes: slip.py says it likewise

/** @type {Record<string, (phone: Phone) => Child[]>} */
export const VIEWS = {
  waiting: (phone) => [top(phone, place(phone)), below(phone)],
  called: (phone) => turn(phone),
  serving: (phone) => [top(phone), state(phone, "serving", counterLine(phone, "serving_at"))],
  held: (phone) => [top(phone), h("section", { class: "state" }, h("h2", {}, say("held")), h("p", {}, say("held_text"))), below(phone)],
  no_show: (phone) => [top(phone), state(phone, "no_show", tooLate(phone))],
  completed: (phone) => [top(phone), state(phone, "completed", say("completed_text"))],
  cancelled: (phone) => [top(phone), state(phone, "cancelled", say("cancelled_text"))],
  expired: (phone) => [top(phone), state(phone, "expired", say("expired_text"))],
  unknown: (phone) => [top(phone), h("section", { class: "state state-unknown" }, h("h2", {}, say("unknown")), h("p", {}, say("unknown_text")))],
};

/** @param {Phone} phone @param {...Child} more */
function top(phone, ...more) {
  const name = phone.service ? sayWords(phone.service.name) : "";
  const priority = phone.ticket.class === "priority" ? [" · ", h("b", {}, say("class_priority"))] : null;
  return h("section", { class: "own" },
    h("h1", { class: "own-label" }, say("your_number_for", { service: name }), priority), number(phone), ...more);
}

/** @param {Phone} phone */
function number({ ticket }) {
  const element = h("p", { class: "number own-number", "--ems": String(numberEms(ticket.number)) });
  showNumber(element, ticket.number);
  return element;
}

/** How many ahead, how long. @param {Phone} phone */
function place(phone) {
  const { ahead, estimate, counters } = phone.place;
  if (ahead === null) return null;
  const first = ahead === 0;
  const nobody = counters === 0; // who is told to get ready must have somebody who can call
  return h("div", { class: "place" },
    nobody ? h("p", { class: "place-nobody" }, h("b", {}, say("no_counter_open")), " ", say("no_counter_text")) : null,
    row(first ? say(nobody ? "number_one" : "you_are_next") : sayCount("people", ahead), say(first ? (nobody ? "first_in_line" : "nobody_ahead") : "ahead_of_you")),
    estimate ? row(say("minutes_range", { range: minutesRange(estimate) }), clocks(phone, estimate)) : null);
}

/** @param {string} value @param {string} label */
function row(value, label) {
  return h("p", { class: "place-row" }, h("b", {}, value), " ", h("span", {}, label));
}

/** The estimate by the clock, from the same rounded minutes that stand beside it. @param {Phone} phone @param {import("../../static/js/documents.js").Estimate} estimate */
function clocks({ now, site }, estimate) {
  const bounds = minutesRange(estimate).split("–").map(Number);
  return bounds.map((minutes) => clock(new Date(now().getTime() + minutes * 60000), site.timezone)).join("–");
}

/** @param {Phone} phone */
function below(phone) {
  return h("section", { class: "below" }, where(phone), papers(phone),
    h("p", { class: "missed" }, h("b", {}, say("missed")), " ",
      say("missed_rule", { n: phone.site.missed_call.return_within_minutes })),
    h("p", { class: "order" }, h("b", {}, say("order")), " ", orderRule(phone)),
    bellKey(phone),
    h("p", { class: "end" }, freshness(phone),
      h("button", { class: "cancel", type: "button", onclick: () => phone.askCancel() }, say("cancel_number"))));
}

/** The counters that may call, in their tiles. @param {Phone} phone */
function where({ counters, service, site }) {
  const zone = service && service.zone && site.wall.zones.length > 1 ? h("span", { class: "zone" }, say("zone_n", { zone: service.zone })) : null;
  const few = counters.length <= FEW_COUNTERS ? counters : [];
  if (!few.length && !zone) return null;
  const numbered = few.every(isNumbered); // else the word "loket" would stand before a "Ruang Wawancara"
  return h("p", { class: "where" }, few.length ? h("b", {}, say(numbered ? "to_counter" : "to_place")) : null, few.map((counter, n) => {
    const tile = h("span", { class: "tile" }, numbered ? counter.tile : counterName(counter));
    if (!n || n < few.length - 1) return tile;
    return h("span", { class: "last-place" }, say("or"), tile); // no line ends in "atau"
  }), zone);
}

/** @param {Phone} phone */
function papers({ service }) {
  const all = (service && service.requirements) || {};
  const list = all[lang()] || all.id || [];
  return h("div", { class: "papers" }, h("h2", {}, say("prepare")),
    list.length ? h("ul", {}, list.map((paper) => h("li", {}, paper))) : h("p", {}, say("ask_officer")));
}

/** The published order of calls, in the words of the slip. @param {Phone} phone */
function orderRule({ site, service }) {
  const weights = site.order;
  const called = ORDER.filter((one) => service && service.classes.includes(one) && weights[one]);
  if (called.length < 2) return say("order_only");
  const shares = called.map((one) => say(`order_${one}`, { n: weights[one] || 0 }));
  const last = shares.pop();
  const total = called.reduce((sum, one) => sum + (weights[one] || 0), 0);
  return say("order_rule", { total, shares: say("order_and", { first: shares.join(", "), last: String(last) }) });
}

/** @param {Phone} phone */
function bellKey(phone) {
  if (phone.bellReady) {
    return h("div", { class: "bell" }, h("p", { class: "bell-ready" }, icon("circle-check"), say("notify_on")),
      h("p", { class: "secondary" }, say("notify_keep_open")));
  }
  return h("button", { class: "button button-main wide", type: "button", onclick: () => phone.readyBell() },
    icon("bell"), say("notify_me"));
}

/** Whether what stands here is live. @param {Phone} phone */
function freshness({ offlineSince, now, site }) {
  return offlineSince
    ? h("span", { class: "fresh is-old" }, icon("wifi-off"), say("not_updated_since", { clock: clock(offlineSince, site.timezone) }))
    : h("span", { class: "fresh" }, icon("circle-check"), say("updated_at", { clock: clock(now(), site.timezone) }));
}

/** Your turn. Yellow means now. @param {Phone} phone */
function turn(phone) {
  const { ticket, counter, site } = phone;
  const tz = site.timezone;
  return [h("section", { class: "turn" },
    h("h1", { class: "turn-title" }, say("your_turn")), number(phone),
    h("div", { class: "turn-tile" },
      h("p", { class: "turn-word" }, h("b", {}, counter ? wordOf(counter) : say("counter")),
        counter && site.wall.zones.length > 1 ? h("span", {}, say("zone_n", { zone: counter.zone })) : null),
      turnCounter(counter ? counter.tile : ticket.counter || "")),
    h("p", { class: "turn-text" }, counterLine(phone, "go_now"),
      ` ${say("called_at", { clock: clock(ticket.since, tz) })}`),
    h("button", { class: "button turn-again wide", type: "button", onclick: () => phone.ringAgain() }, icon("volume-2"), say("sound_again")),
    h("p", { class: "turn-missed" }, say("missed"), " ", say("missed_rule", { n: site.missed_call.return_within_minutes })),
    phone.offlineSince ? h("p", { class: "turn-old" }, freshness(phone)) : null)];
}

/** The counter, as large as its longest word allows; more words stand below one another. @param {string} place */
function turnCounter(place) {
  const ems = Math.max(...place.split(/\s+/).map(numberEms));
  return h("p", { class: /\s/.test(place) ? `turn-counter is-words${lengthOf(place)}` : "turn-counter", "--ems": String(ems) }, place);
}

/** @param {Phone} phone @param {string} name  of the state @param {string} line */
function state(phone, name, line) {
  return h("section", { class: `state state-${name}` }, h("h2", {}, say(name)), h("p", {}, line), h("p", { class: "end" }, freshness(phone)));
}

/** A sentence with the counter's name in it. @param {Phone} phone @param {string} key */
function counterLine({ counter, ticket }, key) {
  return say(key, { counter: counter ? counterName(counter) : say("counter_n", { counter: ticket.counter || "" }) });
}

/** A missed call: until when it can be made good. @param {Phone} phone */
function tooLate(phone) {
  const { ticket, site, now } = phone;
  if (!ticket.return_until) return say("no_show_text", { n: site.missed_call.return_within_minutes });
  if (now() > new Date(ticket.return_until)) return say("no_show_over");
  return say("no_show_before", { counter: phone.lastCounter, clock: clock(ticket.return_until, site.timezone) });
}
