/**
 * Whether a screen has room: tried on a twin of the stage that nobody sees, before anybody sees the screen. A site may say
 * much, in any language and in large type; nothing of it may be cut off or lie under a key.
 * @module
 */

import { h } from "../../static/js/dom.js";

const SLACK_PX = 1; // fractions of a pixel
const TIGHTER = ["", "1", "2", "3", "4"]; // as in kiosk.css

/**
 * @param {HTMLElement} stage
 * @param {string} screen
 * @param {any[]} parts  as a screen gives them; they stay usable
 * @param {string} [tight]
 */
export function fits(stage, screen, parts, tight = "") {
  const twin = h("div", { class: "stage stage-twin", "aria-hidden": "true", "data-screen": screen, "data-tight": tight }, ...parts);
  twin.style.setProperty("width", `${stage.clientWidth}px`);
  twin.style.setProperty("height", `${stage.clientHeight}px`);
  document.body.append(twin);
  const inner = [...twin.querySelectorAll(".details, .number-top, .number-below, .why, .instead, .head, .service, .choice, .take, .button")];
  const whole = [twin, ...inner].every((box) =>
    box.scrollHeight <= box.clientHeight + SLACK_PX && box.scrollWidth <= box.clientWidth + SLACK_PX);
  twin.remove();
  return whole;
}

/**
 * How tight a screen must be drawn to be whole.
 * @param {HTMLElement} stage
 * @param {string} screen
 * @param {any[]} parts
 */
export function tightness(stage, screen, parts) {
  const enough = TIGHTER.find((tight) => fits(stage, screen, parts, tight));
  return enough === undefined ? TIGHTER[TIGHTER.length - 1] : enough;
}

/**
 * Things on pages, in order: on each as many as have room, one at least.
 * @template T
 * @param {T[]} things
 * @param {(page: T[]) => boolean} hasRoom
 * @param {number} [most]  on a page
 * @returns {T[][]}
 */
export function onPages(things, hasRoom, most = things.length) {
  /** @type {T[][]} */
  const pages = [];
  for (let at = 0; at < things.length; at += pages[pages.length - 1].length) {
    let count = Math.min(most, things.length - at);
    while (count > 1 && !hasRoom(things.slice(at, at + count))) count -= 1;
    pages.push(things.slice(at, at + count));
  }
  return pages.length ? pages : [[]];
}
