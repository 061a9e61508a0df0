/**
 * How wide a number or a word is, so that CSS can make it as large as its place allows: W is twice as wide as J.
 * @module
 */

import { widthOf } from "./pen.js";

const MEASURE_PX = 100;
const PREFIX_GAP_EM = 0.07; // as in tokens.css

/**
 * The width of a number in em, set in the bold weight of the page's font.
 * @param {string} number
 */
export function numberEms(number) {
  return ems(number) + PREFIX_GAP_EM;
}

/**
 * The width of the longest word of a name in em, in the same weight: no line of it can be narrower.
 * @param {string} name
 */
export function wordEms(name) {
  return Math.max(1, ...name.split(/[\s-]+/).map(ems));
}

let family = ""; // the page's; asked for once, since each time the page's styles are worked out for it

/** @param {string} text */
function ems(text) {
  family = family || getComputedStyle(document.body).fontFamily;
  return Math.ceil(widthOf(text, `700 ${MEASURE_PX}px ${family}`)) / MEASURE_PX || text.length * 0.7;
}

/**
 * How much smaller a name must be drawn to be read at a glance: "" up to 40 letters, "is-long", "is-very-long" beyond
 * 80.
 * @param {string} name
 */
export function lengthOf(name) {
  return name.length > 80 ? " is-long is-very-long" : name.length > 40 ? " is-long" : "";
}
