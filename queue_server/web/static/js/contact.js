/** How long ago the server was last heard, and what a screen should say about it. @module */

import { serverNow } from "./clock.js";

const UNKNOWN_AFTER_MS = 25000;
const STALE_AFTER_MS = 60000;

/**
 * @typedef {"live"|"unknown"|"stale"} Contact
 * @typedef {{state: Contact, since: Date|null}} Status  since: when the server was last heard; null while live
 */

/** Keeps the time of the last word from the server and tells when the state of the contact changes. */
export class ContactWatch {
  /** @param {(status: Status) => void} tell */
  constructor(tell) {
    this.tell = tell;
    /** @type {Contact|null} */
    this.state = null;
    this.heardAt = performance.now();
    this.heardDate = serverNow();
  }

  /** The server spoke just now. */
  heard() {
    this.heardAt = performance.now();
    this.heardDate = serverNow();
    this.look();
  }

  /** Silence so far, in ms. */
  silence() {
    return performance.now() - this.heardAt;
  }

  /** Tells a change of state; call it once a second. @param {boolean} [cut]  the line is known to be cut */
  look(cut = false) {
    const silence = this.silence();
    const state = silence > STALE_AFTER_MS ? "stale" : silence > UNKNOWN_AFTER_MS || cut ? "unknown" : "live";
    if (state === this.state) return;
    this.state = state;
    this.tell({ state, since: state === "live" ? null : this.heardDate });
  }
}
