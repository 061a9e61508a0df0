/** The slip prints itself when the kiosk holds it in a frame; opened by hand it only shows itself. @module */

import { markStarted } from "../static/js/page.js";
import { numberEms } from "../static/js/lettering.js";

const PX_PER_MM = 96 / 25.4;

markStarted();

/** Paper as long as what stands on it: a roll has no pages. */
function cutToLength() {
  const { width } = document.body.dataset;
  const height = Math.ceil(document.body.getBoundingClientRect().height / PX_PER_MM) + 1;
  const own = [...document.styleSheets].find((sheet) => (sheet.href || "").endsWith("slip.css")); // or in its bundle
  own?.insertRule(`@page { size: ${width}mm ${height}mm; margin: 0; }`, own.cssRules.length);
}

async function print() {
  const code = /** @type {HTMLImageElement} */ (document.getElementById("qr"));
  // A slip without its code is still a slip: the link stands there in letters.
  await Promise.all([document.fonts.ready, code.decode().catch(() => undefined)]);
  const number = /** @type {HTMLElement} */ (document.getElementById("number"));
  number.style.setProperty("--ems", String(numberEms(number.textContent || "")));
  cutToLength();
  if (window.parent === window) return;
  window.parent.postMessage("slip-printing", location.origin);
  window.print();
}

print();
