/** What stands on a counter's tile. @module */

/**
 * "Loket 5" stands there as "5": the word is beside the tile or at its head.
 * @param {{name: string}} counter
 */
export function tileOf(counter) {
  return counter.name.replace(/^\D+/, "") || counter.name;
}
