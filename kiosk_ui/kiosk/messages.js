/** Screens that only say something: a moment, a lost network, a kiosk that is not enrolled. @module */

import { clock } from "../../static/js/format.js";
import { inTwo } from "../../static/js/pairing.js";
import { icon } from "../../static/js/icons.js";
import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { button, heading, paragraph } from "./parts.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 */

/** @param {Model} model */
export function sendingScreen(model) {
  return notice("refresh-cw", say("sending"), model.visit.slow ? [say("sending_again")] : []);
}

/** @param {Model} model */
export function offlineScreen(model) {
  const { timezone, timezone_name: zone } = model.hall.site;
  const since = say("offline_since", { clock: clock(/** @type {Date} */ (model.offlineSince), timezone), zone });
  return notice("wifi-off", say("offline_title"), [since, say("offline_meanwhile")]);
}

/** @param {Model} model @param {Act} act */
export function lostScreen(model, act) {
  return notice("wifi-off", say("lost_title"), [say("lost_text")], startKey(model, act));
}

/** @param {Model} model @param {Act} act */
export function troubleScreen(model, act) {
  const told = model.visit.refusal ? model.visit.refusal.message : "";
  return notice("circle-alert", say("trouble_title"), [told, say("need_help_where")], startKey(model, act));
}

/** @param {Model} model */
export function unenrolledScreen({ enrolment: { refused, other, code } }) {
  const why = refused ? say("unenrolled_refused") : other
    ? say("unenrolled_other", { site: other.site || "–", kind: other.kind || "–" }) : "";
  const lines = [say("unenrolled_visitor"), say("unenrolled_text"), why];
  const shown = code ? h("p", { class: "pair-code number" }, inTwo(code)) : undefined;
  return notice("circle-alert", say("unenrolled_title"), lines, shown);
}

export function enrollingScreen() {
  return notice("refresh-cw", say("enrolling_title"), [say("unenrolled_visitor"), say("enrolling_text")]);
}

/** @param {Model} model @param {Act} act */
function startKey(model, act) {
  return button("start", "button button-main notice-key", () => act.startOver(), say("to_start"));
}

/** @param {string} picture @param {string} title @param {string[]} lines @param {HTMLElement} [key] */
function notice(picture, title, lines, key) {
  return [h("section", { class: "notice-screen" }, icon(picture), heading(title),
    lines.filter(Boolean).map((line) => paragraph(line, "notice-line")), key)];
}
