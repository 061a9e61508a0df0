/** The lists of earlier calls under the band, one per zone. @module */

import { showNumber } from "../static/js/format.js";
import { icon } from "../static/js/icons.js";
import { say } from "../static/js/texts.js";
import { arrowName } from "./arrows.js";
import { byId, make, still, wallUnit } from "./dom.js";
import { fitName, fitSize, widthEm } from "./fit.js";
import { mmPerPx, planRows } from "./wall_layout.js";
import { columnsOf } from "./wall_model.js";

const HEAD_U = 6.8;
const AGENCY_U = 3.7;
const AGENCY_EMS = 10; // of an agency's name are worth showing; a longer one ends in an ellipsis
const TILE_EM = 1.72; // of the row's number: as wide as "12" needs
const WIDEST_TILE_EM = 4.6;
const SHORT = 3; // letters of a counter that stands on one line
const NAME_SIZE = 0.4; // of the row's number: a name's letters
const APPEAR = { from: 0.6, ms: 300 }; // a new row is there at once, only paler: nothing may hide who is called

/**
 * @typedef {import("../static/js/documents.js").Call} Call
 * @typedef {import("./directory.js").Directory} Directory
 */

export class Lists {
  /**
   * @param {Directory} directory
   * @param {string[]} zones  the zones this wall shows
   * @param {Record<string, string>} arrows
   */
  constructor(directory, zones, arrows) {
    this.directory = directory;
    this.zones = zones;
    this.arrows = arrows;
    this.element = byId("lists");
    /** @type {Call[]} */
    this.calls = [];
    /** @type {HTMLElement[]} */
    this.columns = [];
    /** @type {(string|null)[]} */
    this.shown = zones;
    this.tile_em = TILE_EM;
    this.plan = this.measure();
    this.lay();
  }

  /** Whether the zones stand one under the other, as on a portrait wall. */
  stacked() {
    return getComputedStyle(this.element).gridAutoFlow.includes("row");
  }

  /** Sizes and counts of rows and columns, from the room there is and the farthest viewer. */
  measure() {
    const style = getComputedStyle(this.element);
    const u = wallUnit();
    const stacked = this.stacked();
    const { wall } = this.directory.site;
    return {
      u,
      ...planRows({
        u, gap: parseFloat(style.columnGap) || 0, viewer_m: wall.farthest_viewer_m,
        width: this.element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight),
        height: this.element.clientHeight / (stacked ? this.zones.length : 1) - HEAD_U * u,
        mm_per_px: mmPerPx(wall.screen_inches, innerWidth, innerHeight),
        tile_em: this.tile_em,
        columns: stacked ? 1 : Math.max(2, this.zones.length),
      }),
    };
  }

  /** Works out everything anew: at the start, and when the window or the font changes. */
  lay() {
    this.tile_em = Math.max(...this.directory.site.counters.map(({ tile }) => tileEm(tile)));
    this.plan = this.measure();
    const each = this.stacked() || this.plan.columns === this.zones.length;
    const named = this.directory.site.wall.zones.length > 1 && (this.zones.length === 1 || each);
    this.shown = named ? this.zones : [null];
    this.element.style.setProperty("--row", `${this.plan.row_height}px`);
    this.element.style.setProperty("--row-size", `${this.plan.size}px`);
    this.element.style.setProperty("--tile-em", String(this.tile_em));
    const longest = Math.max(...this.directory.site.agencies.map((one) => widthEm(one.short_name, 400)));
    this.element.classList.toggle(
      "no-agency", this.plan.spare < Math.min(longest, AGENCY_EMS) * AGENCY_U * this.plan.u);
    this.element.replaceChildren();
    this.columns = [];
    this.show(this.calls);
  }

  /** @param {Call[]} calls  newest first, without the band's */
  show(calls) {
    this.calls = calls;
    this.element.classList.toggle("is-empty", !calls.length);
    const columns = columnsOf(calls, this.shown, this.plan, this.directory);
    columns.forEach((column, n) => {
      if (!this.columns[n]) this.columns[n] = this.column(column.zone, n > 0 && this.shown.length === 1);
      this.fill(this.columns[n], column.calls);
    });
  }

  /**
   * @param {string|null} zone
   * @param {boolean} further  the list of the column before goes on here
   */
  column(zone, further) {
    const list = make("div", "list");
    const head = make("div", "list-head");
    const title = zone === null ? say("earlier_calls") : say("zone_n", { zone });
    const where = make("span", "list-zone", further ? "" : title);
    const direction = zone === null || further ? "" : this.arrows[zone];
    if (direction) {
      const arrow = icon(arrowName(direction));
      arrow.classList.add("arrow");
      where.prepend(arrow);
    }
    head.append(where, make("span", "list-place", say("counter")));
    const rows = make("div", "rows");
    list.append(head, rows);
    this.element.append(list);
    return rows;
  }

  /**
   * Makes the rows of one column these calls; rows that stay are not made anew.
   * @param {HTMLElement} rows
   * @param {Call[]} calls
   */
  fill(rows, calls) {
    const old = /** @type {HTMLElement[]} */ (Array.from(rows.children));
    const known = new Map(old.map((row) => [row.dataset.key, row]));
    const fresh = calls.map((call) => known.get(keyOf(call)) || this.row(call));
    if (fresh.length === old.length && fresh.every((row, n) => row === old[n])) return;
    rows.replaceChildren(...fresh);
    if (!old.length || still()) return;
    for (const row of fresh) {
      if (!old.includes(row)) row.animate([{ opacity: APPEAR.from }, { opacity: 1 }], { duration: APPEAR.ms });
    }
  }

  /** A counter in its tile: a number as large as the row's, a name over two or three lines. @param {string} text */
  tile(text) {
    const { size: row } = this.plan;
    const room = { width: (this.tile_em - 0.22) * row, height: 0.86 * this.plan.row_height };
    const { size, lines } = text.length <= SHORT
      ? { size: fitSize(text, room.width, 0.947 * row), lines: 1 }
      : fitName(text, room, 0.947 * row, 0.24 * row);
    const tile = make("span", lines > 1 ? "row-place tile is-words" : "row-place tile", text);
    tile.style.setProperty("font-size", `${size}px`);
    return tile;
  }

  /** @param {Call} call */
  row(call) {
    const row = make("div", "row");
    row.dataset.key = keyOf(call);
    const agency = this.directory.agencyOf(call);
    if (agency && agency.color) row.style.setProperty("--agency", agency.color);
    const number = make("span", "row-number number tabular");
    showNumber(number, call.number);
    const tile = this.tile(this.directory.counterOf(call).tile);
    row.append(make("span", "row-bar"), number, make("span", "row-agency", agency ? agency.short_name : ""), tile);
    return row;
  }
}

/** How wide a tile must be for a name at a legible size, in em of the row's number. @param {string} text */
function tileEm(text) {
  const words = Math.max(...text.split(/\s+/).map((word) => widthEm(word, 700)));
  const two = Math.max(words, 0.55 * widthEm(text, 700)); // about half of it on each of two lines
  return text.length <= SHORT ? TILE_EM : Math.min(WIDEST_TILE_EM, Math.max(TILE_EM, NAME_SIZE * two + 0.3));
}

/** @param {Call} call */
function keyOf(call) {
  return `${call.epoch}:${call.number}:${call.counter}`;
}
