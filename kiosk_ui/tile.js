/** What stands on a counter's tile. @module */

import { say } from "../static/js/texts.js";

/**
 * "Loket A1" stands there as "A1": the word is beside the tile or at its head. A counter called otherwise keeps its
 * whole name. The walls go by the same rule (`placeName`), so that a visitor finds on the wall what the phone says.
 * @param {{name: string}} counter
 */
export function tileOf(counter) {
  return counter.name.replace(/^loket\s+(?=.)/i, "");
}

/**
 * The word over the tile; none for a counter whose tile has its whole name.
 * @param {{name: string}} counter
 */
export function wordOf(counter) {
  return tileOf(counter) === counter.name ? "" : say("counter");
}

/**
 * The counter in a sentence: "Loket A1" in the page's language, "Ruang Wawancara" as it is.
 * @param {{name: string}} counter
 */
export function counterInWords(counter) {
  return wordOf(counter) ? say("counter_n", { counter: tileOf(counter) }) : counter.name;
}
