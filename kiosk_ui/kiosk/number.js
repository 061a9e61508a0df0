/** The number: what the visitor came to the kiosk for. @module */

import { clock, showNumber, spellNumber } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { interruptionOf, sinceOf, titleOf, whatIs } from "../../static/js/interruptions.js";
import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { lengthOf, numberEms } from "../../static/js/lettering.js";
import { waitClock } from "../../static/js/wait.js";
import { asksOrigin, originPart } from "./origin.js";
import { allNumbered, button, paragraph, tiles } from "./parts.js";
import { countersOf, nameOf, people, waitMinutes } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 */

/** @typedef {import("../../static/js/documents.js").Ticket} Ticket */

const FEW_COUNTERS = 4;
// names that are longer together are not listed: the screens call the counter by its name anyway
const FEW_LETTERS = 60;
const LONG_FROM = 60; // letters of agency and service beside the heading
const LONG_VALUE = 15; // "Lebih dari satu jam" is longer
const SHORT_VALUE = 12; // characters that stand in half the width: "25–35 menit" does, "100–120 menit" does not

/** @param {Model} model @param {Act} act */
export function numberScreen(model, act) {
  const ticket = /** @type {Ticket} */ (model.visit.ticket);
  return [
    h("section", { class: "number-top" }, numberHead(model, ticket), numberItself(ticket), place(model, ticket)),
    h("section", { class: "number-below" }, where(model, ticket),
      asksOrigin(model) ? originPart(model, act) : follow(model, ticket)),
    h("section", { class: "number-end" }, paper(model),
      h("div", { class: "end-keys" }, escortKey(ticket, act),
        button("more", "button end-more", () => act.moreTime(), say("more_time")),
        button("done", "button button-main end-done", () => act.startOver(), say("done"))),
      h("p", { class: "end-time", id: "closes" }, closes(model.visit.seconds))),
  ];
}

/**
 * Somebody who cannot see or walk to the counter is guided there; no reason is asked.
 * @param {Ticket} ticket @param {Act} act
 */
function escortKey(ticket, act) {
  return button("escort", `button end-more${ticket.escort ? " is-chosen" : ""}`, () => act.escort(!ticket.escort),
    say(ticket.escort ? "escort_asked" : "escort_ask"));
}

/** @param {number} seconds */
export function closes(seconds) {
  return say("closes_in", { n: seconds });
}

/** What a screen reader says at once. @param {Ticket} ticket @param {string} timezone */
export function spoken(ticket, timezone) {
  const { prefix, digits } = spellNumber(ticket.number);
  const number = [...prefix, ...digits].join(" ");
  if (ticket.callable_from) return say("announce_early", { number, clock: clock(ticket.callable_from, timezone) });
  return say("announce_number", {
    number,
    ahead: ticket.ahead === 0 ? say("ahead_none") : say("announce_ahead", { people: people(ticket.people_ahead || 0) }),
    estimate: say("announce_estimate", { minutes: waitMinutes(ticket.estimate) }),
  });
}

/** @param {Model} model @param {Ticket} ticket */
function numberHead(model, ticket) {
  const service = model.hall.service(ticket.service);
  const names = service ? [model.hall.agency(service.agency).short_name, nameOf(service)] : [];
  // if any is cut, then not the service
  const from = (names.join().length > LONG_FROM ? names.reverse() : names).join(", ");
  return h("div", { class: "number-head" },
    h("h1", { class: "number-title", tabindex: "-1", "data-key": "title" }, say("your_number")),
    h("p", { class: `number-from${lengthOf(from)}` },
      ticket.class === "priority" ? [h("b", {}, say("class_priority")), " · "] : null, from,
      ticket.people > 1 ? [", ", h("b", {}, say("for_people", { people: people(ticket.people) }))] : null));
}

/** @param {Ticket} ticket */
function numberItself(ticket) {
  const element = h("p", { class: "number number-itself", id: "number", "--ems": String(numberEms(ticket.number)) });
  showNumber(element, ticket.number);
  return element;
}

