/** The first screen: what do you need? It is also what a passer-by sees. @module */

import { icon } from "../../static/js/icons.js";
import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { lengthOf, wordEms } from "../fit.js";
import { button, heading, paragraph, taskOf, wayRow } from "./parts.js";
import { fits, onPages } from "./room.js";
import { dayAt, shortReason } from "./words.js";

const PAGE = 12; // choices a page, never more
const PAGE_WHEELCHAIR = 4;

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function agenciesScreen(kiosk) {
  const all = kiosk.hall.choices();
  const most = kiosk.toolbar.has("wheelchair") ? PAGE_WHEELCHAIR : PAGE;
  const one = all.length <= most && sheet(kiosk, all, all, 0, 1);
  if (one && fits(kiosk.stage, "agencies", one)) return one;
  const sheets = onPages(all, (some) => fits(kiosk.stage, "agencies", sheet(kiosk, all, some, 0, 2)), most);
  const page = Math.min(kiosk.visit.page, sheets.length - 1);
  return sheet(kiosk, all, sheets[page], page, sheets.length);
}

/**
 * One page of choices.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {import("./hall.js").Choice[]} all
 * @param {import("./hall.js").Choice[]} some
 * @param {number} page
 * @param {number} pages
 */
function sheet(kiosk, all, some, page, pages) {
  return [
    head(kiosk, all),
    h("div", { class: "choices" }, some.map((choice) => choiceKey(kiosk, choice))),
    wayRow({ page, pages, turn: (to) => kiosk.turn(to) }),
  ].filter(Boolean);
}

/**
 * The question; or, when nothing here gives numbers now, that it is closed and until when: nobody should have to touch
 * three times to learn that.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {import("./hall.js").Choice[]} all
 */
function head(kiosk, all) {
  const { site } = kiosk.hall;
  if (all.some(({ open }) => open)) {
    return h("div", { class: "head" },
      paragraph(say("step_of", { step: 1, steps: 3 }), "step"),
      heading(say("choose_task")),
      paragraph(say("choose_task_hint"), "hint"));
  }
  const openings = site.services.map(({ reason_detail: detail }) => detail && detail.opens_at).filter(Boolean).sort();
  const until = openings.length ? say("all_closed_until", { when: dayAt(String(openings[0]), site, kiosk.now()) }) : "";
  return h("div", { class: "head" },
    paragraph(site.short_name, "step"), heading(say("all_closed")), paragraph(until, "hint"));
}

/**
 * The task is the name, the agency the small print: people know what they came for, not who does it. Where the site
 * tells no task, the agency's name is there once.
 * @param {import("../kiosk.js").Kiosk} kiosk
 * @param {import("./hall.js").Choice} choice
 */
function choiceKey(kiosk, { agency, services, open }) {
  const task = taskOf(agency);
  const who = task === agency.short_name ? "" : agency.short_name;
  const line = open ? who : shortReason(kiosk.hall.site, services, kiosk.now());
  return button(`agency-${agency.id}`, open ? "choice" : "choice is-closed", () => kiosk.chooseAgency(agency.id),
    h("span", { class: "choice-icon", "--agency": agency.color }, icon(agency.icon || "store")),
    h("span", { class: "choice-text" },
      h("b", { class: `choice-name${lengthOf(task)}`, "--ems": String(wordEms(task)) }, task),
      line ? h("span", { class: `choice-line${lengthOf(line)}` }, line) : null));
}
