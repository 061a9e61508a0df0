/** What the phone shows in each state of the ticket. @module */

import { counterName, isNumbered, wordOf } from "../../static/js/counters.js";
import { beginsDay, clock, longDate, showNumber } from "../../static/js/format.js";
import { causeOf, interruptionsOf, newsOf, titleOf, whatIs } from "../../static/js/interruptions.js";
import { icon } from "../../static/js/icons.js";
import { casesOf, complaintLines, costLines, furtherFacts, timeLines } from "../../static/js/published.js";
import { lang, say, sayCount, sayWords } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { lengthOf, numberEms } from "../../static/js/lettering.js";
import { face } from "../survey/faces.js";
import { waitClock, waitWords } from "../../static/js/wait.js";
import { linked } from "./linked.js";

/**
 * @typedef {import("../../static/js/documents.js").SiteService} Service
 * @typedef {import("../../static/js/documents.js").SiteFormer} Former
 * @typedef {object} Model  what is known of the ticket now
 * @property {import("../../static/js/documents.js").Ticket} ticket
 * @property {import("../../static/js/documents.js").Site} site
 * @property {Service|Former|undefined} service
 * @property {Counter|undefined} counter  that called or serves
 * @property {Counter[]} counters  that may call
 * @property {import("./place.js").Place} place
 * @property {import("../../static/js/documents.js").Words|undefined} order  the published rule of calls
 * @property {string} lastCounter  that called, in words
 * @property {boolean} bellReady
 * @property {Date|null} offlineSince
 * @property {import("./origin.js").Origin} origin  from where the holder comes
 * @property {string|null} rated  what became of the touch; null: nobody touched yet
 * @property {Date} now  by the server's clock
 *
 * @typedef {{askCancel: () => void, readyBell: () => void, ringAgain: () => void,
 *   escort: (wanted: boolean) => void, rate: (score: number) => void}} Act  what the visitor may do
 * @typedef {import("../../static/js/documents.js").SiteCounter} Counter
 */

const FEW_COUNTERS = 4;

/** @type {Record<string, (model: Model, act: Act) => any[]>} */
export const VIEWS = {
  waiting: (model, act) => [top(model, place(model)), model.origin.part(model.site), below(model, act)],
  called: (model, act) => turn(model, act),
  serving: (model) => [top(model), state(model, "serving", counterLine(model, "serving_at"))],
  held: (model, act) => [top(model), model.ticket.missing?.length ? lacking(model) :
    h("section", { class: "state" }, h("h2", {}, say("held")), h("p", {}, say("held_text"))), below(model, act)],
  no_show: (model) => [top(model), state(model, "no_show", tooLate(model))],
  completed: (model, act) => [top(model), model.ticket.missing?.length ? lacking(model) : null,
    state(model, "completed", linked(say("completed_text"))), rating(model, act)],
  cancelled: (model) => [top(model), state(model, "cancelled", say("cancelled_text"))],
  expired: (model) => (model.ticket.carried ? kept(model, model.ticket.carried) : expired(model)),
  unknown: (model) => [top(model),
    h("section", { class: "state state-unknown" }, h("h2", {}, say("unknown")), h("p", {}, say("unknown_text")))],
};

/** @param {Model} model @param {...any} more */
function top(model, ...more) {
  const name = model.service ? sayWords(model.service.name) : "";
  const priority = model.ticket.class === "priority" ? [" · ", h("b", {}, say("class_priority"))] : null;
  const { people } = model.ticket;
  const group = people > 1 ? [" · ", h("b", {}, say("for_people", { people: sayCount("people", people) }))] : null;
  const label = h("h1", { class: "own-label" }, say("your_number_for", { service: name }), priority, group);
  const { carried_from: before } = model.ticket;
  const was = before ? h("p", { class: "own-before" }, say("carried_from", { was: before.number })) : null;
  return h("section", { class: "own" }, label, number(model), was, ...more);
}

/** @param {Model} model */
function number({ ticket }) {
  const { number: shown } = ticket.carried || ticket;
  const element = h("p", { class: "number own-number", "--ems": String(numberEms(shown)) });
  showNumber(element, shown);
  return element;
}