/** How many ahead, how long. @param {Model} model @param {Ticket} ticket */
function place(model, ticket) {
  const { timezone, timezone_name: zone } = model.hall.site;
  if (ticket.callable_from) {
    return h("div", { class: "place" }, fact(clock(ticket.callable_from, timezone), say("early_from", { zone })),
      fact(say("early_sit"), say("early_sit_label")));
  }
  const first = ticket.ahead === 0;
  const range = waitClock(ticket.estimate, new Date(ticket.issued_at), timezone);
  const before = first ? say("ahead_none") : people(ticket.people_ahead || 0);
  return h("div", { class: "place" },
    fact(before, say(first ? "ahead_none_label" : withOthers(model, ticket) ? "ahead_of_you_all" : "ahead_of_you")),
    fact(waitMinutes(ticket.estimate), range ? say("about_clock", { range, zone }) : say("estimate")));
}

/**
 * Whether the counters that may call serve others, too: then more may be called before than wait for the service
 * itself, which is what the choice of services told a moment ago.
 * @param {Model} model @param {Ticket} ticket
 */
function withOthers(model, ticket) {
  const { site } = model.hall;
  const service = site.services.find(({ id }) => id === ticket.service);
  return service !== undefined && countersOf(site, service).some(({ services }) => services.length > 1);
}

/** @param {string} value @param {string} label */
function fact(value, label) {
  return h("p", { class: "place-fact" },
    h("b", { class: `place-value${value.length > LONG_VALUE ? " is-longest" : ""}${
      value.length > SHORT_VALUE ? " is-long" : ""}` }, value), " ",
    h("span", { class: "place-label" }, label));
}

/** The counters that may call. @param {Model} model @param {Ticket} ticket */
function where(model, ticket) {
  const { site } = model.hall;
  const service = model.hall.service(ticket.service);
  const counters = service ? countersOf(site, service) : [];
  const letters = counters.map(({ name }) => name).join("").length;
  // A visitor who takes a number was told before; one who has booked sees it here.
  const trouble = ticket.class === "booked" && service ? interruptionOf(site, service.interruption) : undefined;
  const few = counters.length > 0 && counters.length <= FEW_COUNTERS && letters <= FEW_LETTERS;
  return h("div", { class: "where" },
    h("p", { class: "where-text" },
      h("b", {}, say(!few ? "later_listen" : allNumbered(counters) ? "later_to_counter" : "later_to")),
      few ? tiles(counters) : null),
    trouble ? paragraph(`${titleOf(trouble, whatIs(trouble, site))}. ${sinceOf(trouble, site)}`,
      "where-zone is-trouble") : null,
    service && site.wall.zones.length > 1 ? paragraph(say("zone_n", { zone: service.zone }), "where-zone") : null);
}

/** @param {Model} model @param {Ticket} ticket */
function follow(model, ticket) {
  return h("div", { class: "follow" },
    // lazy: it is fetched once the number has its place on the screen, not before
    h("img", { class: "qr", loading: "lazy", src: `/t/${ticket.token}/qr.svg`, alt: say("qr_alt") }),
    h("div", { class: "follow-text" },
      h("h2", { class: "subtitle" }, say("follow_on_phone")),
      paragraph(say("follow_on_phone_hint"), "secondary"),
      h("p", {}, h("b", {}, say("missed")), " ",
        say("missed_rule", { n: model.hall.site.missed_call.return_within_minutes })),
      paragraph(say(model.visit.originSaid || "no_identity"), "secondary follow-privacy")));
}

/**
 * What to do now: take the paper, or keep the number without one; scan nothing while a question stands for the QR.
 * @param {Model} model
 */
function paper(model) {
  const { paper } = model.visit;
  const asked = asksOrigin(model);
  if (paper === "printing") {
    return [h("p", { class: "paper" }, icon("printer"), say("take_paper"), icon("arrow-down")),
      paragraph(say(asked ? "paper_missing_asked" : "paper_missing"), "paper-note")];
  }
  return [h("p", { class: "paper" }, icon("smartphone"), say(asked ? "paper_none_asked" : "paper_none")),
    paper === "failed" ? paragraph(say("paper_failed"), "paper-note") : null];
}
