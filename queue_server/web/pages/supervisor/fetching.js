/**
 * Keeps a document fresh: fetched every so often, sooner when there is news, never more than one request at a time.
 * @module
 */

import { get } from "../../static/js/api.js";

/**
 * @template {string} Address
 * @param {Address} path
 * @param {{every: number, least?: number}} pace  ms between two fetches, and the least even when there is news
 * @param {(document: import("../../static/js/documents.js").Answer<Address>) => void} take
 * @param {(error: import("../../static/js/api.js").ApiError) => void} trouble
 * @returns {() => void} says that there is news
 */
export function keepFetched(path, { every, least = every }, take, trouble) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  let began = -least;
  let busy = false;
  let news = false;
  const after = (/** @type {number} */ pause) => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(0, began + pause - performance.now()));
  };
  async function look() {
    [busy, news, began] = [true, false, performance.now()];
    try {
      take((await get(path)).body);
    } catch (error) {
      trouble(/** @type {import("../../static/js/api.js").ApiError} */ (error));
    }
    busy = false;
    after(news ? least : every);
  }
  return () => {
    news = true;
    if (!busy) after(least);
  };
}
