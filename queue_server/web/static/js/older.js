/**
 * What browsers from Chromium 68 on (televisions of 2020) lack of what our scripts use. A page's own data module
 * imports this, so it is there before any page begins.
 * @module
 */

/** Level by level, as the standard says. @param {any[]} list @param {number} depth @returns {any[]} */
function flattened(list, depth) {
  if (depth < 1) return list.slice();
  return list.reduce((all, one) => all.concat(Array.isArray(one) && depth > 1 ? flattened(one, depth - 1) : one), []);
}

/** @param {object} on @param {string} name @param {Function} value */
function lend(on, name, value) {
  if (!(name in on)) Object.defineProperty(on, name, { value, writable: true, configurable: true });
}

lend(Array.prototype, "flat", /** @this {any[]} */ function (/** @type {number[]} */ ...depth) {
  return flattened(this, depth.length ? depth[0] : 1);
});
/** @typedef {(one: any, n: number, all: any[]) => any} Each */
lend(Array.prototype, "flatMap", /** @this {any[]} */ function (/** @type {Each} */ what) {
  return flattened(this.map(what), 1);
});
for (const parent of [Element.prototype, Document.prototype, DocumentFragment.prototype]) {
  lend(parent, "replaceChildren", /** @this {Element} */ function (/** @type {(Node|string)[]} */ ...children) {
    while (this.lastChild) this.removeChild(this.lastChild);
    this.append(...children);
  });
}
