/**
 * The strip at the foot: who waits how long, and what to know. Texts change whole, by a fade; nothing scrolls.
 * @module
 */

import { serverNow } from "../static/js/clock.js";
import { clock } from "../static/js/format.js";
import { interruptionsOf, keptWords, noticeOf, sinceOf, titleOf, whatIs } from "../static/js/interruptions.js";
import { icon } from "../static/js/icons.js";
import { noticesAt, wordsOf } from "../static/js/notice.js";
import { say, sayCount } from "../static/js/texts.js";
import { Steady, waitShort } from "../static/js/wait.js";
import { openInstead } from "./counter_display_model.js";
import { byId, make } from "./dom.js";
import { isClosed } from "./wall_model.js";

const TURN_MS = 10000;
const FADE_MS = 300;
const LOOK_MS = 1000; // what begins or is over by the clock

/**
 * @typedef {import("../static/js/documents.js").Board} Board
 * @typedef {import("../static/js/documents.js").Interruption} Interruption
 * @typedef {import("./directory.js").Directory} Directory
 * @typedef {{text: string, urgent?: boolean, news?: string}} Telling  news: the id of what is told as soon as it begins
 */

export class Strip {
  /**
   * @param {Directory} directory
   * @param {string|null} zone  only this zone's services
   * @param {() => void} resized  the lists above have other room
   */
  constructor(directory, zone, resized) {
    this.resized = resized;
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
    /** @type {Set<string|undefined>} */
    this.known = new Set(); // the interruptions and urgent notices that this strip knows
    this.shown = ""; // the notices that it shows, by id
    this.fade = 0;
    this.steady = new Steady();
    this.timer = setInterval(() => this.change(), TURN_MS);
    setInterval(() => this.look(), LOOK_MS);
  }

  /** @param {Board} board */
  take(board) {
    const first = !this.board;
    this.board = board;
    this.closed = isClosed(board);
    this.turnToNews();
    if (first) this.draw();
    else this.renew();
  }

  /** A notice begins or is over without a word from the server. */
  look() {
    const shown = this.notices().map(({ id }) => id).join();
    if (shown === this.shown) return;
    this.shown = shown;
    this.turnToNews();
    this.renew();
  }

  /** What just stopped, and what is urgent, is told at once, not when its turn comes. */
  turnToNews() {
    const tellings = this.tellings();
    const news = tellings.findIndex(({ news: id }) => id && !this.known.has(id));
    this.known = new Set(tellings.map(({ news: id }) => id).filter(Boolean));
    if (news < 0) return;
    this.turn = news;
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
    const all = this.tellings(), [now, next] = [0, 1].map((n) => all[(this.turn + n) % all.length]);
    if (now && now.urgent && now.news === next.news) { // it stays: no fade
      this.turn += 1;
      return;
    }
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
    const tellings = this.tellings();
    const { text, urgent } = tellings.length ? tellings[this.turn % tellings.length] : { text: "", urgent: false };
    const left = this.stale || urgent ? [] : this.waitingParts();
    const drawn = [...left.map((one) => one.textContent), text, urgent, this.second].join("|");
    if (drawn === this.drawn) return; // measuring costs a layout of the page
    this.drawn = drawn;
    byId("strip").classList.toggle("is-urgent", Boolean(urgent));
    this.grow(tellings.some((one) => one.urgent));
    waiting.replaceChildren(...left);
    const lead = urgent ? [icon("circle-alert"), make("b", "", say("notice_urgent"))] : [icon("info")];
    notice.replaceChildren(...(text ? [...lead, make("bdi", "", text)] : [])); // staff may write to the left, too
    waiting.hidden = !left.length;
    notice.hidden = !text;
    notice.classList.remove("is-long", "is-longer");
    this.split = left.length > 0 && text !== "" && overflows();
    if (this.split) (this.second ? waiting : notice).hidden = true;
    // What staff wrote, or a long name, stands on two lines, smaller: a sentence that is cut off tells nothing.
    notice.classList.toggle("is-long", !notice.hidden && overflows());
    notice.classList.toggle("is-longer", !notice.hidden && overflows());
  }

