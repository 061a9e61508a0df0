/** Closing the day, and opening it again: asked back once, with what will happen. @module */

import { newKey, post } from "../../static/js/api.js";
import { byId, h } from "../../static/js/dom.js";
import { clock } from "../../static/js/format.js";
import { ofTheList } from "../../static/js/reasons.js";
import { say, sayCount } from "../../static/js/texts.js";
import { choices, closePanel, openPanel } from "../../static/js/panel.js";

/**
 * @typedef {import("./types.js").Hall} Hall
 * @typedef {import("../../static/js/documents.js").Board} Board
 * @typedef {import("../../static/js/documents.js").ReasonCode} ReasonCode
 */

/** @type {ReasonCode[]} */
const OPEN_REASONS = ["clock_wrong", "no_holiday", "extra_service"];

/**
 * @param {string} site
 * @param {() => Hall} hall  as it is now
 * @param {(board: Board) => void} done
 * @param {(() => void)|null} giveUp  where the account may: whoever waits has a place on the next day instead
 */
export function offerDay(site, hall, done, giveUp) {
  byId("day").addEventListener("click", () => ask(site, hall(), done, giveUp));
}

/** @param {Hall} hall @param {string} zone */
export function drawDay(hall, zone) {
  byId("opened").hidden = !hall.open_until;
  if (hall.open_until) byId("opened").textContent = openedUntil(clock(hall.open_until, zone));
  byId("day").textContent = say(verbOf(hall).key);
  byId("closed").hidden = !hall.day_closed;
}

/** A day ends at midnight: "until 00.00" would be read as one that has passed. @param {string} time */
function openedUntil(time) {
  return /^0?0[.:]00$/.test(time) ? say("opened_now_all_day") : say("opened_now", { time });
}

/**
 * Numbers now, whatever the hours or the calendar say: two touches, a reason ready to be taken.
 * @param {string} site @param {(board: Board) => void} done
 */
export function offerOpen(site, done) {
  byId("open-now").textContent = say("open_now");
  byId("open-now").addEventListener("click", () => openPanel({
    title: say("open_now_ask"), lead: say("open_now_lead"), more: [backOut()],
    body: [
      choices({ name: "why", label: say("open_now_reason"), chosen: "clock_wrong",
        choices: OPEN_REASONS.map((code) => ({ value: code, text: say(`why_${code}`) })) }),
      h("label", { class: "panel-field" }, h("span", { class: "choices-label" }, say("open_now_until")),
        h("input", { class: "field", type: "time", name: "until" })),
    ],
    submit: {
      label: say("open_now_do"),
      run: async (data) => {
        const until = String(data.get("until") || "");
        const why = ofTheList(/** @type {ReasonCode} */ (String(data.get("why"))));
        try {
          const { body } = await post(
            `/api/v1/sites/${site}/open-day`, { ...why, ...(until ? { until } : {}) },
            { key: newKey() });
          closePanel();
          done(body);
          return null;
        } catch (trouble) {
          const { code, message } = /** @type {import("../../static/js/api.js").ApiError} */ (trouble);
          return code === "offline" ? say("offline") : code === "invalid" ? say("open_now_past") : message;
        }
      },
    },
  }));
}

/** The way out of a panel by finger: a phone has no Escape. */
export function backOut() {
  return h("button", { class: "button", type: "button", onclick: closePanel }, say("cancel"));
}

/** @param {Hall} hall */
function verbOf(hall) {
  const open = /** @type {const} */ ({ verb: "reopen-day", key: "reopen_day" });
  return hall.day_closed ? open : /** @type {const} */ ({ verb: "close-day", key: "close_day" });
}

/**
 * @param {string} site @param {Hall} hall @param {(board: Board) => void} done @param {(() => void)|null} giveUp
 */
function ask(site, hall, done, giveUp) {
  const { verb, key } = verbOf(hall);
  const once = newKey(); // pressed again after a lost answer, it is still the same wish
  const run = async () => {
    try {
      const { body } = await post(`/api/v1/sites/${site}/${verb}`, {}, { key: once });
      closePanel();
      done(body);
      return null;
    } catch (trouble) {
      const { code, message } = /** @type {import("../../static/js/api.js").ApiError} */ (trouble);
      return code === "offline" ? say("offline") : message;
    }
  };
  const cancel = h("button", { class: "button", type: "button", autofocus: true, onclick: closePanel }, say("cancel"));
  openPanel({ title: say(`${key}_ask`), body: [h("ul", {}, ...consequences(hall).map((text) => h("li", {}, text)))],
    submit: { label: say(`${key}_do`), run }, more: [cancel, giveUp && !hall.day_closed && waitingIn(hall)
      ? h("button", { class: "button", type: "button", onclick: giveUp }, say("give_up")) : null] });
}

/** @param {Hall} hall */
function waitingIn(hall) {
  return hall.services.reduce((sum, one) => sum + one.waiting, 0);
}

/** @param {Hall} hall */
function consequences(hall) {
  if (hall.day_closed) return [say("reopen_day_numbers"), say("reopen_day_expired")];
  const people = (/** @type {string} */ state) =>
    sayCount("people", hall.counters.filter((one) => one.state === state).length);
  return [say("close_day_waiting", { people: sayCount("people", waitingIn(hall)) }),
    say("close_day_counters", { serving: people("serving"), called: people("called") }), say("close_day_numbers")];
}
