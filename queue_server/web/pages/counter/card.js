/** The card: my number now, how long, against the promise. @module */

import { serverNow } from "../../static/js/clock.js";
import { byId, h, sameInside } from "../../static/js/dom.js";
import { clock, minutes, showNumber, stopwatch } from "../../static/js/format.js";
import { say, sayCount } from "../../static/js/texts.js";
import { isMine, oversees, standing } from "./rules.js";
import { minutesOf, serviceName } from "./words.js";

/**
 * @typedef {import("../counter.js").CounterPage} Page
 * @typedef {import("./types.js").DeskTicket} DeskTicket
 */

/** @type {Record<string, [string, string]>} the chip's tone and text, by what the counter does */
const STATE = {
  closed: ["chip-warn", "closed_chip"], idle: ["", "ready"], called: ["", "called_chip"], serving: ["chip-good", "serving_chip"],
};

/** Draws the card; once a second too, for the running time. @param {Page} page */
export function drawCard(page) {
  const { desk, site } = page;
  const state = standing(desk);
  const next = state === "idle" ? desk.upcoming[0] : null;
  const shown = desk.ticket || next;
  const shut = desk.shut && !shown;
  const [tone, text] = shut ? ["chip-warn", state === "idle" ? "shut_chip" : "closed_chip"] : STATE[state];
  byId("state").className = `chip now-state ${tone}`;
  byId("state").textContent = say(text);
  byId("class").textContent = shown ? say(`class_${shown.class}`) : "";
  byId("class").classList.toggle("chip", Boolean(shown && shown.class !== "regular"));
  if (shown) showNumber(byId("number"), shown.number);
  else byId("number").replaceChildren();
  if (!shown) byId("number").removeAttribute("data-number");
  byId("number").dataset.length = String(shown ? shown.number.length : 0);
  byId("service").textContent = shown ? serviceName(site, shown.service) : emptyText(page, state);
  const fresh = h("div", {}, ...time(page, state));
  if (!sameInside(byId("time"), fresh)) byId("time").replaceChildren(...fresh.childNodes);
}

/** @param {Page} page @param {string} state */
function emptyText(page, state) {
  const { desk, account } = page;
  if (desk.shut && (state === "closed" || isMine(desk, account))) return say(`shut_${desk.shut}`);
  if (state === "closed") return closedText(page);
  if (isMine(desk, account)) return say("wait_for_someone");
  const who = say("opened_by", { officer: desk.officer || "" });
  return oversees(desk, account) ? `${who} ${say("opened_by_watch")}` : who;
}

/** @param {Page} page */
function closedText({ desk, account }) {
  const total = waitingTotal(desk);
  const waiting = total ? `${say("waiting_here", { people: sayCount("people", total) })}. ` : "";
  return waiting + say(account.works ? "closed_text" : "closed_watch");
}

/** How many wait for this counter's services. @param {import("./types.js").Desk} desk */
function waitingTotal(desk) {
  return desk.waiting.reduce((sum, one) => sum + one.count, 0);
}

/** @param {Page} page @param {string} state */
function time(page, state) {
  const { desk } = page;
  if (state === "serving" && desk.ticket) return serving(page, desk.ticket);
  if (state === "called" && desk.ticket) return called(page, desk.ticket);
  if (state === "idle" && desk.upcoming.length) return ready(page);
  return [];
}

/** @param {Page} page @param {DeskTicket} ticket */
function serving(page, ticket) {
  const spent = seconds(page.desk.since);
  return [label("running"), h("p", { class: "now-clock tabular" }, stopwatch(spent)), ...promise(spent, ticket.target_s), facts(page, ticket)];
}

/** @param {Page} page @param {DeskTicket} ticket */
function called(page, ticket) {
  return [label("called_for"), h("p", { class: "now-clock tabular" }, stopwatch(seconds(page.desk.since))), facts(page, ticket, ticket.since)];
}

/** The bar fills up to the promise; past it, it stays full and the words say by how much. @param {number} spent @param {number|null} target */
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

/** @param {Page} page @param {DeskTicket} ticket @param {string} [called_at]  of the call that stands, which need not be the first */
function facts(page, ticket, called_at = ticket.called_at || ticket.since) {
  const tz = page.site.timezone;
  const until = Date.parse(ticket.called_at || ticket.since);
  const rows = [
    [say("arrived"), clock(ticket.issued_at, tz)],
    [say("waited"), minutesOf((until - Date.parse(ticket.issued_at)) / 1000)],
    [say("called"), callsText(ticket.calls, clock(called_at, tz))],
  ];
  return list(rows);
}

/** @param {number} n @param {string} time */
function callsText(n, time) {
  return n === 1 ? say("called_times_one", { time }) : say("called_times", { n, time });
}

/** @param {Page} page */
function ready(page) {
  const next = page.desk.upcoming[0];
  const waited = next.waited_s + page.age();
  const n = minutes(waited);
  const figure = n ? [h("b", {}, n), " ", h("span", {}, sayCount("minutes", n).replace(/^\D*\d+\s*/, ""))] : [h("span", {}, say("under_a_minute"))];
  const rows = [
    [say("arrived"), clock(new Date(serverNow().getTime() - waited * 1000), page.site.timezone)],
    [say("order_label"), next.wish === page.place.id ? say("wished_here") : say("order_first")],
  ];
  return [label("waited_for"), h("p", { class: "now-clock now-waited" }, ...figure),
    h("p", { class: "now-promise" }, say("waiting_here", { people: sayCount("people", waitingTotal(page.desk)) })), list(rows)];
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
