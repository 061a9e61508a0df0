/** The band: who is called where, very large. Ink and yellow mean now, white means it is over. @module */

import { isNumbered, wordOf } from "../static/js/counters.js";
import { showNumber } from "../static/js/format.js";
import { icon } from "../static/js/icons.js";
import { say } from "../static/js/texts.js";
import { arrowName } from "./arrows.js";
import { byId, still, wallUnit } from "./dom.js";
import { fitName, fitSize, widthEm } from "./fit.js";

const NUMBER_U = 35;
const PLACE_PORTRAIT_U = 28;
const PLACE_HEIGHT_U = 22; // of a name over several lines, the zone above it
const LEAST_U = 3.7; // no text of a wall is smaller
const FEW_LETTERS = 6; // "12A" stands on one line
const PORTRAIT = matchMedia("(max-aspect-ratio: 3/4)");

/**
 * @typedef {import("../static/js/documents.js").Call} Call
 * @typedef {import("./directory.js").Directory} Directory
 * @typedef {{number: number, place: number, line_em: number, wraps: boolean, u: number}} Room
 *   px of the large number, px of the counter's, em of the line above (its parts under each other: wraps), px of one
 * wall unit
 */

const LABEL_GAP_EM = 0.45; // as in wall.css

export class Band {
  /**
   * @param {Directory} directory
   * @param {Record<string, string>} arrows  zone -> direction, as this wall hangs
   */
  constructor(directory, arrows) {
    this.directory = directory;
    this.arrows = arrows;
    this.element = byId("band");
    this.line = byId("band-line");
    /** @type {Animation|null} */
    this.running = null;
    this.from = 1;
    this.lasts = 1; // ms
    /**
     * Measured once, until the window or the font changes, beside a picture and without: it costs a layout of the page.
     * @type {{[beside: string]: Room}}
     */
    this.rooms = {};
    byId("band-mark").replaceChildren(icon("unplug"));
  }

  /**
   * A call is on.
   * @param {Call} call
   * @param {string} label
   * @param {number} hold_ms
   */
  call(call, label, hold_ms) {
    this.element.dataset.state = "call"; // before the drawing: what is hidden has no size
    this.draw(call, label, "");
    if (still()) return;
    byId("place").animate([{ opacity: 1 }, { opacity: 0.7 }, { opacity: 1 }],
      { duration: 1000, iterations: 2, easing: "ease-in-out" });
    this.shorten(hold_ms, 1);
  }

  /** The call now shown stays so long from now on. @param {number} left_ms */
  retime(left_ms) {
    if (!this.running || still()) return;
    this.shorten(left_ms, this.from * (1 - this.passed()));
  }

  /** How much of the yellow line's time has passed, 0 to 1. Chromium before 84 tells the time alone, not the part. */
  passed() {
    const time = this.running ? Number(this.running.currentTime || 0) : 0;
    return Math.min(1, time / this.lasts);
  }

  /** The yellow line: how long the call still stays. @param {number} ms @param {number} from  0 to 1 */
  shorten(ms, from) {
    if (this.running) this.running.cancel();
    this.from = from;
    this.lasts = Math.max(1, ms);
    this.running = this.line.animate(
      [{ transform: `scaleX(${from})` }, { transform: "scaleX(0)" }], { duration: this.lasts });
  }

  /**
   * Nobody is being called: the last call stays, in white.
   * @param {Call} call
   * @param {string} label
   * @param {string} about  beside the label, instead of the agency and the service
   */
  rest(call, label, about) {
    this.settle("rest");
    this.draw(call, label, about);
  }

  /**
   * Instead of a call: the hall is closed, or nobody was called yet.
   * @param {{title: string, text: string, small: string}} words
   */
  notice({ title, text, small }) {
    byId("notice-title").textContent = title;
    byId("notice-text").textContent = text;
    byId("notice-small").textContent = small;
    this.settle("notice");
  }

  /** @param {string} state */
  settle(state) {
    if (this.running) this.running.cancel();
    this.running = null;
    this.element.dataset.state = state;
  }

  /** Whether nobody is called and the last call stands there. */
  rests() {
    return this.element.dataset.state === "rest";
  }

