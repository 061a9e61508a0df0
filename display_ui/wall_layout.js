/**
 * How large and how many the rows of a wall's lists are.
 *
 * A letter is read at *d* metres if its capital height is at least d ÷ 0.4 millimetres. A site that asks for more than
 * the usual size gets fewer, larger rows: a row is never made smaller to keep their number.
 * @module
 */

const CAP = 0.668; // capital height of the typeface, in em
const MM_PER_M = 1 / 0.4;
const USUAL_U = 7.6; // size of a row's number in wall units (hundredths of the screen's height)
const LEADING = 1.13; // a row's height by its number's size
const MOST = 1.3; // rows grow at most so far beyond what is needed to fill the room
const NUMBER_EM = 4.1; // room for a number, five characters and a space
const TILE_GAP_EM = 0.13; // beside a counter's tile
const FIXED_U = 4; // bar, and a space before the tile

/**
 * @typedef {object} Room
 * @property {number} width  px of all lists together
 * @property {number} height  px for the rows of one list
 * @property {number} u  px of one wall unit
 * @property {number} gap  px between two columns
 * @property {number} mm_per_px
 * @property {number} viewer_m  distance of the farthest viewer
 * @property {number} tile_em  width of a counter's tile, by the number's size
 * @property {number} columns  wanted
 */

/**
 * The size of a row's number in px that the farthest viewer can read.
 * @param {{viewer_m: number, mm_per_px: number}} room
 */
export function neededSize({ viewer_m, mm_per_px }) {
  return (viewer_m * MM_PER_M) / CAP / mm_per_px;
}

/**
 * @param {Room} room
 * @returns {{columns: number, rows: number, size: number, row_height: number, column_width: number, spare: number}}
 *   px; size: of a row's number; spare: width left beside number and tile, for the agency's name
 */
export function planRows(room) {
  const least = Math.max(USUAL_U * room.u, neededSize(room));
  const rows = Math.max(1, Math.floor(room.height / (least * LEADING) + 0.02));
  const row_height = Math.min(room.height / rows, least * LEADING * MOST);
  const size = row_height / LEADING;
  const width = (/** @type {number} */ columns) => (room.width - room.gap * (columns - 1)) / columns;
  const taken = (NUMBER_EM + room.tile_em + TILE_GAP_EM) * size + FIXED_U * room.u;
  let columns = Math.max(1, room.columns);
  while (columns > 1 && width(columns) < taken) columns -= 1;
  return { columns, rows, size, row_height, column_width: width(columns), spare: width(columns) - taken };
}

/**
 * Millimetres of one CSS pixel on a screen of this diagonal.
 * @param {number} inches
 * @param {number} width  px
 * @param {number} height  px
 */
export function mmPerPx(inches, width, height) {
  return (inches * 25.4) / Math.hypot(width, height);
}
