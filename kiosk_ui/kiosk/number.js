/** The number: what the visitor came to the kiosk for. @module */

import { showNumber, spellNumber } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { lengthOf, numberEms } from "../fit.js";
import { allNumbered, button, paragraph, tiles } from "./parts.js";
import { countersOf, nameOf, people, waitClock, waitMinutes } from "./words.js";

/** @typedef {import("../../static/js/documents.js").Ticket} Ticket */

const FEW_COUNTERS = 4;
const FEW_LETTERS = 60; // names that are longer together are not listed: the screens call the counter by its name anyway
const LONG_FROM = 60; // letters of agency and service beside the heading
const SHORT_VALUE = 12; // characters that stand in half the width: "25–35 menit" does, "100–120 menit" does not

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function numberScreen(kiosk) {
  const ticket = /** @type {Ticket} */ (kiosk.visit.ticket);
  return [
    h("section", { class: "number-top" }, numberHead(kiosk, ticket), numberItself(ticket), place(kiosk, ticket)),
    h("section", { class: "number-below" }, where(kiosk, ticket), follow(kiosk, ticket)),
    h("section", { class: "number-end" }, paper(kiosk),
      h("div", { class: "end-keys" },
        button("more", "button end-more", () => kiosk.taking.moreTime(), say("more_time")),
        button("done", "button button-main end-done", () => kiosk.startOver(), say("done"))),
      h("p", { class: "end-time", id: "closes" }, closes(kiosk.visit.seconds))),
  ];
}

/** @param {number} seconds */
export function closes(seconds) {
  return say("closes_in", { n: seconds });
}

/** What a screen reader says at once. @param {Ticket} ticket */
export function spoken(ticket) {
  const { prefix, digits } = spellNumber(ticket.number);
  return say("announce_number", {
    number: [...prefix, ...digits].join(" "),
    ahead: ticket.ahead === 0 ? say("ahead_none") : say("announce_ahead", { people: people(ticket.ahead || 0) }),
    estimate: say("announce_estimate", { minutes: waitMinutes(ticket.estimate) }),
  });
}

/** @param {import("../kiosk.js").Kiosk} kiosk @param {Ticket} ticket */
function numberHead(kiosk, ticket) {
  const service = kiosk.hall.service(ticket.service);
  const names = service ? [kiosk.hall.agency(service.agency).short_name, nameOf(service)] : [];
  const from = (names.join().length > LONG_FROM ? names.reverse() : names).join(", "); // if any is cut, then not the service
  return h("div", { class: "number-head" },
    h("h1", { class: "number-title", tabindex: "-1", "data-key": "title" }, say("your_number")),
    h("p", { class: `number-from${lengthOf(from)}` }, ticket.class === "priority" ? [h("b", {}, say("class_priority")), " · "] : null, from));
}

/** @param {Ticket} ticket */
function numberItself(ticket) {
  const element = h("p", { class: "number number-itself", id: "number", "--ems": String(numberEms(ticket.number)) });
  showNumber(element, ticket.number);
  return element;
}

/** How many ahead, how long. @param {import("../kiosk.js").Kiosk} kiosk @param {Ticket} ticket */
function place(kiosk, ticket) {
  const { timezone, timezone_name: zone } = kiosk.hall.site;
  const first = ticket.ahead === 0;
  const range = ticket.estimate ? waitClock(ticket.estimate, new Date(ticket.issued_at), timezone) : "";
  return h("div", { class: "place" },
    fact(first ? say("ahead_none") : people(ticket.ahead || 0), say(first ? "ahead_none_label" : "ahead_of_you")),
    fact(waitMinutes(ticket.estimate), range ? say("about_clock", { range, zone }) : say("estimate")));
}

/** @param {string} value @param {string} label */
function fact(value, label) {
  return h("p", { class: "place-fact" }, h("b", { class: value.length > SHORT_VALUE ? "place-value is-long" : "place-value" }, value), " ", h("span", { class: "place-label" }, label));
}

/** The counters that may call. @param {import("../kiosk.js").Kiosk} kiosk @param {Ticket} ticket */
function where(kiosk, ticket) {
  const { site } = kiosk.hall;
  const service = kiosk.hall.service(ticket.service);
  const counters = service ? countersOf(site, service) : [];
  const letters = counters.map(({ name }) => name).join("").length;
  const few = counters.length > 0 && counters.length <= FEW_COUNTERS && letters <= FEW_LETTERS;
  return h("div", { class: "where" },
    h("p", { class: "where-text" }, h("b", {}, say(!few ? "later_listen" : allNumbered(counters) ? "later_to_counter" : "later_to")),
      few ? tiles(counters) : null),
    service && site.wall.zones.length > 1 ? paragraph(say("zone_n", { zone: service.zone }), "where-zone") : null);
}

/** @param {import("../kiosk.js").Kiosk} kiosk @param {Ticket} ticket */
function follow(kiosk, ticket) {
  return h("div", { class: "follow" },
    h("img", { class: "qr", src: `/t/${ticket.token}/qr.svg`, alt: say("qr_alt") }),
    h("div", { class: "follow-text" },
      h("h2", { class: "subtitle" }, say("follow_on_phone")),
      paragraph(say("follow_on_phone_hint"), "secondary"),
      h("p", {}, h("b", {}, say("missed")), " ",
        say("missed_rule", { n: kiosk.hall.site.missed_call.return_within_minutes })),
      paragraph(say("no_identity"), "secondary follow-privacy")));
}

/** What to do now: take the paper, or keep the number without one. @param {import("../kiosk.js").Kiosk} kiosk */
function paper(kiosk) {
  const { paper } = kiosk.visit;
  if (paper === "printing") {
    return [h("p", { class: "paper" }, icon("printer"), say("take_paper"), icon("arrow-down")), paragraph(say("paper_missing"), "paper-note")];
  }
  return [h("p", { class: "paper" }, icon("smartphone"), say("paper_none")),
    paper === "failed" ? paragraph(say("paper_failed"), "paper-note") : null];
}
