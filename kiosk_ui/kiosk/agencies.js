/** The first screen: what do you need? It is also what a passer-by sees. @module */

import { icon } from "../../static/js/icons.js";
import { inShort, interruptionOf, interruptionsOf, newsOf, sinceOf, titleOf, whatIs,
} from "../../static/js/interruptions.js";
import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { lengthOf, wordEms } from "../../static/js/lettering.js";
import { checkInKey } from "./check_in.js";
import { howKey } from "./how.js";
import { button, heading, paragraph, taskOf, wayRow } from "./parts.js";
import { fits, onPages } from "./room.js";
import { dayAt, restLine, shortReason } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 */

const PAGE = 12; // choices a page, never more
const PAGE_WHEELCHAIR = 4;

/** @param {Model} model @param {Act} act */
export function agenciesScreen(model, act) {
  const all = model.hall.choices();
  const most = model.wheelchair ? PAGE_WHEELCHAIR : PAGE;
  // Lower keys, rather than a second page; how the queue works is said where it leaves the choices their room.
  for (const told of all.length <= most ? [true, false] : []) {
    for (const low of [false, true]) {
      const one = sheet(model, act, all, all, 0, 1, low, told);
      if (fits(model.stage, "agencies", one)) return one;
    }
  }
  const sheets = onPages(all, (some) => fits(model.stage, "agencies", sheet(model, act, all, some, 0, 2)), most);
  const page = Math.min(model.visit.page, sheets.length - 1);
  return sheet(model, act, all, sheets[page], page, sheets.length);
}

/**
 * One page of choices.
 * @param {Model} model
 * @param {Act} act
 * @param {import("./hall.js").Choice[]} all
 * @param {import("./hall.js").Choice[]} some
 * @param {number} page
 * @param {number} pages
 * @param {boolean} [low]
 * @param {boolean} [told]  with the way to how the queue works
 */
function sheet(model, act, all, some, page, pages, low = false, told = false) {
  return [
    head(model, all),
    h("div", { class: low ? "choices is-low" : "choices" }, some.map((choice) => choiceKey(model, act, choice))),
    wayRow({ page, pages, turn: (to) => act.turn(to), first: checkInKey(model, act),
      more: told ? howKey(act) : null }),
  ].filter(Boolean);
}

/**
 * The question; or, when nothing here gives numbers now, that it is closed and until when: nobody should have to touch
 * three times to learn that.
 * @param {Model} model
 * @param {import("./hall.js").Choice[]} all
 */
function head(model, all) {
  const { site } = model.hall;
  const trouble = interruptionsOf(site).find(({ scope }) => Object.keys(scope).length === 0);
  const why = trouble ? `${sinceOf(trouble, site)} ${newsOf(trouble, site)}` : ""; // in full where a service is chosen
  if (all.some(({ open }) => open)) {
    return h("div", { class: "head" },
      paragraph(say("step_of", { step: 1, steps: 3 }), "step"),
      heading(say("choose_task")),
      trouble ? paragraph(why, "hint is-trouble") : paragraph(say("choose_task_hint"), "hint"));
  }
  if (trouble && site.services.some(({ reason }) => reason === "interrupted")) {
    return h("div", { class: "head" }, paragraph(site.short_name, "step"),
      heading(titleOf(trouble, whatIs(trouble, site))),
      paragraph(why, "hint"));
  }
  const openings = site.services.map(({ reason_detail: detail }) => detail && detail.opens_at).filter(Boolean).sort();
  const until = openings.length ? say("all_closed_until", { when: dayAt(String(openings[0]), site, model.now()) }) : "";
  return h("div", { class: "head" },
    paragraph(site.short_name, "step"), heading(say("all_closed")), paragraph(until, "hint"));
}

/**
 * The task is the name, the agency the small print: people know what they came for, not who does it. Where the site
 * tells no task, the agency's name is there once.
 * @param {Model} model
 * @param {Act} act
 * @param {import("./hall.js").Choice} choice
 */
function choiceKey(model, act, { agency, services, open }) {
  const task = taskOf(agency);
  const who = task === agency.short_name ? "" : agency.short_name;
  const trouble = open ? troubleOf(model, services.filter((service) => service.open)) : "";
  const line = trouble || (open ? who : shortReason(model.hall.site, services, model.now()));
  return button(`agency-${agency.id}`, open ? "choice" : "choice is-closed", () => act.chooseAgency(agency.id),
    h("span", { class: "choice-icon", "--agency": agency.color }, icon(agency.icon || "store")),
    h("span", { class: "choice-text" },
      h("b", { class: `choice-name${lengthOf(task)}`, "--ems": String(wordEms(task)) }, task),
      line ? h("span", { class: `choice-line${lengthOf(line)}${trouble ? " is-trouble" : ""}` }, line) : null));
}

/**
 * What cannot work of an agency's open services, or who rests; "" if nothing is out of the way. An interruption of the
 * whole hall stands above all the keys.
 * @param {Model} model @param {import("./hall.js").Service[]} services
 */
function troubleOf({ hall }, services) {
  const lasting = services.map(({ interruption }) => interruptionOf(hall.site, interruption));
  const own = lasting.filter((one) => one && Object.keys(one.scope).length);
  if (own.length && own.length === services.length && own[0]) return inShort(own[0], hall.site);
  if (own.length) return say("interruption_some");
  const rests = services.map((service) => hall.restsUntil(service));
  return rests.some((until) => until === null) ? "" : restLine(hall.site, rests.sort().find(Boolean) || "");
}