  /** Whether a picture stands beside the last call. @param {boolean} on */
  beside(on) {
    if (this.element.classList.contains("has-media") === on) return;
    this.element.classList.toggle("has-media", on);
    if (this.shown && this.element.dataset.state === "rest") {
      this.draw(this.shown.call, this.shown.label, this.shown.about);
    }
  }

  /** @param {boolean} lost  show the mark of a lost connection before the label */
  lost(lost) {
    byId("band-mark").hidden = !lost;
  }

  /** The window or the font has changed: fit anew what is shown. */
  refit() {
    this.rooms = {};
    if (this.shown) this.draw(this.shown.call, this.shown.label, this.shown.about);
  }

  /** @param {Call} call @param {string} label @param {string} about */
  draw(call, label, about) {
    this.shown = { call, label, about };
    const room = this.measured();
    const counter = this.directory.counterOf(call);
    byId("band-label").textContent = label;
    const told = about || this.aboutCall(call, label, room);
    byId("band-about").textContent = told;
    byId("band-about").classList.toggle("is-long", this.taken(label, room) + widthEm(told, 400) > room.line_em);
    this.fit(byId("band-number"), fitSize(call.number, room.number, NUMBER_U * room.u, 0.07));
    showNumber(byId("band-number"), call.number);
    byId("place-word").textContent = wordOf(counter);
    this.tile(counter.tile, isNumbered(counter), room);
    this.zone(this.directory.zoneOf(call.counter));
  }

  /**
   * A counter's number on one line; a counter's own name on as many as make it large.
   * @param {string} text
   * @param {boolean} numbered
   * @param {Room} room
   */
  tile(text, numbered, room) {
    const element = byId("place-number");
    const most = (PORTRAIT.matches ? PLACE_PORTRAIT_U : NUMBER_U) * room.u;
    const { size, lines } = numbered && text.length <= FEW_LETTERS
      ? { size: fitSize(text, room.place, most), lines: 1 }
      : fitName(text, { width: room.place, height: PLACE_HEIGHT_U * room.u }, most, LEAST_U * room.u);
    element.classList.toggle("is-words", lines > 1);
    this.fit(element, size);
    element.textContent = text;
  }

  /** The room there is. No text changes it, only the window. */
  measured() {
    const beside = this.element.dataset.state === "rest" && this.element.classList.contains("has-media") ? "media" : "";
    if (this.rooms[beside]) return this.rooms[beside];
    const line = /** @type {HTMLElement} */ (byId("band-about").parentElement);
    const style = getComputedStyle(line);
    const line_em = line.clientWidth / parseFloat(style.fontSize);
    const room = { number: width("band-number"), place: width("place-number"), line_em,
      wraps: style.flexWrap === "wrap", u: wallUnit() };
    if (room.number && room.u) this.rooms[beside] = room;
    return room;
  }

  /**
   * What to say beside the label: agency and service, or the agency alone if that is too long.
   * @param {Call} call
   * @param {string} label
   * @param {Room} room
   */
  aboutCall(call, label, room) {
    const agency = this.directory.agencyOf(call);
    const name = agency ? agency.short_name : "";
    const service = this.directory.serviceName(call.service);
    if (!service) return name;
    const all = `${name}, ${service}`;
    return this.taken(label, room) + widthEm(all, 400) <= room.line_em ? all : name;
  }

  /** How much of the line the label takes, in em. @param {string} label @param {Room} room */
  taken(label, room) {
    return room.wraps ? 0 : widthEm(label, 700) + LABEL_GAP_EM;
  }

  /** Sizes a large text. @param {HTMLElement} element @param {number} size_px */
  fit(element, size_px) {
    if (size_px) element.style.setProperty("font-size", `${size_px}px`);
  }

  /** @param {string} zone */
  zone(zone) {
    const element = byId("place-zone");
    element.replaceChildren();
    if (this.directory.site.wall.zones.length < 2) return;
    const words = say("zone_n", { zone });
    const direction = this.arrows[zone];
    const arrow = direction ? icon(arrowName(direction)) : null;
    if (arrow) arrow.classList.add("arrow");
    element.append(...(arrow ? (direction === "right" ? [words, arrow] : [arrow, words]) : [words]));
  }
}

/** Width in px inside an element's padding. @param {string} id */
function width(id) {
  const element = byId(id);
  const box = getComputedStyle(element);
  return element.clientWidth - parseFloat(box.paddingLeft) - parseFloat(box.paddingRight);
}
