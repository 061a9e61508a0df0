/** A site's hours in words; what is open when is decided by the server. @module */

import { beginsDay, clock, longDate } from "../static/js/format.js";
import { say, sayWords } from "../static/js/texts.js";

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * The week in few words, neighbouring days with equal hours together, and what the hours of these dates are called:
 * `Ramadan: Senin–Kamis 08.00–15.00 · Jumat 08.00–11.30, 13.00–15.00`.
 * @param {import("../static/js/documents.js").Site} site
 */
export function weekWords({ periods, spans }) {
  const span = spans.find((one) => one.now);
  return [span ? sayWords(span.name) : "", hoursWords(periods)].filter(Boolean).join(": ");
}

/** @param {Record<string, string[][]>|"always"} periods */
function hoursWords(periods) {
  if (periods === "always") return say("always_open");
  /** @type {{first: string, last: string, span: string}[]} */
  const runs = [];
  for (const day of WEEK) {
    const span = (periods[day] || []).map((ends) => ends.join("–").replace(/:/g, ".")).join(", ");
    const last = runs[runs.length - 1];
    if (last && last.span === span) last.last = day;
    else runs.push({ first: day, last: day, span });
  }
  return runs.filter((run) => run.span).map(runWords).join(" · ");
}

/** @param {{first: string, last: string, span: string}} run */
function runWords({ first, last, span }) {
  const days = first === last ? say(`weekday_${first}`) : `${say(`weekday_${first}`)}–${say(`weekday_${last}`)}`;
  return `${days} ${span}`;
}

/**
 * When the first of the services opens again, in words; empty if the server does not know.
 * @param {import("../static/js/documents.js").SiteService[]} services
 * @param {string} tz
 */
export function nextOpening(services, tz) {
  const times = services.map((one) => one.reason_detail && one.reason_detail.opens_at).filter(Boolean).map(String);
  if (!times.length) return "";
  const first = times.reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a));
  const date = longDate(first, tz);
  return beginsDay(first, tz) ? say("opens_again_day", { date }) : say("opens_again", { date, time: clock(first, tz) });
}
