/** Screens that only say something: a moment, a lost network, a kiosk that is not enrolled. @module */

import { clock } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { button, heading, paragraph } from "./parts.js";

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function sendingScreen(kiosk) {
  return notice("refresh-cw", say("sending"), kiosk.visit.slow ? [say("sending_again")] : []);
}

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function offlineScreen(kiosk) {
  const { timezone, timezone_name: zone } = kiosk.hall.site;
  const since = say("offline_since", { clock: clock(/** @type {Date} */ (kiosk.offlineSince), timezone), zone });
  return notice("wifi-off", say("offline_title"), [since, say("offline_meanwhile")]);
}

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function lostScreen(kiosk) {
  return notice("wifi-off", say("lost_title"), [say("lost_text")], startKey(kiosk));
}

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function troubleScreen(kiosk) {
  const told = kiosk.visit.refusal ? kiosk.visit.refusal.message : "";
  return notice("circle-alert", say("trouble_title"), [told, say("need_help_where")], startKey(kiosk));
}

/** @param {import("../kiosk.js").Kiosk} kiosk */
export function unenrolledScreen({ enrolment: { refused, other } }) {
  const why = refused ? say("unenrolled_refused") : other ? say("unenrolled_other", { site: other.site || "–", kind: other.kind || "–" }) : "";
  return notice("circle-alert", say("unenrolled_title"), [say("unenrolled_visitor"), say("unenrolled_text"), why]);
}

export function enrollingScreen() {
  return notice("refresh-cw", say("enrolling_title"), [say("unenrolled_visitor"), say("enrolling_text")]);
}

/** @param {import("../kiosk.js").Kiosk} kiosk */
function startKey(kiosk) {
  return button("start", "button button-main notice-key", () => kiosk.startOver(), say("to_start"));
}

/** @param {string} picture @param {string} title @param {string[]} lines @param {HTMLElement} [key] */
function notice(picture, title, lines, key) {
  return [h("section", { class: "notice-screen" }, icon(picture), heading(title),
    lines.filter(Boolean).map((line) => paragraph(line, "notice-line")), key)];
}
