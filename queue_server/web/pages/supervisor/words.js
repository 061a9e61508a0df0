/** How the supervisor's page words things: pure, from documents to text. @module */

import { counterName } from "../../static/js/counters.js";
import { clock, minutes } from "../../static/js/format.js";
import { say, sayCount, sayWords } from "../../static/js/texts.js";

/**
 * @typedef {import("./types.js").Site} Site
 * @typedef {import("./types.js").Hall} Hall
 * @typedef {import("./types.js").Alarm} Alarm
 */

export const NONE = "–";

/** A figure as the server rounded it. @param {number|null|undefined} figure */
export function whole(figure) {
  return figure === null || figure === undefined ? NONE : String(figure);
}

/** @param {number|null|undefined} part  in whole percent, as the server rounded it */
export function percent(part) {
  return part === null || part === undefined ? NONE : say("percent", { n: part });
}

/** Seconds from an instant to now. @param {string} since @param {Date} now */
export function secondsSince(since, now) {
  return Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
}

/** "12 menit", also for the first minute. @param {string} since @param {Date} now */
function minutesSince(since, now) {
  return sayCount("minutes", minutes(secondsSince(since, now)));
}

/** Whether it is an alarm by now. @param {Alarm} alarm @param {Date} now */
export function isDue(alarm, now) {
  return Date.parse(alarm.at) <= now.getTime();
}

/**
 * An alarm in two lines.
 * @param {Alarm} alarm @param {Hall} hall @param {Site} site @param {Date} now
 */
export function alarmWords(alarm, hall, site, now) {
  const counter = hall.counters.find((one) => one.id === alarm.counter);
  const named = site.counters.find((one) => one.id === alarm.counter);
  const service = hall.services.find((one) => one.id === alarm.service);
  const declared = site.services.find((one) => one.id === alarm.service);
  const values = {
    counter: named ? counterName(named) : "",
    officer: counter?.officer || "",
    person: alarm.person || "",
    number: alarm.number || counter?.number || "",
    service: declared ? sayWords(declared.name) : service?.name || "",
    time: alarm.since ? minutesSince(alarm.since, now) : "",
    target: Math.round((counter?.target_s || 0) / 60),
    people: sayCount("people", (counter || service)?.waiting || 0),
    counters: site.counters.filter((one) => one.services.includes(alarm.service || "")).map(counterName).join(", "),
    left: alarm.left || 0, quota: alarm.quota || 0, used: (alarm.quota || 0) - (alarm.left || 0),
    device: alarm.name || "",
    screen: alarm.screen ? say(`screen_${alarm.screen}`, { counter: named ? counterName(named) : "" }) : "",
    at: alarm.since ? clock(alarm.since, site.timezone) : "",
    n: alarm.value || 0,
    limit: sayCount("minutes", Math.round((alarm.limit || 0) / 60)),
    class: say(alarm.class ? `class_${alarm.class}` : "class_all"),
  };
  const mute = alarm.fault === "mute";
  const title = alarm.kind === "quota" && !alarm.left ? "alarm_quota_full" : `alarm_${alarm.kind}`;
  const detail = service?.former ? "alarm_dropped_detail" : `alarm_${alarm.kind}_detail`;
  return { title: say(mute ? "alarm_mute" : title, values), detail: say(mute ? "alarm_mute_detail" : detail, values) };
}

/**
 * Several of one kind in two lines: how many, and where.
 * @param {Alarm[]} alarms @param {Site} site
 */
export function groupWords(alarms, site) {
  /** @param {Alarm} alarm */
  const where = ({ counter: at, service: of, device, name }) => {
    const [counter] = site.counters.filter(({ id }) => id === at);
    const [service] = site.services.filter(({ id }) => id === of);
    if (device) return name || "";
    return counter ? counterName(counter) : service ? sayWords(service.name) : of || "";
  };
  const places = [...new Set(alarms.map(where))];
  return { title: say(`alarm_${alarms[0].kind}_many`, { n: alarms.length }), detail: places.join(", ") };
}
