/** How wide a number is, so that CSS can make it as large as its place allows: W is twice as wide as J. @module */

const MEASURE_PX = 100;
const PREFIX_GAP_EM = 0.07; // as in tokens.css

/**
 * The width of a number in em, set in the bold weight of the page's font.
 * @param {string} number
 */
export function numberEms(number) {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return number.length * 0.7;
  pen.font = `700 ${MEASURE_PX}px ${getComputedStyle(document.body).fontFamily}`;
  return Math.ceil(pen.measureText(number).width) / MEASURE_PX + PREFIX_GAP_EM;
}
