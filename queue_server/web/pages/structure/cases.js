/** What to bring by case, as a person types it: a line that ends in a colon begins one. @module */

/** @typedef {{when: string, items: string[]}} Case  in one language; the first has no name */

/** @param {string} text @returns {Case[]} */
function parted(text) {
  const cases = [{ when: "", items: /** @type {string[]} */ ([]) }];
  for (const line of text.split("\n").map((one) => one.trim()).filter(Boolean)) {
    if (line.endsWith(":")) cases.push({ when: line.slice(0, -1).trim(), items: [] });
    else cases[cases.length - 1].items.push(line);
  }
  return cases;
}

/**
 * The cases as a site file says them: each language's first, second … belong together. Without a case it is one list.
 * @param {[string, string][]} texts  language and what stands in its field
 * @returns {unknown} undefined: nothing is said
 */
export function casesOf(texts) {
  const told = texts.filter(([, text]) => text.trim())
    .map(([code, text]) => /** @type {[string, Case[]]} */ ([code, parted(text)]));
  if (!told.length) return undefined;
  const most = Math.max(...told.map(([, cases]) => cases.length));
  const of = (/** @type {number} */ n) => told.filter(([, cases]) => n < cases.length);
  const items = (/** @type {number} */ n) => plain(of(n).filter(([, cases]) => cases[n].items.length)
    .map(([code, cases]) => [code, cases[n].items]));
  if (most === 1) return items(0);
  const named = Array.from({ length: most - 1 }, (_, n) => (
    { when: plain(of(n + 1).map(([code, cases]) => [code, cases[n + 1].when])), items: items(n + 1) }));
  return told.some(([, cases]) => cases[0].items.length) ? [{ items: items(0) }, ...named] : named;
}

/** Indonesian alone needs no name of its language. @param {[string, unknown][]} byLanguage */
function plain(byLanguage) {
  if (byLanguage.length === 1 && byLanguage[0][0] === "id") return byLanguage[0][1];
  /** @type {Record<string, unknown>} */
  const table = {};
  for (const [code, value] of byLanguage) table[code] = value;
  return table;
}
