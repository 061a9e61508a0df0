/**
 * Elements from script, without markup strings: the content policy forbids those, and they are where injection lives.
 * @module
 */

const PAINT_PATIENCE_MS = 1000;

/**
 * @typedef {Node|string|number|null|undefined|false} Child
 */

/**
 * Makes an element: `h("button", {class: "choice", onclick: take}, "Ambil nomor")`.
 * A property that is a function named `on…` listens; `true` sets a bare attribute; `null` and `false` set nothing.
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Child|Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) element.style.setProperty(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/**
 * The element with this id, which the page's own shell has.
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`This page has no #${id}`);
  return element;
}

/**
 * Whether two elements hold the same: what does not change is not drawn anew.
 * @param {Element} one
 * @param {Element} other
 */
export function sameInside(one, other) {
  const [ours, theirs] = [[...one.childNodes], [...other.childNodes]];
  return ours.length === theirs.length && ours.every((node, n) => node.isEqualNode(theirs[n]));
}

/**
 * Does something once what was just drawn stands on the glass; soon in any case, for a page that is not seen draws
 * nothing.
 * @param {() => void} act
 */
export function afterPaint(act) {
  let done = false;
  const once = () => {
    if (!done) act();
    done = true;
  };
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(once)));
  setTimeout(once, PAINT_PATIENCE_MS);
}
