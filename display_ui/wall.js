/** The wall display: puts the parts together. Nobody touches it; it must be right again by itself, always. @module */

import { address } from "../static/js/address.js";
import { get } from "../static/js/api.js";
import { clockIsSure, hearClock, serverNow } from "../static/js/clock.js";
import { Device } from "../static/js/device.js";
import { keepEnrolling } from "../static/js/enrol.js";
import { clock } from "../static/js/format.js";
import { openLive } from "../static/js/live.js";
import { pageData } from "../static/js/page.js";
import { say, useTexts } from "../static/js/texts.js";
import { Announcer } from "./announcer.js";
import { readArrows } from "./arrows.js";
import { Directory, goTo } from "./directory.js";
import { nextOpening, weekWords } from "./hours.js";
import { clipNames, speechForm } from "./speech_rule.js";
import { SpokenMemory } from "./spoken_memory.js";
import { Stage } from "./stage.js";
import { Band } from "./wall_band.js";
import { drawMarks, mark, startClock } from "./wall_head.js";
import { Lists } from "./wall_lists.js";
import { Media } from "./wall_media.js";
import { expected, isClosed, latestCalls, standing, worthShowing } from "./wall_model.js";
import { Strip } from "./wall_strip.js";

const SITE_EVERY_MS = 300000; // what opens when also follows the clock, which no document tells

/**
 * @typedef {import("../static/js/documents.js").Board} Board
 * @typedef {import("../static/js/documents.js").Call} Call
 * @typedef {import("../static/js/documents.js").Site} SiteInfo
 * @typedef {import("../static/js/documents.js").PageData & {site: SiteInfo, zone: string|null, voice: boolean, clips:
 *   string[]|null}} WallData
 */

class Wall {
  /** @param {WallData} data */
  constructor(data) {
    this.data = data;
    this.zone = data.zone || null;
    this.directory = new Directory(data.site);
    /** @type {Board|null} */
    this.board = null;
    this.begun = 0; // revision of the first board of its epoch: what was called before it was called to another screen
    /** @type {Call[]} calls that the board does not know yet */
    this.fresh = [];
    /**
     * @type {Map<string, number>} number -> how often it was called; only numbers called more than once that are still
     * listed
     */
    this.times = new Map();
    /** @type {import("../static/js/contact.js").Status} */
    this.contact = { state: "live", since: null };
    this.memory = new SpokenMemory(data.site.id, this.zone);
    const arrows = readArrows(location.search);
    this.band = new Band(this.directory, arrows);
    this.lists = new Lists(this.directory, this.zone ? [this.zone] : data.site.wall.zones, arrows);
    this.strip = new Strip(this.directory, this.zone, () => this.lists.lay());
    this.media = new Media(this.directory, this.zone, {
      beside: (on) => this.band.beside(on), resting: () => this.band.rests(),
      heard: () => this.voice !== null && this.voice.works(),
    });
    this.stage = new Stage({
      show: ({ call }, hold_ms) => this.showCall(call, hold_ms),
      retime: (left_ms) => this.band.retime(left_ms),
      rest: () => this.draw(),
      speak: (entry, queued) => this.speak(entry, queued),
      stands: ({ call }) => standing(call, this.board, this.directory),
      late: ({ call }) => !worthShowing(call, this.board, serverNow().getTime()),
    });
    this.voice = data.voice ? this.openVoice() : null;
  }

  open() {
    const { site, build } = this.data;
    const idle = () => !this.stage.current;
    startClock(site);
    drawMarks();
    openLive({
      site, build, renew: (fresh) => this.renewed(fresh),
      auth: { screen: "wall", ...(this.zone ? { zone: this.zone } : {}) },
      on: { board: (board) => this.takeBoard(board), call: (call, { recovered }) => this.takeCall(call, recovered) },
      onStatus: (status) => this.takeStatus(status),
      idle,
      sound: () => (this.voice ? this.voice.works() : null),
      device: new Device({ build, idle, more: () => this.media.film.facts() }),
    });
    window.addEventListener("resize", () => this.relay());
    if (document.fonts) document.fonts.ready.then(() => this.relay());
    setInterval(() => this.renewSite(), SITE_EVERY_MS);
  }

  openVoice() {
    const onChange = () => mark("mute", !voice.works());
    const voice = new Announcer({ folder: address("display_ui/voice/"), clips: this.data.clips || [], onChange });
    onChange();
    return voice;
  }

  /** @param {Board} board */
  takeBoard(board) {
    const before = this.board;
    this.board = board;
    if (!before || before.epoch !== board.epoch) this.begun = board.revision;
    this.fresh = this.fresh.filter((call) => call.epoch === board.epoch && call.revision > board.revision);
    this.forget(board);
    this.stage.review();
    this.draw();
    this.strip.take(board); // last: it measures, and what is drawn after that would be laid out twice
    if (before && opened(before) !== opened(board)) this.renewSite();
  }

  /** A wall runs for months: what left the board and waits for nothing is kept no longer. @param {Board} board */
  forget({ recent }) {
    const due = [...recent, ...this.fresh, ...this.stage.queue.map((entry) => entry.call)];
    const known = new Set(due.map((call) => call.number));
    for (const number of Array.from(this.times.keys())) {
      if (!known.has(number)) this.times.delete(number);
    }
  }

