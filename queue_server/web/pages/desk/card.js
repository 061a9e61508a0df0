/** The card: my number now, how long, against the promise. @module */

import { serverNow } from "../../static/js/clock.js";
import { counterName } from "../../static/js/counters.js";
import { byId, h, sameInside } from "../../static/js/dom.js";
import { clock, minutes, minutesOf, showNumber, stopwatch } from "../../static/js/format.js";
import { say, sayCount } from "../../static/js/texts.js";
import { breakClock } from "./break.js";
import { missingNames } from "./papers.js";
import { isMine, oversees, standing } from "./rules.js";
import { serviceName } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./types.js").DeskTicket} DeskTicket
 */

/** @type {Record<string, [string, string]>} the chip's tone and text, by what the counter does */
const STATE = {
  closed: ["chip-warn", "closed_chip"], idle: ["", "ready"], called: ["", "called_chip"],
  serving: ["chip-good", "serving_chip"], break: ["", "break_chip"],
};

/** Draws the card; once a second too, for the running time. @param {Model} model */
export function drawCard(model) {
  const { desk, site } = model;
  const state = standing(desk);
  const next = state === "idle" ? desk.upcoming[0] : null;
  const shown = desk.ticket || next;
  const shut = desk.shut && !shown && state !== "break";
  const [tone, text] = shut ? ["chip-warn", state === "idle" ? "shut_chip" : "closed_chip"] : STATE[state];
  byId("state").className = `chip now-state ${tone}`;
  byId("state").textContent = say(text);
  byId("class").textContent = shown ? whose(shown) : desk.break ? breakWords(model) : "";
  byId("class").classList.toggle("chip", Boolean(shown && whose(shown) !== say("class_regular")));
  if (shown) showNumber(byId("number"), shown.number);
  else drawTime(desk.break?.until ? clock(desk.break.until, site.timezone) : "");
  if (shown) byId("number").dataset.length = String(shown.number.length);
  byId("service").textContent = shown ? serviceName(site, shown.service) : emptyText(model, state);
  const fresh = h("div", {}, ...time(model, state));
  if (!sameInside(byId("time"), fresh)) byId("time").replaceChildren(...fresh.childNodes);
}

/** A time of day where the number stands: when the officer is back. @param {string} time  empty: none */
function drawTime(time) {
  if (byId("number").textContent !== time) byId("number").replaceChildren(time);
  byId("number").removeAttribute("data-number");
  byId("number").dataset.length = String(time.length);
}

/**
 * The class, how many came, whether somebody guides them.
 * @param {{class: string, people: number, escort: boolean}} one
 */
function whose({ class: type, people, escort }) {
  const said = [say(`class_${type}`), people > 1 ? sayCount("people", people) : "", escort ? say("escort_chip") : ""];
  return said.filter(Boolean).join(", ");
}

/** Why, and since when. @param {Model} model */
function breakWords({ desk, site }) {
  if (!desk.break) return "";
  const { reason, since } = desk.break;
  return say("break_since", { reason: say(`break_for_${reason}`), time: clock(since, site.timezone) });
}

/** @param {Model} model @param {string} state */
function emptyText(model, state) {
  const { desk, account } = model;
  if (desk.shut && state !== "break" && (state === "closed" || isMine(desk, account))) return say(`shut_${desk.shut}`);
  if (state === "closed") return closedText(model);
  if (isMine(desk, account)) return say(state === "break" ? "break_text" : "wait_for_someone");
  const who = say("opened_by", { officer: desk.officer || "" });
  return oversees(desk, account) ? `${who} ${say("opened_by_watch")}` : who;
}

/** @param {Model} model */
function closedText({ desk, account }) {
  const total = waitingTotal(desk);
  const waiting = total ? `${say("waiting_here", { people: sayCount("people", total) })}. ` : "";
  return waiting + say(account.works ? "closed_text" : "closed_watch");
}

/** Where the officer sits today, by the roster. @param {Model} model */
function roster({ site, sits }) {
  const shifts = sits.map((one) => {
    const found = site.counters.find(({ id }) => id === one.counter);
    const [from, to] = [one.from, one.to].map((time) => time.replace(":", "."));
    return say("shift_here", { counter: found ? counterName(found) : one.counter, from, to });
  });
  return [h("p", {}, say("shift_today", { shifts: shifts.join("; ") }))];
}

