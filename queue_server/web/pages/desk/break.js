/** A break of the officer's: why, until when, and what stands on the page meanwhile. @module */

import { serverNow } from "../../static/js/clock.js";
import { h } from "../../static/js/dom.js";
import { clock, minutesOf } from "../../static/js/format.js";
import { choices, openPanel } from "../../static/js/panel.js";
import { say } from "../../static/js/texts.js";
import { serviceName } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 */

const REASONS = ["rest", "meal", "prayer", "other"];
const QUARTER_MS = 15 * 60 * 1000;
const LEAST_MS = 5 * 60 * 1000; // nobody says at 11.58 that they are back at 12.00
const MOST = 4;

/**
 * The quarters of an hour that a break may be said to last until.
 * @param {Model} model
 */
function endings({ desk, site }) {
  const now = serverNow().getTime();
  const last = (desk.break ? Date.parse(desk.break.since) : now) + desk.break_longest_s * 1000;
  const first = Math.ceil((now + LEAST_MS) / QUARTER_MS) * QUARTER_MS;
  const quarters = Array.from({ length: MOST }, (_, n) => first + n * QUARTER_MS);
  return quarters.filter((at) => at <= last).map((at) => clock(new Date(at), site.timezone));
}

/** As the server is told: "12:30". @param {string} time */
function asSent(time) {
  return time.replace(".", ":");
}

/** Until when, and why; the same key asks anew while it lasts. @param {Model} model @param {Act} act */
export function openBreak(model, act) {
  const times = endings(model);
  const asked = { sure: false };
  openPanel({
    title: say("panel_break"), lead: say("panel_break_lead", { n: Math.round(model.desk.break_longest_s / 60) }),
    body: [
      times.length ? choices({ name: "until", label: say("break_until"), compact: true, chosen: asSent(times[0]),
        choices: times.map((time) => ({ value: asSent(time), text: time })) }) : null,
      choices({ name: "reason", label: say("break_reason"), compact: true, digits: !times.length, chosen: usual(model),
        choices: REASONS.map((reason) => ({ value: reason, text: say(`break_for_${reason}`) })) }),
    ],
    submit: { label: say("verb_break"), run: (data) => run(model, act, data, asked) },
  });
}

/** What a break is for at this hour. @param {Model} model */
function usual({ desk, site }) {
  if (desk.break) return desk.break.reason;
  const hour = Number(clock(serverNow(), site.timezone).slice(0, 2));
  return hour >= 11 && hour < 14 ? "meal" : "rest";
}

/** @param {Model} model @param {Act} act @param {FormData} data @param {{sure: boolean}} asked */
async function run(model, act, data, asked) {
  const until = String(data.get("until") || "");
  const body = { reason: String(data.get("reason")), ...(until ? { until } : {}),
    ...(asked.sure ? { confirm: true } : {}) };
  const said = model.message;
  const trouble = await act.run("break", body, "", { until: until.replace(":", ".") });
  const refused = model.refusal;
  if (!trouble || refused?.code !== "last_counter") return trouble;
  asked.sure = true;
  act.tell(said);
  const services = /** @type {string[]} */ (refused.details?.services || []);
  return say("break_alone", { services: services.map((one) => serviceName(model.site, one)).join(", ") });
}

/** The times to say it anew, below the card; the one that holds is marked. @param {Model} model @param {Act} act */
export function breakTimes(model, act) {
  const { desk, site } = model;
  if (!desk.break || !model.can("break")) return [];
  const { reason } = desk.break;
  const holds = desk.break.until && clock(desk.break.until, site.timezone);
  const times = endings(model);
  if (holds && !times.includes(holds)) times.unshift(holds);
  return [h("span", { class: "break-label" }, say("break_until")), ...times.map((time) => h("button", {
    class: "button shortcut", type: "button", "aria-pressed": String(time === holds),
    onclick: () => time !== holds && act.carryOut("break", { reason, until: asSent(time) }, "", { until: time }),
  }, time))];
}

/** How long it still lasts, and what visitors read meanwhile. @param {Model} model */
export function breakClock(model) {
  const { desk, site } = model;
  if (!desk.break) return [];
  const { until } = desk.break;
  const left = until ? (Date.parse(until) - serverNow().getTime()) / 1000 : 0;
  const seen = until ? say("break_seen_until", { time: clock(until, site.timezone) }) : say("break_seen");
  return [
    until ? h("p", { class: left < 0 ? "break-left now-over" : "break-left" },
      say(left < 0 ? "break_over_by" : "break_back_in", { minutes: minutesOf(Math.abs(left)) })) : null,
    h("p", { class: "secondary now-label" }, say("break_seen_label")),
    h("p", { class: "break-seen" }, seen),
  ].filter(Boolean);
}
