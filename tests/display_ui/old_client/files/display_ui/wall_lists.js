/** The lists of earlier calls under the band, one per zone. @module */

import { showNumber } from "../static/js/format.js";
import { icon } from "../static/js/icons.js";
import { say } from "../static/js/texts.js";
import { arrowName } from "./arrows.js";
import { placeName } from "./directory.js";
import { byId, make, still, wallUnit } from "./dom.js";
import { fitSize, widthEm } from "./fit.js";
import { mmPerPx, planRows } from "./wall_layout.js";
import { columnsOf } from "./wall_model.js";

const HEAD_U = 6.8;
const AGENCY_U = 3.7;
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
        columns: stacked ? 1 : Math.max(2, this.zones.length),
      }),
    };
  }

  /** Works out everything anew: at the start, and when the window or the font changes. */
  lay() {
    this.plan = this.measure();
    const each = this.stacked() || this.plan.columns === this.zones.length;
    const named = this.directory.site.wall.zones.length > 1 && (this.zones.length === 1 || each);
    this.shown = named ? this.zones : [null];
    this.element.style.setProperty("--row", `${this.plan.row_height}px`);
    this.element.style.setProperty("--row-size", `${this.plan.size}px`);
    const longest = Math.max(...this.directory.site.agencies.map((one) => widthEm(one.short_name, 400)));
    this.element.classList.toggle("no-agency", this.plan.spare < longest * AGENCY_U * this.plan.u);
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

  /** @param {Call} call */
  row(call) {
    const row = make("div", "row");
    row.dataset.key = keyOf(call);
    const agency = this.directory.agencyOf(call);
    if (agency && agency.color) row.style.setProperty("--agency", agency.color);
    const number = make("span", "row-number number tabular");
    showNumber(number, call.number);
    const { place } = placeName(call.counter_name);
    const tile = make("span", "row-place tile", place);
    const size = fitSize(place, 1.5 * this.plan.size, 0.947 * this.plan.size);
    tile.style.setProperty("font-size", `${size}px`);
    row.append(make("span", "row-bar"), number, make("span", "row-agency", agency ? agency.short_name : ""), tile);
    return row;
  }
}

/** @param {Call} call */
function keyOf(call) {
  return `${call.epoch}:${call.number}:${call.counter}`;
}
