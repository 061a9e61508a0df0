/**
 * How a counter is named. The server says what stands in its tile: "5" of a "Loket 5", all of a "Ruang Wawancara".
 * @module
 */

import { say } from "./texts.js";

/** @typedef {{name: string, tile: string}} Named */

/**
 * Whether the word "loket" stands beside the tile; else the tile has the counter's whole name.
 * @param {Named} counter
 */
export function isNumbered(counter) {
  return counter.tile !== counter.name;
}

/**
 * Whether an account acts for an agency of a site: for its own (none named: for all), and where it helps out today.
 * @param {import("./documents.js").Account} account @param {string} site @param {string} agency
 */
export function actsFor({ agencies, lent }, site, agency) {
  return !agencies.length || agencies.includes(agency) || isLent({ lent }, site, agency);
}

/**
 * Whether an account helps out at an agency's counters until the day closes.
 * @param {Pick<import("./documents.js").Account, "lent">} account @param {string} site @param {string} agency
 */
export function isLent({ lent }, site, agency) {
  return lent.some((one) => one.site === site && one.agency === agency);
}

/** The word over the tile; none for a counter whose tile has its whole name. @param {Named} counter */
export function wordOf(counter) {
  return isNumbered(counter) ? say("counter") : "";
}

/** The counter in a sentence: "Loket A1" in the page's language, "Ruang Wawancara" as it is. @param {Named} counter */
export function counterName(counter) {
  return isNumbered(counter) ? say("counter_n", { counter: counter.tile }) : counter.name;
}

/**
 * Where a counter stands: "Imigrasi, Zona A".
 * @param {import("./documents.js").Site} site
 * @param {import("./documents.js").SiteCounter} counter
 */
export function whereabouts(site, counter) {
  const agency = site.agencies.find((one) => one.id === counter.agency);
  const zone = site.wall.zones.length > 1 ? `, ${say("zone_n", { zone: counter.zone })}` : "";
  return `${agency ? agency.short_name : ""}${zone}`;
}
