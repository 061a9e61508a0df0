/**
 * Which way a zone lies depends on where a wall hangs, so it is said in the wall's own address:
 * `?arrows=A:left,B:right`. Without it no arrow is shown; a wrong one is worse than none.
 * @module
 */

const DIRECTIONS = ["left", "right", "up", "down"];

/**
 * @param {string} search  the query of the page's address
 * @returns {Record<string, string>} zone -> direction
 */
export function readArrows(search) {
  /** @type {Record<string, string>} */
  const arrows = {};
  for (const pair of (new URLSearchParams(search).get("arrows") || "").split(",")) {
    const [zone, direction] = pair.split(":");
    if (DIRECTIONS.includes(direction)) arrows[zone] = direction;
  }
  return arrows;
}

/** The icon of a direction. @param {string} direction */
export function arrowName(direction) {
  return `arrow-${direction}`;
}
