/** The national complaints site, as a link wherever a text of the phone names it. @module */

import { h } from "../../static/js/dom.js";

const SHOWN = "lapor.go.id";

/** A line in its parts, for `h`. @param {string} line @returns {(string|HTMLElement)[]} */
export function linked(line) {
  return line.split(SHOWN).flatMap((part, n) => (n
    ? [h("a", { href: `https://www.${SHOWN}`, rel: "noopener noreferrer" }, SHOWN), part] : [part]));
}