/** @param {Model} model */
function expired(model) {
  const lacks = model.ticket.missing?.length;
  return [top(model), lacks ? lacking(model) : null,
    state(model, "expired", say(lacks ? "expired_papers_text" : "expired_text"))];
}

/**
 * The hall gave up for the day: a place on another one, which is said before anything else.
 * @param {Model} model @param {import("../../static/js/documents.js").KeptPlace} place
 */
function kept(model, { day, callable_from: from }) {
  const { ticket, site } = model;
  const date = longDate(`${day}T12:00:00Z`, "UTC");
  const begins = from && !beginsDay(from, site.timezone) ? say("kept_from", { clock: clock(from, site.timezone) })
    : say("kept_day");
  return [top(model), h("section", { class: "state state-kept" }, h("h2", {}, say("kept", { date })),
    h("p", {}, h("b", {}, begins), " ", say("kept_first")),
    h("p", {}, say("kept_number", { was: ticket.number })), h("p", { class: "end" }, freshness(model))),
  h("section", { class: "below" }, papers(model), facts(model))];
}

/** The papers that are missing, and until when one may come back with them. @param {Model} model */
function lacking({ ticket, site }) {
  const { missing, state: how, return_until: until } = ticket;
  const rule = how === "held" ? [h("b", {}, until ? say("papers_before", { clock: clock(until, site.timezone) })
    : say("papers_today")), " ", say("papers_place")]
    : [say("papers_next_time")];
  return h("section", { class: "state state-papers" }, h("h2", {}, sayCount("papers_missing", missing.length)),
    h("ul", { class: "lacking" }, missing.map(({ name }) => h("li", {}, sayWords(name)))),
    how === "expired" ? null : h("p", { class: "lacking-rule" }, rule),
    how === "held" ? h("p", {}, say("papers_report")) : null);
}

/** How many ahead, how long. @param {Model} model */
function place(model) {
  const { ahead, estimate, counters, back, last } = model.place;
  if (model.ticket.callable_from) {
    return h("div", { class: "place" },
      row(clock(model.ticket.callable_from, model.site.timezone), say("early_from")));
  }
  if (ahead === null) return null;
  const first = ahead === 0;
  const nobody = counters === 0; // who is told to get ready must have somebody who can call
  return h("div", { class: "place" },
    interruptionsOf(model.place).slice(0, 1).map((one) => troubled(one, model)),
    nobody ? h("p", { class: "place-nobody" }, h("b", {}, back ? onBreak(model, back) : say("no_counter_open")), " ",
      say("no_counter_text")) : null,
    row(first ? say(nobody ? "number_one" : "you_are_next") : sayCount("people", ahead),
      say(first ? (nobody ? "first_in_line" : "nobody_ahead") : "ahead_of_you")),
    last ? row(last, say("called_last")) : null,
    nobody ? null : row(waitWords(estimate) || say("minutes_unknown"),
      [say("estimate"), waitClock(estimate, model.now, model.site.timezone)].filter(Boolean).join(", "),
      "place-row place-wait"));
}

/**
 * Why nothing goes on, and that the number keeps its worth.
 * @param {import("../../static/js/interruptions.js").Interruption} one
 * @param {Model} model
 */
function troubled(one, { site }) {
  return h("p", { class: "place-nobody" }, h("b", {}, `${titleOf(one, whatIs(one, site))}.`),
    ` ${causeOf(one, site)} ${newsOf(one, site)} ${say("interruption_your_number")}`);
}

/** The counters rest: until when, as long as that is ahead. @param {Model} model @param {string} back */
function onBreak({ now, site }, back) {
  const due = Date.parse(back) > now.getTime();
  return due ? say("counters_rest_until", { time: clock(back, site.timezone) }) : say("counters_rest");
}

/** @param {string} value @param {string} label @param {string} [name] */
function row(value, label, name = "place-row") {
  return h("p", { class: name }, h("b", {}, value), " ", h("span", {}, label));
}

