/**
 * A picture that moves: its film lies over the picture that stands for it, from its first moving picture on, so that
 * nothing flashes and nothing is black. A call stops it at once, and it is heard only where the wall speaks. Where this
 * browser cannot play it, or plays it too haltingly, the picture stays, and the register of screens says so.
 * @module
 */

import { byId } from "./dom.js";

const TYPE = "video/webm; codecs=\"vp8,opus\"";
const LATE_S = 1.5; // so far into its turn, a film begins where the other walls are
const VOLUME = 0.6; // of the voice that calls
const HUSH_MS = 12000; // a call elsewhere in the hall, of which this wall shows nothing
const MANY = 100; // pictures: of fewer no wall is judged
const HALTING = 0.4; // of the pictures were left out
const TRIES = 2;

/** @typedef {import("../static/js/documents.js").MediaTurn} Turn */

export class Film {
  /** @param {() => boolean} heard  whether this wall may be heard now */
  constructor(heard) {
    this.heard = heard;
    this.element = /** @type {HTMLVideoElement} */ (byId("band-film"));
    this.wanted = "";
    this.runs = false;
    this.hushedUntil = 0;
    /** @type {Map<string, number>} address -> how often it could not be played */
    this.faults = new Map();
    this.halted = 0;
    this.able = this.element.canPlayType(TYPE) !== "";
    /** @type {"ok"|"no"|"slow"|undefined} what is told of it */
    this.state = this.able ? undefined : "no";
    this.element.addEventListener("playing", () => this.plays());
    this.element.addEventListener("error", () => this.fails());
  }

  /** What a wall says of itself. */
  facts() {
    return this.state ? { video: this.state } : {};
  }

  /**
   * Called at least every second, and at once when a call begins or ends.
   * @param {Turn|undefined} turn  whose film is due; undefined: none's
   * @param {number} into_s  how much of its turn is over
   * @param {boolean} resting  nobody is called
   */
  follow(turn, into_s, resting) {
    if (!turn || !turn.video || !this.can(turn.video)) this.stop();
    else if (!resting) this.pause();
    else {
      this.element.muted = !turn.sound || !this.heard() || performance.now() < this.hushedUntil;
      if (turn.video !== this.wanted) this.begin(turn.video, into_s);
      else if (!this.runs || this.element.ended) this.goOn(into_s);
    }
  }

  /** @param {string} address */
  can(address) {
    return this.able && (this.faults.get(address) || 0) < TRIES;
  }

  /** Somebody is called elsewhere in the hall: nobody talks into that. */
  hush() {
    this.hushedUntil = performance.now() + HUSH_MS;
    this.element.muted = true;
  }

  /** @param {string} address @param {number} into_s */
  begin(address, into_s) {
    this.stop();
    this.wanted = address;
    this.element.src = address;
    this.goOn(into_s);
  }

  /** @param {number} into_s */
  goOn(into_s) {
    if (this.element.error) return;
    const { currentTime, ended } = this.element;
    if (ended || Math.abs(currentTime - into_s) > LATE_S) this.element.currentTime = into_s;
    this.element.volume = VOLUME;
    this.runs = true;
    const started = this.element.play();
    if (started) started.catch((why) => this.refused(why));
  }

  /** A browser that no key was pressed in plays nothing aloud. @param {Error} why */
  refused(why) {
    if (why.name !== "NotAllowedError" || this.element.muted) return;
    this.element.muted = true;
    const started = this.element.play();
    if (started) started.catch(() => {}); // the picture stands
  }

  plays() {
    if (!this.runs) return;
    this.element.hidden = false;
    this.state = this.state || "ok";
  }

  pause() {
    if (!this.runs) return;
    this.runs = false;
    this.element.pause();
    this.element.hidden = true;
  }

  /** Nothing of it is kept: a decoder holds dozens of pictures. */
  stop() {
    if (!this.wanted) return;
    this.judge();
    this.pause();
    this.wanted = "";
    this.element.removeAttribute("src");
    this.element.load();
  }

  fails() {
    if (!this.wanted) return;
    const halfway = this.element.error && this.element.error.code === MediaError.MEDIA_ERR_DECODE;
    const faults = (this.faults.get(this.wanted) || 0) + (halfway ? TRIES : 1);
    this.faults.set(this.wanted, faults);
    this.stop();
    if (faults >= TRIES) this.state = "no";
  }

  /** A machine that leaves out every other picture does not show films; the pictures that stand for them it does. */
  judge() {
    if (!this.element.getVideoPlaybackQuality) return;
    const { droppedVideoFrames, totalVideoFrames } = this.element.getVideoPlaybackQuality();
    if (totalVideoFrames < MANY) return;
    this.halted = droppedVideoFrames > HALTING * totalVideoFrames ? this.halted + 1 : 0;
    if (this.halted < TRIES) return;
    this.able = false;
    this.state = "slow";
  }
}
