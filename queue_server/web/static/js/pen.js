/**
 * How wide a text is. Chromium keeps what a canvas has measured for as long as the canvas lives, more than a kilobyte
 * for each text that is new to it: a screen that runs for months takes a new canvas now and then.
 * @module
 */

const MOST_TEXTS = 100; // measured with one canvas

/** @type {CanvasRenderingContext2D|null} */
let pen = null;
let left = 0;

/**
 * Its width in px; NaN where the browser has no canvas.
 * @param {string} text
 * @param {string} font  as CSS writes it
 */
export function widthOf(text, font) {
  if (!left) [pen, left] = [document.createElement("canvas").getContext("2d"), MOST_TEXTS];
  left -= 1;
  if (!pen) return NaN;
  pen.font = font;
  return pen.measureText(text).width;
}
