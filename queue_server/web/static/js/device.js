/**
 * What a screen that nobody attends does for those who keep it from afar: it says what it is, shows its name, tests
 * itself, loads itself anew, and says so itself when it was taken out of the register.
 * @module
 */

import { serverNow } from "./clock.js";
import { h } from "./dom.js";
import { TESTS } from "./device_tests.js";
import { lang, say } from "./texts.js";

const NAME_MS = 20000;
const RELOAD_WITHIN_MS = 20000; // a call that is on is not cut off, but nobody waits for a quiet hour either
const LOOK_MS = 500;

/**
 * @typedef {import("./documents.js").Enrolled} Enrolled
 * @typedef {import("./documents.js").Ask} Ask
 * @typedef {{build: string, idle: () => boolean, more?: () => object, revoked?: () => void}} Options
 *   more: what else it says of itself; revoked: what it does instead of asking to be paired anew
 */

export class Device {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    /** @type {Enrolled|null} */
    this.enrolled = null;
    /** @type {(more: object) => void} */
    this.answer = () => {};
    /** @type {number|undefined} */
    this.leaving = undefined;
  }

  /**
   * Listens for what is wanted of it.
   * @param {{on: (message: any, take: (said: any) => void) => void}} socket
   * @param {(more: object) => void} answer  says `seen` with this beside
   */
  attach(socket, answer) {
    this.answer = answer;
    socket.on("device", (/** @type {Enrolled} */ said) => { this.enrolled = said; });
    socket.on("ask", (/** @type {Ask} */ ask) => this.take(ask));
  }

  /**
   * What it says of itself with each answer to a beat; to a server of another build nothing that it may not know.
   * @param {string} theirs  the server's build
   */
  facts(theirs) {
    const { build, more } = this.options;
    if (theirs !== build) return {};
    const ratio = window.devicePixelRatio || 1;
    const size = [screen.width, screen.height].map((side) => Math.round(side * ratio)).join("x");
    const clock_s = Math.round((Date.now() - serverNow().getTime()) / 1000);
    return { build, screen: size, clock_s, ...(more ? more() : {}) };
  }

  /** @param {Ask} ask */
  take(ask) {
    if (ask.act === "reload") this.reload(performance.now() + RELOAD_WITHIN_MS);
    else if (ask.act === "identify") this.cover(NAME_MS, ...this.name());
    else if (ask.act === "test") this.test(ask);
    else this.revoked();
  }

  /** @param {number} latest */
  reload(latest) {
    if (this.options.idle() || performance.now() > latest) location.reload();
    else setTimeout(() => this.reload(latest), LOOK_MS);
  }

  name() {
    const name = this.enrolled && this.enrolled.name || "";
    return [h("p", { class: "device-label" }, say("device_this")),
      h("p", { class: `device-name${name.length > 14 ? " is-long" : ""}` }, name)];
  }

  /** @param {Ask} ask */
  async test({ id, test }) {
    if (!test) return;
    const { run, show, lasts_ms } = TESTS[test];
    this.cover(lasts_ms, ...show(this.enrolled && this.enrolled.name || ""));
    const { ok, value } = await run().catch(() => ({ ok: false, value: null }));
    this.answer({ test: { id, ok, value } });
  }

  revoked() {
    this.enrolled = null;
    if (this.options.revoked) this.options.revoked();
    else location.replace(`/pair?revoked&lang=${lang()}`);
  }

  /**
   * Lies over the whole screen, for so long.
   * @param {number} ms
   * @param {...HTMLElement} children
   */
  cover(ms, ...children) {
    const before = document.querySelector(".device-cover");
    if (before) before.remove();
    clearTimeout(this.leaving);
    const cover = h("div", { class: "device-cover", role: "status" }, ...children);
    document.body.append(cover);
    this.leaving = window.setTimeout(() => cover.remove(), ms);
  }
}
