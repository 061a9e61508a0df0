/** Small hands for the page. @module */

/** The element with this id; a page without it is broken. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`#${id} is missing`);
  return element;
}

/**
 * A new element with a class and a text.
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
export function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** Whether the viewer asked for stillness. */
export function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** One wall unit in px: a hundredth of the screen's height, or width where it stands upright (see wall.css). */
export function wallUnit() {
  return parseFloat(getComputedStyle(byId("band-line")).height) / 0.9;
}
