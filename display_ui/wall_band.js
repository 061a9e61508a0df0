/** The band: who is called where, very large. Ink and yellow mean now, white means it is over. @module */

import { showNumber } from "../static/js/format.js";
import { icon } from "../static/js/icons.js";
import { say } from "../static/js/texts.js";
import { arrowName } from "./arrows.js";
import { placeName } from "./directory.js";
import { byId, still, wallUnit } from "./dom.js";
import { fitSize } from "./fit.js";

const NUMBER_U = 35;
const PORTRAIT = matchMedia("(max-aspect-ratio: 3/4)");

/**
 * @typedef {import("../static/js/documents.js").Call} Call
 * @typedef {import("./directory.js").Directory} Directory
 */

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
    byId("band-mark").replaceChildren(icon("unplug"));
  }

  /**
   * A call is on.
   * @param {Call} call
   * @param {string} label
   * @param {number} hold_ms
   */
  call(call, label, hold_ms) {
    this.draw(call, label, "");
    this.element.dataset.state = "call";
    if (still()) return;
    byId("band-number").animate([{ opacity: 0 }, { opacity: 1 }], { duration: 150 });
    byId("place").animate([{ opacity: 1 }, { opacity: 0.7 }, { opacity: 1 }], { duration: 1000, iterations: 2, easing: "ease-in-out" });
    this.shorten(hold_ms, 1);
  }

  /** The call now shown stays so long from now on. @param {number} left_ms */
  retime(left_ms) {
    if (!this.running || still()) return;
    const timing = this.running.effect ? this.running.effect.getComputedTiming() : {};
    this.shorten(left_ms, this.from * (1 - Number(timing.progress || 0)));
  }

  /** The yellow line: how long the call still stays. @param {number} ms @param {number} from  0 to 1 */
  shorten(ms, from) {
    if (this.running) this.running.cancel();
    this.from = from;
    this.running = this.line.animate([{ transform: `scaleX(${from})` }, { transform: "scaleX(0)" }], { duration: Math.max(1, ms) });
  }

  /**
   * Nobody is being called: the last call stays, in white.
   * @param {Call} call
   * @param {string} label
   * @param {string} about  beside the label, instead of the agency and the service
   */
  rest(call, label, about) {
    this.draw(call, label, about);
    this.settle("rest");
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

  /** @param {boolean} lost  show the mark of a lost connection before the label */
  lost(lost) {
    byId("band-mark").hidden = !lost;
  }

  /** The window or the font has changed: fit anew what is shown. */
  refit() {
    if (this.shown) this.draw(this.shown.call, this.shown.label, this.shown.about);
  }

  /** @param {Call} call @param {string} label @param {string} about */
  draw(call, label, about) {
    this.shown = { call, label, about };
    byId("band-label").textContent = label;
    this.about(about ? [about] : this.aboutCall(call));
    this.fit(byId("band-number"), call.number, 0.07);
    showNumber(byId("band-number"), call.number);
    const { word, place } = placeName(call.counter_name);
    byId("place-word").textContent = word;
    this.fit(byId("place-number"), place, 0);
    byId("place-number").textContent = place;
    this.zone(this.directory.zoneOf(call.counter));
  }

  /** What to say beside the label, the longest first. @param {Call} call */
  aboutCall(call) {
    const agency = this.directory.agencyOf(call);
    const name = agency ? agency.short_name : "";
    const service = this.directory.serviceName(call.service);
    return service ? [`${name}, ${service}`, name] : [name];
  }

  /** Shows the longest of the texts that fits. @param {string[]} texts */
  about(texts) {
    const element = byId("band-about");
    const line = /** @type {HTMLElement} */ (element.parentElement);
    for (const text of texts) {
      element.textContent = text;
      if (line.scrollWidth <= line.clientWidth) return;
    }
  }

  /**
   * Sizes a large text to the room it has.
   * @param {HTMLElement} element
   * @param {string} text
   * @param {number} extra_em
   */
  fit(element, text, extra_em) {
    const box = getComputedStyle(element);
    const room = element.clientWidth - parseFloat(box.paddingLeft) - parseFloat(box.paddingRight);
    if (!room) return;
    const most = (PORTRAIT.matches && element.id === "place-number" ? 28 : NUMBER_U) * wallUnit();
    element.style.setProperty("font-size", `${fitSize(text, room, most, extra_em)}px`);
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
