/** Our own four faces, told apart by the mouth and never by colour; the words beside them say what is meant. @module */

const NS = "http://www.w3.org/2000/svg";
const MOUTHS = ["M14 35 Q24 22 34 35", "M15 34 Q24 28 33 34", "M14 29 Q24 38 34 29",
  "M12 27 H36 Q35 39 24 39 Q13 39 12 27 Z"];

/**
 * @param {number} score  1, the worst, to 4
 * @returns {SVGElement}
 */
export function face(score) {
  const svg = piece("svg", { viewBox: "0 0 48 48", class: "face", "aria-hidden": "true", focusable: "false" });
  svg.append(piece("circle", { cx: "24", cy: "24", r: "21.5" }));
  for (const x of ["17.5", "30.5"]) svg.append(piece("ellipse", { cx: x, cy: "19", rx: "2.3", ry: "3", class: "eye" }));
  svg.append(piece("path", { d: MOUTHS[score - 1] }));
  return svg;
}

/** @param {string} tag @param {Record<string, string>} given @returns {SVGElement} */
function piece(tag, given) {
  const made = /** @type {SVGElement} */ (document.createElementNS(NS, tag));
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  return made;
}
