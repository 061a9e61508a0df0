/** A slip from the counter's own printer: a hidden frame prints itself. The ticket is valid with or without paper. @module */

import { byId } from "../../static/js/dom.js";
import { lang } from "../../static/js/texts.js";

const PATIENCE_MS = 10000;

/** Paper width in mm from the page's address (`?slip=58`), else 80. */
function paperWidth() {
  return new URLSearchParams(location.search).get("slip") === "58" ? 58 : 80;
}

/** @param {string} token @param {() => void} onFailure  the slip did not load; whether paper came out, no browser knows */
export function printSlip(token, onFailure) {
  const frame = /** @type {HTMLIFrameElement} */ (byId("printer"));
  const late = setTimeout(onFailure, PATIENCE_MS);
  const heard = (/** @type {MessageEvent} */ event) => {
    if (event.source !== frame.contentWindow || event.data !== "slip-printing") return;
    clearTimeout(late);
    window.removeEventListener("message", heard);
  };
  window.addEventListener("message", heard);
  frame.contentWindow?.location.replace(`/t/${token}/slip?width=${paperWidth()}&lang=${lang()}`);
}
