/** The data the server put into this page. @module */

import "./older.js";

/** Every file of this page has arrived: `waking.js` need not load it anew. */
export function markStarted() {
  document.documentElement.dataset.started = "yes";
}

const ALIVE_EVERY_MS = 10000;
let aliveAt = -ALIVE_EVERY_MS;

/**
 * The scripts of this page still run: for whoever watches over a screen without a person (`config/deploy/screen`).
 * Call it once a second or so.
 */
export function markAlive() {
  const now = performance.now();
  if (now - aliveAt < ALIVE_EVERY_MS) return;
  aliveAt = now;
  document.documentElement.dataset.alive = String(Math.round(now));
}

/**
 * Reads the page's data block once; a page begins with this.
 * @template {import("./documents.js").PageData} T
 * @returns {T}
 */
export function pageData() {
  markStarted();
  const block = document.getElementById("page-data");
  if (!block) throw new Error("This page carries no #page-data block");
  return JSON.parse(block.textContent || "{}");
}
