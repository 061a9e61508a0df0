/** Fits large type into its room: one line, or a name over several. @module */

import { widthOf } from "../static/js/pen.js";

let family = ""; // asked for once: asking may cost a layout of the page

/**
 * Width of a text in em.
 * @param {string} text
 * @param {400|700} weight
 */
export function widthEm(text, weight) {
  family = family || getComputedStyle(document.documentElement).getPropertyValue("--font");
  return widthOf(text, `${weight} 100px ${family}`) / 100 || text.length * 0.6;
}

/**
 * The largest size, at most `most`, at which the text fits.
 * @param {string} text
 * @param {number} room  px
 * @param {number} most  px
 * @param {number} [extra_em]  room taken besides the text, such as the gap after a prefix
 */
export function fitSize(text, room, most, extra_em = 0) {
  return Math.min(most, room / Math.max(0.01, widthEm(text, 700) + extra_em));
}

const LEADING = 1.08; // of lines under each other, a hair more than the style's
const MOST_LINES = 6;

/**
 * The largest size at which a name fits a box, over as many lines as that takes, broken between its words; a word that
 * is wider than the box is broken where the box ends, once it would else be smaller than `least`.
 * @param {string} text
 * @param {{width: number, height: number}} room  px
 * @param {number} most  px
 * @param {number} least  px
 * @returns {{size: number, lines: number}}
 */
export function fitName(text, { width, height }, most, least) {
  const words = text.split(/\s+/).filter(Boolean).map((word) => widthEm(word, 700));
  const best = { size: fitSize(text, width, most), lines: 1 };
  for (let lines = 2; lines <= Math.min(MOST_LINES, words.length); lines += 1) {
    const size = Math.min(most, width / narrowest(words, lines), height / (lines * LEADING));
    if (size > best.size * 1.02) Object.assign(best, { size, lines });
  }
  return best.size >= least ? best : { size: least, lines: Math.max(1, Math.floor(height / (least * LEADING))) };
}

/** The least width in em in which words stand on so many lines. @param {number[]} words  em @param {number} lines */
function narrowest(words, lines) {
  const space = widthEm(" ", 700);
  const starts = words.flatMap(
    (_, from) => words.slice(from).map((__, n) => run(words.slice(from, from + n + 1), space)));
  return Math.min(...starts.filter((width) => linesIn(words, width, space) <= lines));
}

/** @param {number[]} words @param {number} space */
function run(words, space) {
  return words.reduce((sum, width) => sum + width, space * (words.length - 1)) + 0.02;
}

/** How many lines the words take in this width. @param {number[]} words @param {number} width @param {number} space */
function linesIn(words, width, space) {
  if (words.some((word) => word > width)) return Infinity;
  let lines = 1;
  let taken = 0;
  for (const word of words) {
    if (taken && taken + space + word > width) {
      lines += 1;
      taken = word;
    } else taken += (taken ? space : 0) + word;
  }
  return lines;
}