/** @param {Model} model @param {Act} act */
function below(model, act) {
  return h("section", { class: "below" }, where(model), papers(model),
    // Nobody calls a visitor who was set aside: there is no call to miss, and no such minutes.
    model.ticket.state === "held" ? null : h("p", { class: "missed" }, h("b", {}, say("missed")), " ",
      say("missed_rule", { n: model.site.missed_call.return_within_minutes })),
    h("p", { class: "order" }, h("b", {}, say("order")), " ", sayWords(model.order), " ",
      h("a", { href: `/${model.site.id}/how?lang=${lang()}` }, say("how_short"))),
    bellKey(model, act), escortKey(model, act), facts(model),
    h("p", { class: "end" }, freshness(model),
      h("button", { class: "cancel", type: "button", onclick: () => act.askCancel() }, say("cancel_number"))));
}

/**
 * Somebody who cannot see or walk to the counter is guided there; no reason is asked.
 * @param {Model} model @param {Act} act
 */
function escortKey({ ticket: { escort, can } }, act) {
  if (!can.includes("escort")) return null;
  return h("div", { class: "escort" },
    h("p", {}, say(escort ? "escort_on" : "escort_text")),
    h("button", { class: "button wide", type: "button", onclick: () => act.escort(!escort) },
      say(escort ? "escort_off" : "escort_ask")));
}

/** The counters that may call, in their tiles. @param {Model} model */
function where({ counters, service, site }) {
  const zone = service && service.zone && site.wall.zones.length > 1
    ? h("span", { class: "zone" }, say("zone_n", { zone: service.zone })) : null;
  const few = counters.length <= FEW_COUNTERS ? counters : [];
  if (!few.length && !zone) return null;
  const numbered = few.every(isNumbered); // else the word "loket" would stand before a "Ruang Wawancara"
  const tiles = few.map((counter, n) => {
    const tile = h("span", { class: "tile" }, numbered ? counter.tile : counterName(counter));
    if (!n || n < few.length - 1) return tile;
    return h("span", { class: "last-place" }, say("or"), tile); // no line ends in "atau"
  });
  const where = few.length ? h("b", {}, say(numbered ? "to_counter" : "to_place")) : null;
  return h("p", { class: "where" }, where, tiles, zone);
}

/** @param {Model} model */
function papers({ service }) {
  const cases = casesOf(service);
  return h("div", { class: "papers" }, h("h2", {}, say("prepare")),
    cases.length ? cases.map(({ when, items }) => h("div", {}, when ? h("h3", {}, when) : null,
      h("ul", {}, items.map((paper) => h("li", {}, paper))))) : h("p", {}, say("ask_officer")));
}

/** What it costs, how long it takes, what comes of it, where to complain. @param {Model} model */
function facts({ service }) {
  if (!service || !("fees" in service)) return null;
  /** @type {import("../../static/js/published.js").Fact[]} */
  const rows = [
    { name: say("cost"), lines: costLines(service) }, { name: say("promised_time"), lines: timeLines(service) },
    ...furtherFacts(service), { name: say("complaint"), lines: complaintLines(service) },
  ];
  return h("dl", { class: "facts" }, rows.filter(({ lines }) => lines.length).map(fact));
}

/** The last line of what has an address leads there. @param {import("../../static/js/published.js").Fact} row */
function fact({ name, lines, href }) {
  const link = (/** @type {string} */ line, /** @type {number} */ n) => (href && n === lines.length - 1
    ? h("a", { href, rel: "noopener noreferrer" }, line) : linked(line));
  return h("div", {}, h("dt", {}, name), h("dd", {}, lines.map((line, n) => h("p", {}, link(line, n)))));
}

/** @param {Model} model @param {Act} act */
function bellKey(model, act) {
  if (model.bellReady) {
    return h("div", { class: "bell" }, h("p", { class: "bell-ready" }, icon("circle-check"), say("notify_on")),
      h("p", { class: "secondary" }, say("notify_keep_open")));
  }
  return h("button", { class: "button button-main wide", type: "button", onclick: () => act.readyBell() },
    icon("bell"), say("notify_me"));
}

