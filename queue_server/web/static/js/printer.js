/**
 * The slip, printed by this browser: a hidden frame that prints itself. Printing comes after the ticket, never before.
 * @module
 */

import { lang } from "./texts.js";
import { byId } from "./dom.js";

const WIDTHS = ["58", "80"];
const PATIENCE_MS = 10000;

/** Paper width in mm from the kiosk's address (`?slip=58`), 80 unless told; 0: this kiosk has no printer. */
export function paperWidth() {
  const asked = new URLSearchParams(location.search).get("slip") || "80";
  return asked === "0" ? 0 : Number(WIDTHS.includes(asked) ? asked : "80");
}

/**
 * Prints the ticket's slip. A browser never learns whether paper came out; what can be told is a slip that did not
 * load.
 * @param {string} token
 * @param {number} width  mm
 * @param {() => void} onBegun  the slip is on its way to the printer
 * @param {() => void} onFailure
 */
export function printSlip(token, width, onBegun, onFailure) {
  const frame = /** @type {HTMLIFrameElement} */ (byId("printer"));
  const late = setTimeout(onFailure, PATIENCE_MS);
  const heard = (/** @type {MessageEvent} */ event) => {
    if (event.source !== frame.contentWindow || event.data !== "slip-printing") return;
    clearTimeout(late);
    window.removeEventListener("message", heard);
    onBegun();
  };
  window.addEventListener("message", heard);
  // Replaced, not set: a kiosk's history stays empty, so no gesture leads back to another visitor's slip.
  frame.contentWindow?.location.replace(`/t/${token}/slip?width=${width}&lang=${lang()}`);
}