  /** @param {Call} call @param {boolean} recovered */
  takeCall(call, recovered) {
    this.count(call);
    this.fresh.push(call);
    const elsewhere = this.zone && this.directory.zoneOf(call.counter) !== this.zone;
    const late = recovered && !this.worthShowing(call);
    const before = this.stage.current;
    if (elsewhere) this.media.film.hush();
    else if (!late) this.stage.add({ call, recovered });
    if (this.stage.current === before) this.draw(); // else the stage has just drawn
  }

  /**
   * Whether a call heard late belongs into the band. A wall that was just switched on repeats none whose visitor has
   * come, or was missed, meanwhile.
   * @param {Call} call
   */
  worthShowing(call) {
    return call.revision > this.begun ? worthShowing(call, this.board, serverNow().getTime())
      : expected(call, this.board);
  }

  /** @param {Call} call */
  count(call) {
    if (call.kind === "call") this.times.delete(call.number);
    else this.times.set(call.number, Math.max(2, (this.times.get(call.number) || 1) + 1));
  }

  /** @param {import("../static/js/contact.js").Status} status */
  takeStatus(status) {
    this.contact = status;
    const stale = status.state === "stale";
    mark("contact", status.state === "unknown");
    document.body.classList.toggle("is-stale", stale);
    this.band.lost(stale);
    this.strip.setStale(stale);
    this.media.setStale(stale);
    this.draw();
  }

  /**
   * Announces a call if the rule says so.
   * @param {import("./stage.js").Entry} entry
   * @param {number} queued
   */
  speak({ call, recovered }, queued) {
    const silent = { length_ms: 0, done: Promise.resolve() };
    if (!this.voice || !this.voice.mayWork() || !clockIsSure()) return silent;
    const spokenUpTo = this.memory.upTo(call.epoch);
    const form = speechForm({ call, recovered, queued, spokenUpTo, board: this.board, now: serverNow().getTime() });
    if (!form) return silent;
    this.memory.note(call.epoch, call.revision);
    const clips = clipNames(call, form);
    const short = form === "short";
    return { length_ms: this.voice.length(clips, short), done: this.voice.play(clips, short) };
  }

  /** @param {Call} call @param {number} hold_ms */
  showCall(call, hold_ms) {
    const times = call.kind === "recall" ? this.times.get(call.number) || 2 : 1;
    const label = times === 1 ? goTo(this.directory.counterOf(call))
      : say(times === 2 ? "second_call" : times === 3 ? "third_call" : "called_again");
    this.band.call(call, label, hold_ms);
    this.media.look(); // a film stops at once
    this.drawLists();
  }

  /** Draws what the present state says; the band only while no call is on. */
  draw() {
    if (!this.board) return;
    if (!this.stage.current) this.drawBand(this.calls()[0], this.board);
    this.drawLists();
  }

  /** @param {Call|undefined} last @param {Board} board */
  drawBand(last, board) {
    const { site } = this.data;
    const stale = this.contact.state === "stale";
    const since = this.contact.since ? clock(this.contact.since, site.timezone) : "";
    if (this.closed()) {
      const { services } = this.directory.site;
      const text = nextOpening(services, site.timezone), hours = weekWords(this.directory.site);
      const title = say(services.some((one) => one.reason === "pause") ? "pause_title" : "closed_title");
      this.band.notice({ title, text: text || hours, small: text ? hours : "" });
    } else if (!last) {
      const text = stale ? say("lost_since", { time: since }) : say("first_advice");
      this.band.notice({ title: say("no_call_yet"), text, small: "" });
    } else if (stale) this.band.rest(last, say("lost_since", { time: since }), say("last_number"));
    else this.band.rest(last, say("last_call"), "");
  }

  /** The hall is closed, as far as can be known: a stale board cannot tell. */
  closed() {
    return this.contact.state !== "stale" && this.board !== null && isClosed(this.board);
  }

  drawLists() {
    if (!this.board) return;
    const { current } = this.stage;
    const calls = !current && this.closed() ? [] : this.calls();
    const inBand = current ? current.call.number : calls[0] && calls[0].number;
    this.lists.show(calls.filter((call) => call.number !== inBand));
  }

  /** The newest call of each number in this wall's zone. */
  calls() {
    const all = latestCalls(this.board, this.fresh);
    return this.zone ? all.filter((call) => this.directory.zoneOf(call.counter) === this.zone) : all;
  }

  /** The window or the font has changed. */
  relay() {
    this.lists.lay();
    this.band.refit();
    this.strip.relay();
    this.drawLists();
  }

  /** The hall as it is now; its zones and its clock stand in the page itself. @param {SiteInfo} site */
  renewed(site) {
    const before = this.directory.site;
    if (site.wall.zones.join() !== before.wall.zones.join() || site.timezone !== before.timezone) location.reload();
    Object.assign(this.directory, new Directory(site));
    this.lists.lay();
    this.draw();
  }

  async renewSite() {
    try {
      this.renewed((await get(`/api/v1/sites/${this.data.site.id}`)).body);
    } catch (_) {
      // Tried again in five minutes; the board tells what matters now.
    }
  }
}

/** @param {Board} board */
function opened(board) {
  return board.services.map((one) => (one.open ? 1 : 0)).join("");
}

const data = /** @type {WallData} */ (pageData());
useTexts(data.texts, data.lang);
hearClock(data.now);
keepEnrolling(() => location.reload()); // greeted the server as a stranger
new Wall(data).open();
