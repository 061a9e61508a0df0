/**
 * The strip at the foot: who waits how long, and what to know. Texts change whole, by a fade; nothing scrolls.
 * @module
 */

import { serverNow } from "../static/js/clock.js";
import { clock, range } from "../static/js/format.js";
import { interruptionsOf, noticeOf, sinceOf, titleOf, whatIs } from "../static/js/interruptions.js";
import { icon } from "../static/js/icons.js";
import { say, sayCount } from "../static/js/texts.js";
import { openInstead } from "./counter_display_model.js";
import { byId, make } from "./dom.js";
import { isClosed } from "./wall_model.js";

const TURN_MS = 10000;
const FADE_MS = 300;

/**
 * @typedef {import("../static/js/documents.js").Board} Board
 * @typedef {import("../static/js/documents.js").Interruption} Interruption
 * @typedef {import("./directory.js").Directory} Directory
 */

export class Strip {
  /**
   * @param {Directory} directory
   * @param {string|null} zone  only this zone's services
   */
  constructor(directory, zone) {
    this.directory = directory;
    this.zone = zone;
    /** @type {Board|null} */
    this.board = null;
    this.stale = false;
    this.closed = false;
    this.turn = 0;
    this.split = false; // the two texts of this turn do not fit side by side: one after the other
    this.drawn = "";
    this.second = false; // the second of them is on show
    /** @type {Set<string>} */
    this.lasting = new Set(); // the interruptions that this strip knows
    this.fade = 0;
    this.timer = setInterval(() => this.change(), TURN_MS);
  }

  /** @param {Board} board */
  take(board) {
    const first = !this.board;
    this.board = board;
    this.closed = isClosed(board);
    this.turnToNews(board);
    if (first) this.draw();
    else this.renew();
  }

  /** What just stopped is told at once, not when its turn comes. @param {Board} board */
  turnToNews(board) {
    const lasting = interruptionsOf(board);
    const news = lasting.find(({ id }) => !this.lasting.has(id));
    this.lasting = new Set(lasting.map(({ id }) => id));
    if (!news) return;
    this.turn = this.notices().indexOf(this.headline(news));
    this.second = true; // where the two texts do not fit side by side, the notice comes first
    clearTimeout(this.fade);
    byId("strip").classList.remove("is-changing");
    clearInterval(this.timer);
    this.timer = setInterval(() => this.change(), TURN_MS);
  }

  /** @param {boolean} stale  figures that may be wrong are not shown */
  setStale(stale) {
    this.stale = stale;
    this.draw();
  }

  /** The next pair of texts. */
  change() {
    const strip = byId("strip");
    strip.classList.add("is-changing");
    this.fade = setTimeout(() => {
      this.second = this.split && !this.second;
      if (!this.second) this.turn += 1;
      this.draw();
      strip.classList.remove("is-changing");
    }, FADE_MS);
  }

  /** Figures of the service on show follow the board at once. */
  renew() {
    if (!this.stale && !byId("strip").classList.contains("is-changing")) this.draw();
  }

  /** The window or the font has changed: measure anew. */
  relay() {
    this.drawn = "";
    this.draw();
  }

  draw() {
    const waiting = byId("strip-waiting");
    const notice = byId("strip-notice");
    const left = this.stale ? [] : this.waitingParts();
    const notices = this.stale ? [say("stale_advice")] : this.notices();
    const text = notices.length ? notices[this.turn % notices.length] : "";
    const drawn = [...left.map((one) => one.textContent), text, this.second].join("|");
    if (drawn === this.drawn) return; // measuring costs a layout of the page
    this.drawn = drawn;
    waiting.replaceChildren(...left);
    notice.replaceChildren(...(text ? [icon("info"), make("span", "", text)] : []));
    waiting.hidden = !left.length;
    notice.hidden = !text;
    notice.classList.remove("is-long");
    this.split = left.length > 0 && text !== "" && overflows();
    if (this.split) (this.second ? waiting : notice).hidden = true;
    // What staff wrote, or a long name, stands on two lines, smaller: a sentence that is cut off tells nothing.
    notice.classList.toggle("is-long", !notice.hidden && overflows());
  }

  /** @returns {HTMLElement[]} */
  waitingParts() {
    const busy = this.busyServices();
    if (!busy.length) return [];
    const service = busy[this.turn % busy.length];
    const count = sayCount("people", service.people_waiting ?? service.waiting);
    const wait = service.estimate ? `, ${say("minutes_range", { range: range(service.estimate.minutes) })}` : "";
    const name = this.directory.serviceName(service.id) || service.name;
    return [make("span", "lead", say("waiting")), make("span", "strip-name", name), make("b", "", count + wait)];
  }

  busyServices() {
    const all = this.board ? this.board.services : [];
    return all.filter((one) => {
      const service = this.directory.services.get(one.id);
      return one.waiting > 0 && (!this.zone || !service || service.zone === this.zone);
    });
  }

  /** @returns {string[]} */
  notices() {
    // After closing nobody is at a counter to tell.
    const { missed_call: missed, services, timezone } = this.directory.site;
    const soon = services.filter(({ reason, reason_detail: detail }) => detail && detail.opens_at
      && (reason === "not_yet" || reason === "pause"));
    const later = soon.filter((one) => !this.zone || one.zone === this.zone).map((one) => say("opens_at", {
      service: this.directory.serviceName(one.id), time: clock(String(one.reason_detail.opens_at), timezone),
    }));
    const lasting = this.board ? interruptionsOf(this.board) : [];
    const troubles = lasting.map((one) => [
      this.headline(one), noticeOf(one), say("interruption_numbers_stay")])
      .reduce((all, some) => [...all, ...some.filter(Boolean)], /** @type {string[]} */ ([]));
    const rule = this.closed ? [] : [say("missed_rule", { n: missed.return_within_minutes })];
    return [...troubles, ...rule, ...this.resting(), ...later];
  }

  /** What is stopped, and since when. @param {Interruption} one */
  headline(one) {
    const { site } = this.directory;
    return `${titleOf(one, whatIs(one, site))}. ${sinceOf(one, site)}`;
  }

  /** Counters on a break: until when, and where to go meanwhile. @returns {string[]} */
  resting() {
    const board = this.board, { timezone } = this.directory.site;
    if (!board) return [];
    const zone = (/** @type {string} */ id) => this.directory.counters.get(id)?.zone;
    return board.counters.filter((one) => one.state === "break" && (!this.zone || zone(one.id) === this.zone))
      .map(({ id, name: counter, until }) => {
        const back = until && Date.parse(until) > serverNow().getTime() ? until : "";
        const time = back && clock(back, timezone);
        const rests = say(back ? "resting_until" : "resting", { counter, time });
        const others = openInstead(board, id, this.directory).slice(0, 2).join(", ");
        return others ? `${rests} ${say("resting_instead", { counters: others })}` : rests;
      });
  }
}

/** Whether what is on show has not room enough. */
function overflows() {
  const strip = byId("strip");
  return strip.scrollWidth > strip.clientWidth || strip.scrollHeight > strip.clientHeight;
}
