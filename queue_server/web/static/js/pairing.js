/**
 * A new screen becomes a device of a hall without a keyboard: it shows a code, and waits until somebody has typed it.
 * @module
 */

import { get, post } from "./api.js";

const POLL_MS = 2000;
const AGAIN_MS = 10000; // a server that cannot say more now, or has as many waiting as it may
const KEY = "antrean.pairing";

/**
 * @typedef {import("./documents.js").Pairing} Code
 * @typedef {import("./documents.js").Paired} Paired
 *
 * @typedef {object} Hearing
 * @property {(shown: Code) => void} code  show this one
 * @property {(code: string) => void} trouble  why there is none: the code of the error
 * @property {(device: Paired) => void} paired  it is a device by now, and its browser knows it
 */

export class Pairing {
  /**
   * @param {"kiosk"|"display"} kind
   * @param {Hearing} on
   */
  constructor(kind, on) {
    this.kind = kind;
    this.on = on;
    /** @type {Code|null} */
    this.shown = null;
    this.stopped = false;
  }

  /** Shows a code, and another when its time is over, until it is paired or stopped. */
  async run() {
    this.shown = kept();
    if (this.shown) this.on.code(this.shown);
    while (!this.stopped) await pause(await this.step());
  }

  stop() {
    this.stopped = true;
  }

  /** @returns {Promise<number>} ms until the next */
  async step() {
    try {
      if (!this.shown) await this.begin();
      const device = await this.ask();
      if (device) await this.become(device);
      return POLL_MS;
    } catch (trouble) {
      const { status, code } = /** @type {import("./api.js").ApiError} */ (trouble);
      if (status === 404) this.forget(); // its time is over: another code at once
      else this.on.trouble(code);
      return status === 404 ? 0 : AGAIN_MS;
    }
  }

  async begin() {
    this.shown = (await post("/api/v1/pairings", { kind: this.kind })).body;
    keep(this.shown);
    this.on.code(this.shown);
  }

  /** @returns {Promise<Paired|null>} */
  async ask() {
    if (!this.shown) return null;
    const { status, body } = await get(`/api/v1/pairings/${this.shown.poll}`);
    if (!this.stopped && status !== 200) this.on.code(this.shown); // the server is there
    return status === 200 ? /** @type {Paired} */ (body) : null;
  }

  /** @param {Paired} device */
  async become(device) {
    if (!this.shown || this.stopped) return;
    await post("/api/v1/enrol", { token: this.shown.poll });
    this.forget();
    this.stop();
    this.on.paired(device);
  }

  forget() {
    this.shown = null;
    keep(null);
  }
}

/** The code as it is read aloud: three and three. @param {string} code */
export function inTwo(code) {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

/** A page that was loaded anew goes on with its code: a hall's address may have five at a time. */
function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) || "null");
    return found && Date.parse(found.expires_at) > Date.now() ? found : null;
  } catch (_) {
    return null;
  }
}

/** @param {Code|null} shown */
function keep(shown) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(shown));
  } catch (_) {
    // Then it begins anew.
  }
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
