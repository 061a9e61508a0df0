/** How a wait is told: in boxes of minutes, which are not raised again and again. @module */

import { clock, range } from "./format.js";
import { say } from "./texts.js";

/** @typedef {import("./documents.js").Estimate} Estimate */

const RAISED_EVERY_MS = 3 * 60 * 1000;
const HOUR = 60;

/** @param {Estimate} estimate @returns {[number, number|null]} */
const edges = ({ boxes }) => [boxes[0] || 0, boxes[1]];

/**
 * In words: "10–20 menit", "kurang dari 10 menit"; "" where nothing is known. All boxes together say nothing, so that
 * is not known either.
 * @param {Estimate|null} estimate
 */
export function waitWords(estimate) {
  if (!estimate) return "";
  const [from, to] = edges(estimate);
  if (from >= HOUR) return say("wait_hour");
  if (to === null) return from ? say("wait_over", { n: from }) : "";
  return from ? say("minutes_range", { range: range([from, to]) }) : say("wait_under", { n: to });
}

/** The same where there is no room for words: "< 10 menit". @param {Estimate|null} estimate */
export function waitShort(estimate) {
  if (!estimate) return "";
  if (edges(estimate)[0] >= HOUR) return say("wait_hour");
  const figure = waitFigure(estimate);
  return figure && say("minutes_range", { range: figure });
}

/** The same in a column of minutes: "< 5", "10–20", "> 60". @param {Estimate} estimate */
export function waitFigure(estimate) {
  const [from, to] = edges(estimate);
  if (to === null) return from ? `> ${from}` : "";
  return from ? range([from, to]) : `< ${to}`;
}

/**
 * When that is by the clock: "11.07–11.17"; "" where there is no upper edge.
 * @param {Estimate|null} estimate
 * @param {Date} from
 * @param {string} zone
 */
export function waitClock(estimate, from, zone) {
  if (!estimate || edges(estimate)[1] === null) return "";
  return range(edges(estimate).map((minutes) => clock(new Date(from.getTime() + (minutes || 0) * 60000), zone)));
}

/** Keeps what a screen shows from flickering: a box is raised at most every 3 minutes, unless the truth forces it. */
export class Steady {
  constructor() {
    /** @type {Map<string, {boxes: Estimate["boxes"], raised: number}>} */
    this.shown = new Map();
  }

  /**
   * What to show now of whose wait. The truth forces it where all that is expected lies beyond what is shown.
   * @template {Estimate|null} T
   * @param {string} whose
   * @param {T} estimate
   * @param {Date} now
   * @returns {T}
   */
  show(whose, estimate, now) {
    if (!estimate) {
      this.shown.delete(whose);
      return estimate;
    }
    const before = this.shown.get(whose);
    const [from, to] = edges(estimate).map((edge) => edge ?? Infinity);
    const [from_, to_] = before ? before.boxes.map((edge) => edge ?? Infinity) : [0, 0];
    const rises = from > from_ || to > to_;
    if (before && rises && from < to_ && now.getTime() - before.raised < RAISED_EVERY_MS) {
      return { ...estimate, boxes: before.boxes };
    }
    this.shown.set(whose, { boxes: estimate.boxes, raised: before && !rises ? before.raised : now.getTime() });
    return estimate;
  }
}