/** Whether what stands here is live. @param {Model} model */
function freshness({ offlineSince, now, site }) {
  return offlineSince
    ? h("span", { class: "fresh is-old" }, icon("wifi-off"),
      say("not_updated_since", { clock: clock(offlineSince, site.timezone) }))
    : h("span", { class: "fresh" }, icon("circle-check"), say("updated_at", { clock: clock(now, site.timezone) }));
}

/** Your turn. Yellow means now. @param {Model} model @param {Act} act */
function turn(model, act) {
  const { ticket, counter, site } = model;
  const tz = site.timezone;
  return [h("section", { class: "turn" },
    h("h1", { class: "turn-title" }, say("your_turn")), number(model),
    h("div", { class: "turn-tile" },
      h("p", { class: "turn-word" }, h("b", {}, counter ? wordOf(counter) : say("counter")),
        counter && site.wall.zones.length > 1 ? h("span", {}, say("zone_n", { zone: counter.zone })) : null),
      turnCounter(counter ? counter.tile : ticket.counter || "")),
    h("p", { class: "turn-text" }, counterLine(model, "go_now"),
      ` ${say("called_at", { clock: clock(ticket.since, tz) })}`),
    h("button", { class: "button turn-again wide", type: "button", onclick: () => act.ringAgain() }, icon("volume-2"),
      say("sound_again")),
    h("p", { class: "turn-missed" }, say("missed"), " ",
      say("missed_rule", { n: site.missed_call.return_within_minutes })),
    model.offlineSince ? h("p", { class: "turn-old" }, freshness(model)) : null)];
}

/** The counter, as large as its longest word allows; more words stand below one another. @param {string} place */
function turnCounter(place) {
  const ems = Math.max(...place.split(/\s+/).map(numberEms));
  return h("p", { class: /\s/.test(place) ? `turn-counter is-words${lengthOf(place)}` : "turn-counter",
    "--ems": String(ems) }, place);
}

/** @param {Model} model @param {string} name  of the state @param {string|(string|HTMLElement)[]} line */
function state(model, name, line) {
  return h("section", { class: `state state-${name}` }, h("h2", {}, say(name)), h("p", {}, line),
    h("p", { class: "end" }, freshness(model)),
    h("p", {}, h("a", { href: `/${model.site.id}?lang=${lang()}` }, say("next_visit"))));
}

/** How it was, by one touch; and the way to the nine questions. @param {Model} model @param {Act} act */
function rating(model, act) {
  const touched = model.rated === null
    ? [h("h2", { id: "rate" }, say("rate_title")),
      h("div", { class: "rates", role: "group", "aria-labelledby": "rate" }, [1, 2, 3, 4].map((score) =>
        h("button", { class: "button rate", type: "button", onclick: () => act.rate(score) },
          face(score), h("span", {}, say(`rate_${score}`)))))]
    : [h("p", { class: "rated", role: "status" }, icon("circle-check"), say(model.rated || "rate_thanks"))];
  return h("section", { class: "survey" }, ...touched, h("h2", {}, say("survey_ask")), h("p", {}, say("survey_what")),
    h("a", { class: "button wide", href: `/t/${model.ticket.token}/survey?lang=${lang()}` }, say("survey_go")));
}

/** A sentence with the counter's name in it. @param {Model} model @param {string} key */
function counterLine({ counter, ticket }, key) {
  return say(key, { counter: counter ? counterName(counter) : say("counter_n", { counter: ticket.counter || "" }) });
}

/** A missed call: until when it can be made good. @param {Model} model */
function tooLate(model) {
  const { ticket, site, now } = model;
  if (!ticket.return_until) return say("no_show_text", { n: site.missed_call.return_within_minutes });
  if (now > new Date(ticket.return_until)) return say("no_show_over");
  return say("no_show_before", { counter: model.lastCounter, clock: clock(ticket.return_until, site.timezone) });
}

/** Where a holder sees what is kept of them, and has it erased. @param {{token: string, lang: string}} data */
export function keptLink({ token, lang }) {
  return h("p", { class: "own-data" }, h("a", { href: `/t/${token}/data?lang=${lang}` }, say("own_data")));
}
