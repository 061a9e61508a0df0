/** Nobody touches the screen any more: ask, wait, start over for the next visitor. @module */

import { say } from "../../static/js/texts.js";
import { byId } from "../../static/js/dom.js";

const QUIET_MS = 30000;
const COUNTDOWN_S = 15;
const TOUCHES = ["pointerdown", "keydown"];

export class Idle {
  /** @param {() => void} over  called when the countdown has run out */
  constructor(over) {
    this.over = over;
    this.box = byId("idle");
    this.running = false;
    this.left = 0;
    /** @type {number} */
    this.timer = 0;
    /** @type {Element|null} */
    this.before = null;
    byId("idle-more").addEventListener("click", () => this.touched());
    for (const kind of TOUCHES) {
      document.addEventListener(kind, () => this.running && this.box.hidden && this.wait(), { passive: true });
    }
  }

  /** Watches from now on. */
  start() {
    this.running = true;
    this.hide();
    this.wait();
  }

  /** Does not watch: the first screen, or a screen with a time of its own. */
  stop() {
    this.running = false;
    clearTimeout(this.timer);
    this.hide();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), QUIET_MS);
  }

  ask() {
    this.before = document.activeElement;
    this.left = COUNTDOWN_S;
    byId("idle-title").textContent = say("idle_title");
    byId("idle-more").textContent = say("more_time");
    this.box.hidden = false;
    byId("idle-more").focus();
    this.count();
  }

  count() {
    byId("idle-text").textContent = say("idle_text", { n: this.left });
    if (this.left === 0) return this.end();
    this.left -= 1;
    this.timer = window.setTimeout(() => this.count(), 1000);
  }

  touched() {
    this.hide();
    if (this.before instanceof HTMLElement) this.before.focus();
    this.wait();
  }

  end() {
    this.stop();
    this.over();
  }

  hide() {
    this.box.hidden = true;
  }
}
