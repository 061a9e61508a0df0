/** The data the server put into this page. @module */

/** Every file of this page has arrived: `waking.js` need not load it anew. */
export function markStarted() {
  document.documentElement.dataset.started = "yes";
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
