/** A visitor who has booked types the code, or holds its QR to the scanner; and why that may not do now. @module */

import { clock } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { backButton, button, heading, leadRow, paragraph } from "./parts.js";
import { listenForCodes } from "./scanner.js";
import { dayAt, nameOf } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 */

const SHORTEST = 4; // as the server's lists have it
const LONGEST = 24; // what has room
const BOXES = 8; // of an ordinary code
const DIGITS = "123456789".split("");
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");

/** @param {Model} model @param {Act} act */
export function checkInScreen(model, act) {
  const { refusal } = model.visit;
  if (refusal && refusal.code !== "unknown_booking") return refusedScreen(model, act, refusal);
  return [
    h("div", { class: "head" }, heading(say("check_in_title")),
      refusal ? h("p", { class: "hint is-trouble", role: "alert" }, refusal.message) :
        paragraph(say("check_in_hint"), "hint")),
    h("section", { class: "code" }, boxes(model.visit.code),
      h("p", { class: "code-scan" }, icon("qr-code"), h("span", {}, h("b", {}, say("check_in_qr")), " ",
        say("check_in_qr_hint")))),
    model.visit.letters ? letters(model, act) : digits(model, act),
    h("div", { class: "way" }, backButton(() => act.back()), mainKey(model, act)),
  ];
}

/**
 * A scanner types a code on any screen; a keyboard, here.
 * @param {Model} model @param {Act} act
 * @param {() => boolean} useful  whether a code is of use now
 */
export function mindCodes(model, act, useful) {
  listenForCodes({
    listens: () => useful() && takesBookings(model),
    typing: () => model.visit.screen === "check-in",
    type: (letter) => act.type(model.visit.code + letter),
    erase: () => act.type(model.visit.code.slice(0, -1)),
    enter: () => model.visit.code.length >= SHORTEST && act.checkIn(model.visit.code),
    scanned: (code) => act.checkIn(code),
  });
}

/** Whether any service of the hall takes bookings. @param {Model} model */
export function takesBookings(model) {
  return model.hall.site.services.some(({ booking }) => booking);
}

/** The key of the first screen that leads here. @param {Model} model @param {Act} act */
export function checkInKey(model, act) {
  return takesBookings(model)
    ? button("check-in", "button check-in-key", () => act.checkIn(), icon("calendar"), say("check_in_key")) : null;
}

/** What was typed, in groups of four. @param {string} code */
function boxes(code) {
  const count = Math.max(BOXES, Math.min(LONGEST, code.length + (code.length < LONGEST ? 1 : 0)));
  const each = Array.from({ length: count }, (_, n) => h("span", {
    class: `code-box${n === code.length ? " is-next" : ""}${n % 4 === 3 ? " is-last" : ""}`,
  }, code[n] || ""));
  return h("div", { class: "code-boxes", role: "img", "--boxes": String(count),
    "aria-label": code ? say("check_in_typed", { code: code.split("").join(" ") }) : say("check_in_title") }, each);
}

/** @param {Model} model @param {Act} act */
function digits(model, act) {
  return h("div", { class: "pad" },
    DIGITS.map((one) => padKey(model, act, one)),
    button("pad-clear", "button pad-word", () => act.type(""), say("check_in_clear")),
    padKey(model, act, "0"),
    button("pad-erase", "button pad-word", () => act.type(model.visit.code.slice(0, -1)), say("check_in_erase")),
    button("pad-letters", "button pad-word pad-wide", () => act.go("check-in", { letters: true }),
      say("check_in_letters")));
}

/** @param {Model} model @param {Act} act */
function letters(model, act) {
  return h("div", { class: "pad pad-letters" },
    LETTERS.map((one) => padKey(model, act, one)),
    button("pad-erase", "button pad-word pad-two", () => act.type(model.visit.code.slice(0, -1)),
      say("check_in_erase")),
    button("pad-digits", "button pad-word pad-two", () => act.go("check-in", { letters: false }),
      say("check_in_digits")));
}

/** @param {Model} model @param {Act} act @param {string} one */
function padKey(model, act, one) {
  return button(`pad-${one}`, "button pad-key", () => act.type(model.visit.code + one), one);
}

/** A code as far as it was typed. @param {string} code */
export function typed(code) {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, LONGEST);
}

/** @param {Model} model @param {Act} act */
function mainKey({ visit: { code } }, act) {
  const ready = code.length >= SHORTEST;
  const key = button("check-in-go", `button button-main check-in-go${ready ? "" : " is-short"}`,
    () => ready && act.checkIn(code), say(ready ? "check_in_do" : "check_in_short"));
  key.setAttribute("aria-disabled", String(!ready));
  return key;
}

/** Why not now, and what to do. @param {Model} model @param {Act} act @param {ApiError} refusal */
function refusedScreen(model, act, refusal) {
  const { code, message, details = {} } = refusal;
  const { site } = model.hall;
  const service = details.service ? model.hall.service(details.service) : undefined;
  const open = service && service.classes.some((one) => (details.alternatives || []).includes(one));
  const agency = service && model.hall.agency(service.agency);
  return [
    h("section", { class: "why", role: "status" },
      heading(say(code === "too_late" ? "check_in_late" : code === "too_early" ? "check_in_early" : "check_in_not")),
      paragraph(code === "too_late" && details.rule ? say("check_in_late_rule", {
        from: clock(details.rule.from, site.timezone), until: clock(details.rule.until, site.timezone) })
        : code === "too_early" && details.from
          ? say("check_in_early_from", { when: dayAt(details.from, site, model.now()) }) : message, "why-text")),
    h("section", { class: "instead" }, h("h2", { class: "subtitle" }, say("instead")),
      code === "too_early" ? paragraph(say("check_in_come_then"), "why-text") : [
        open && agency ? leadRow("instead-regular", {
          picture: "ticket", name: say("take_number"), line: nameOf(service), agency,
          onclick: () => act.chooseService(service.id),
        }) : null,
        h("div", { class: "help" }, icon("circle-alert"), h("p", {}, h("b", {}, say("check_in_desk")),
          h("span", { class: "help-line" }, say("check_in_desk_hint"))))]),
    h("div", { class: "way" }, backButton(() => act.back())),
  ];
}
