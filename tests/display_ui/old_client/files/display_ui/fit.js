/** Fits one line of large type into its room. @module */

const pen = document.createElement("canvas").getContext("2d");
let family = ""; // asked for once: asking may cost a layout of the page

/**
 * Width of a text in em.
 * @param {string} text
 * @param {400|700} weight
 */
export function widthEm(text, weight) {
  if (!pen) return text.length * 0.6;
  family = family || getComputedStyle(document.documentElement).getPropertyValue("--font");
  pen.font = `${weight} 100px ${family}`;
  return pen.measureText(text).width / 100;
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
