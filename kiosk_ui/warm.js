/** Icons that must be there when the network is not. @module */

import { iconUrl } from "../static/js/icons.js";

/**
 * Fetches icons ahead of their need; the browser keeps them.
 * @param {string[]} names
 */
export function warmIcons(names) {
  for (const name of names) new Image().src = iconUrl(name);
}
