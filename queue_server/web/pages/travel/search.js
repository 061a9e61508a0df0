/** Finds what somebody types among words, in spite of a slip of the finger. @module */

const FEW = 4; // letters: of shorter words a typing error leaves too little
const MANY = 8; // letters: from here on two errors are let pass

/** Small letters without accents, one space between words. @param {string} text */
export function plain(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
}

/**
 * What matters of it: without the words that say nothing, unless nothing else is left.
 * @param {string} asked @param {string[]} ignored
 */
export function tokens(asked, ignored) {
  const all = plain(asked).split(" ").filter(Boolean);
  const said = all.filter((word) => ignored.indexOf(word) < 0);
  return said.length ? said : all;
}

/**
 * Which of the lists of words are meant: those that have most of what was asked for.
 * @param {string} asked @param {string[][]} lists @param {string[]} ignored
 * @returns {boolean[]}
 */
export function meant(asked, lists, ignored) {
  const scores = lists.map(() => 0);
  for (const token of tokens(asked, ignored)) {
    const sure = lists.map((words) => words.some((word) => word.startsWith(token)));
    const found = sure.some(Boolean) ? sure : lists.map((words) => words.some((word) => near(token, word)));
    found.forEach((is, n) => { scores[n] += is ? 1 : 0; });
  }
  const best = Math.max(0, ...scores);
  return scores.map((score) => !asked.trim() || (best > 0 && score === best));
}

/**
 * In which order they are shown: the one whose name was typed first, then those whose names have most of the words, a
 * whole word before the beginning of one; the others as they stood.
 * @param {string} asked @param {string[]} names @param {string[]} ignored
 * @returns {number[]}  places of `names`
 */
export function ordered(asked, names, ignored) {
  const said = asked.trim() ? tokens(asked, ignored) : [];
  const scores = names.map((name) => {
    const words = plain(name).split(" ");
    const of = (/** @type {string} */ token) =>
      (words.indexOf(token) >= 0 ? 2 : words.some((word) => word.startsWith(token)) ? 1 : 0);
    const whole = said.length && tokens(name, ignored).join(" ") === said.join(" ");
    return said.reduce((sum, token) => sum + of(token), whole ? 1 : 0);
  });
  return names.map((_, n) => n).sort((one, other) => scores[other] - scores[one] || one - other);
}

/**
 * Whether a word was meant, with one wrong, missing, added or swapped letter; two in a long one.
 * @param {string} typed @param {string} word
 */
export function near(typed, word) {
  if (typed.length < FEW) return false;
  const most = typed.length < MANY ? 1 : 2;
  return Math.abs(typed.length - word.length) <= most && apart(typed, word) <= most;
}

/** How many such errors lie between two words. @param {string} one @param {string} other */
function apart(one, other) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: other.length + 1 }, (_, n) => n)];
  for (let y = 1; y <= one.length; y += 1) {
    const row = [y];
    for (let x = 1; x <= other.length; x += 1) {
      const same = one[y - 1] === other[x - 1];
      row[x] = Math.min(rows[y - 1][x] + 1, row[x - 1] + 1, rows[y - 1][x - 1] + (same ? 0 : 1));
      if (x > 1 && y > 1 && one[y - 1] === other[x - 2] && one[y - 2] === other[x - 1]) {
        row[x] = Math.min(row[x], rows[y - 2][x - 2] + 1);
      }
    }
    rows.push(row);
  }
  return rows[one.length][other.length];
}