  /** While something urgent is told there is more room for it, whatever stands there. @param {boolean} large */
  grow(large) {
    if (document.body.classList.contains("has-urgent") === large) return;
    document.body.classList.toggle("has-urgent", large);
    this.resized();
  }

  /** @returns {HTMLElement[]} */
  waitingParts() {
    const busy = this.busyServices();
    if (!busy.length) return [];
    const service = busy[this.turn % busy.length];
    const count = sayCount("people", service.people_waiting ?? service.waiting);
    const wait = waitShort(this.steady.show(service.id, service.estimate, serverNow()));
    const name = this.directory.serviceName(service.id) || service.name;
    const told = make("b", "", wait ? `${count}, ${wait}` : count);
    return [make("span", "lead", say("waiting")), make("span", "strip-name", name), told];
  }

  busyServices() {
    const all = this.board ? this.board.services : [];
    return all.filter((one) => {
      const service = this.directory.services.get(one.id);
      return one.waiting > 0 && (!this.zone || !service || service.zone === this.zone);
    });
  }

  /** The notices of this wall now. */
  notices() {
    const all = this.board ? noticesAt(this.board, "wall", serverNow()) : [];
    return all.filter(({ zones }) => !this.zone || !zones.length || zones.includes(this.zone));
  }

  /**
   * All that is told in turn. An urgent notice stands before all else, and again after each trouble.
   * @returns {Telling[]}
   */
  tellings() {
    const notices = this.notices();
    const told = (/** @type {boolean} */ urgent) => notices.filter((one) => one.urgent === urgent);
    const { site } = this.directory;
    const first = told(true).map((one) => ({ text: wordsOf(one, site), urgent: true, news: one.id }));
    /** @type {Telling[]} */
    const troubles = this.stale ? [{ text: say("stale_advice") }] : this.troubles();
    // What is urgent has two turns of three: nobody who looks up may miss it, and a trouble is told all the same.
    const most = first.length === 1 ? [...first, ...first] : first;
    if (first.length) return troubles.length ? troubles.flatMap((one) => [...most, one]) : first;
    if (this.stale) return troubles;
    const others = [...told(false).map((one) => wordsOf(one, site)), ...this.rules()];
    return [...troubles, ...others.map((text) => ({ text }))];
  }

  /** What cannot work. @returns {Telling[]} */
  troubles() {
    const lasting = this.board ? interruptionsOf(this.board) : [], kept = this.kept();
    const stay = kept.length ? "" : say("interruption_numbers_stay");
    return [...kept.map((text) => ({ text, news: text })), ...lasting.flatMap((one) => [
      { text: this.headline(one), news: one.id }, { text: noticeOf(one) }, { text: stay }])].filter(({ text }) => text);
  }

  /** The hall gave up for the day: where whoever waited in vain has a place. @returns {string[]} */
  kept() {
    const zoneOf = (/** @type {string} */ id) => this.directory.services.get(id)?.zone;
    const fits = (/** @type {string} */ id) => !this.zone || !zoneOf(id) || zoneOf(id) === this.zone;
    return this.board ? keptWords(this.board, this.directory.site, serverNow(), fits) : [];
  }

  /** What to know of missed calls, rests and openings. @returns {string[]} */
  rules() {
    // After closing nobody is at a counter to tell.
    const { missed_call: missed, services, timezone } = this.directory.site;
    const soon = services.filter(({ reason, reason_detail: detail }) => detail && detail.opens_at
      && (reason === "not_yet" || reason === "pause"));
    const later = soon.filter((one) => !this.zone || one.zone === this.zone).map((one) => say("opens_at", {
      service: this.directory.serviceName(one.id), time: clock(String(one.reason_detail.opens_at), timezone),
    }));
    const rule = this.closed ? [] : [say("missed_rule", { n: missed.return_within_minutes })];
    return [...rule, ...this.resting(), ...later];
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