/** How many wait for this counter's services. @param {import("./types.js").Desk} desk */
function waitingTotal(desk) {
  return desk.waiting.reduce((sum, one) => sum + one.count, 0);
}

/** @param {Model} model @param {string} state */
function time(model, state) {
  const { desk } = model;
  if (state === "serving" && desk.ticket) return serving(model, desk.ticket);
  if (state === "called" && desk.ticket) return called(model, desk.ticket);
  if (state === "idle" && desk.upcoming.length) return ready(model);
  if (state === "closed" && model.sits.length) return roster(model);
  if (state === "break") return breakClock(model);
  return [];
}

/** @param {Model} model @param {DeskTicket} ticket */
function serving(model, ticket) {
  const spent = seconds(model.desk.since);
  return [label("running"), h("p", { class: "now-clock tabular" }, stopwatch(spent)),
    ...promise(spent, ticket.target_s), facts(model, ticket)];
}

/** @param {Model} model @param {DeskTicket} ticket */
function called(model, ticket) {
  return [label("called_for"), h("p", { class: "now-clock tabular" }, stopwatch(seconds(model.desk.since))),
    facts(model, ticket, ticket.since)];
}

/**
 * The bar fills up to the promise; past it, it stays full and the words say by how much.
 * @param {number} spent
 * @param {number|null} target
 */
function promise(spent, target) {
  if (!target) return [h("p", { class: "now-promise secondary" }, say("no_promise"))];
  const n = Math.round(target / 60);
  const over = spent > target;
  const words = over ? say("over_promised", { time: stopwatch(spent - target), n }) : say("of_promised", { n });
  return [
    h("div", { class: over ? "bar bar-over" : "bar", "--part": String(Math.min(1, spent / target)) }),
    h("p", { class: over ? "now-promise now-over" : "now-promise" }, words),
  ];
}

/**
 * @param {Model} model
 * @param {DeskTicket} ticket
 * @param {string} [called_at]  of the call that stands, which need not be the first
 */
function facts(model, ticket, called_at = ticket.called_at || ticket.since) {
  const tz = model.site.timezone;
  const until = Date.parse(ticket.called_at || ticket.since);
  const rows = [
    [say("arrived"), clock(ticket.issued_at, tz)],
    ...(ticket.called_at ? [[say("waited"), minutesOf((until - Date.parse(ticket.issued_at)) / 1000)],
      [say("called"), callsText(ticket.calls, clock(called_at, tz))]] : [[say("called"), say("called_never")]]),
    ...(ticket.missing?.length ? [[say("papers_lacked"), missingNames(ticket)]] : []),
  ];
  return list(rows);
}

/** @param {number} n @param {string} time */
function callsText(n, time) {
  return n === 1 ? say("called_times_one", { time }) : say("called_times", { n, time });
}

/** @param {Model} model */
function ready(model) {
  const next = model.desk.upcoming[0];
  const waited = next.waited_s + model.age();
  const n = minutes(waited);
  const figure = n ? [h("b", {}, n), " ", h("span", {}, sayCount("minutes", n).replace(/^\D*\d+\s*/, ""))]
    : [h("span", {}, say("under_a_minute"))];
  const rows = [
    [say("arrived"), clock(new Date(serverNow().getTime() - waited * 1000), model.site.timezone)],
    [say("order_label"), next.wish === model.counter.id ? say("wished_here") : say("order_first")],
  ];
  return [label("waited_for"), h("p", { class: "now-clock now-waited" }, ...figure),
    h("p", { class: "now-promise" }, say("waiting_here", { people: sayCount("people", waitingTotal(model.desk)) })),
    list(rows)];
}

/** @param {string} key */
function label(key) {
  return h("p", { class: "secondary now-label" }, say(key));
}

/** @param {string[][]} rows */
function list(rows) {
  return h("dl", { class: "now-facts" }, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** @param {string|null} since */
function seconds(since) {
  return since ? Math.max(0, (serverNow().getTime() - Date.parse(since)) / 1000) : 0;
}
