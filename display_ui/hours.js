/** A site's hours in words; what is open when is decided by the server. @module */

import { beginsDay, clock, longDate } from "../static/js/format.js";
import { say, sayWords } from "../static/js/texts.js";

/**
 * The week in few words, and what the hours of these dates are called:
 * `Ramadan: Senin–Kamis 08.00–15.00 · Jumat 08.00–11.30, 13.00–15.00`.
 * @param {import("../static/js/documents.js").Site} site
 */
export function weekWords({ week, spans }) {
  const span = spans.find((one) => one.now);
  const hours = week ? sayWords(week) : say("always_open");
  return [span ? sayWords(span.name) : "", hours].filter(Boolean).join(": ");
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
