/** A site's hours in words; what is open when is decided by the server. @module */

import { clock, longDate } from "../static/js/format.js";
import { say } from "../static/js/texts.js";

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * The week in few words, neighbouring days with equal hours together: `Senin–Kamis 08.00–16.00 · Jumat 08.00–16.30`.
 * @param {Record<string, string[]>|"always"} hours
 */
export function weekWords(hours) {
  if (hours === "always") return say("always_open");
  /** @type {{first: string, last: string, span: string}[]} */
  const runs = [];
  for (const day of WEEK) {
    const span = hours[day] ? hours[day].join("–").replace(/:/g, ".") : "";
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
  return say("opens_again", { date: longDate(first, tz), time: clock(first, tz) });
}
