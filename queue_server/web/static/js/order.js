/** The published order of calls: its words come with the page, by what they follow from. @module */

/**
 * @typedef {import("./documents.js").Site} Site
 * @typedef {{classes: import("./documents.js").Class[]}} Classes
 */

const ORDER = /** @type {const} */ (["priority", "booked", "regular"]); // as the rule names them

/** What a service's order follows from, as the server writes it. @param {Site} site @param {Classes} service */
export function orderOf(site, { classes }) {
  const named = ORDER.filter((one) => classes.includes(one));
  return named.map((one) => `${one}:${/** @type {Record<string, number>} */ (site.order)[one] || 0}`).join(" ");
}
