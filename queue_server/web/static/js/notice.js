/**
 * Notices: what the hall tells its visitors. Each is shown between its two times by the server's clock, wherever the
 * screen's own stands; nobody has to say so when one begins or is over.
 * @module
 */

import { sayWords } from "./texts.js";

const TURN_MS = 10000; // where there is room for one of several

/**
 * @typedef {import("./documents.js").Notice} Notice
 * @typedef {import("./documents.js").Site} Site
 */

/**
 * Those that are to be shown in a place now, urgent ones first; a document of an older server has none.
 * @param {{notices?: Notice[]}} document
 * @param {Notice["where"][number]} place
 * @param {Date} now  by the server's clock
 * @returns {Notice[]}
 */
export function noticesAt({ notices }, place, now) {
  const at = now.getTime();
  return (notices || []).filter(({ where, from, until }) => where.includes(place)
    && Date.parse(from) <= at && (!until || at < Date.parse(until)));
}

/** The one whose turn it is. @template T @param {T[]} all @param {Date} now @returns {T|undefined} */
export function inTurn(all, now) {
  return all[Math.floor(now.getTime() / TURN_MS) % (all.length || 1)];
}

/** In the present language, with whose it is if it is not the hall's. @param {Notice} notice @param {Site} site */
export function wordsOf({ text, agency }, site) {
  const whose = agency && site.agencies.find(({ id }) => id === agency);
  return whose ? `${whose.short_name}: ${sayWords(text)}` : sayWords(text);
}
