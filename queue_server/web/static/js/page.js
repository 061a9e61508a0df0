/** The data the server put into this page. @module */

/**
 * Reads the page's data block once.
 * @template {import("./documents.js").PageData} T
 * @returns {T}
 */
export function pageData() {
  const block = document.getElementById("page-data");
  if (!block) throw new Error("This page carries no #page-data block");
  return JSON.parse(block.textContent || "{}");
}
