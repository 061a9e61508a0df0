/** Outline icons by name, drawn in the colour of the text; always beside a word. @module */

import { address } from "./address.js";

/** Motifs the icon family lacks: drawn here in its style. */
const OUR_OWN = ["passport", "mosque", "priority"];

/**
 * The address of an icon's file.
 * @param {string} name
 */
export function iconUrl(name) {
  return address(`static/${OUR_OWN.includes(name) ? "icons" : "vendor/icons"}/${name}.svg`);
}

/**
 * Fetches icons ahead of their need, so that they are there when the network is not.
 * @param {string[]} names
 */
export function warmIcons(names) {
  for (const name of names) new Image().src = iconUrl(name);
}

/**
 * A `<span class="icon">` for this name, hidden from screen readers since a word stands beside it.
 * @param {string} name
 */
export function icon(name) {
  const element = document.createElement("span");
  element.className = "icon";
  element.setAttribute("aria-hidden", "true");
  element.style.setProperty("--icon", `url("${iconUrl(name)}")`);
  return element;
}
