/**
 * Whether a screen has room: tried before anybody sees the screen. A site may say much, in any language and in large
 * type; nothing of it may be cut off or lie under a key.
 * @module
 */

import { byId, h } from "../../static/js/dom.js";

/** @typedef {import("../../static/js/dom.js").Child} Child */

const SLACK_REM = 0.15; // of letters below their line, and fractions of a pixel; as much on a screen of any size
const TIGHTER = ["", "1", "2", "3", "4"]; // as in kiosk.css

/**
 * Tried on a twin of the stage, which nobody sees.
 * @param {HTMLElement} stage
 * @param {string} screen
 * @param {Child[]} parts  as a screen gives them; they stay usable
 */
export function fits(stage, screen, parts) {
  const twin = h("div", { class: "stage stage-twin", "aria-hidden": "true", "data-screen": screen, "data-tight": "" },
    ...parts);
  twin.style.setProperty("width", `${stage.clientWidth}px`);
  twin.style.setProperty("height", `${stage.clientHeight}px`);
  document.body.append(twin);
  const whole = isWhole(twin);
  twin.remove();
  return whole;
}

/** @param {HTMLElement} stage */
function isWhole(stage) {
  const inner = [...stage.querySelectorAll(
    ".details, .number-top, .number-below, .why, .instead, .head, .service, .choice, .take, .button")];
  const slack_px = SLACK_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
  return [stage, ...inner].every((box) =>
    box.scrollHeight <= box.clientHeight + slack_px && box.scrollWidth <= box.clientWidth + slack_px);
}

/**
 * Draws what stands on the stage as tight as it must be to be whole. On the stage itself: it is laid out once, and
 * nothing is seen of it before the next frame.
 * @param {HTMLElement} stage
 */
export function tighten(stage) {
  for (const tight of TIGHTER) {
    stage.dataset.tight = tight;
    if (isWhole(stage)) return;
  }
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
    pages.push(things.slice(at,
      at + fitting(Math.min(most, things.length - at), (count) => hasRoom(things.slice(at, at + count)))));
  }
  return pages.length ? pages : [[]];
}

/**
 * How many have room: one at least. Fewer always have room where more have, so half of what is left is tried each time:
 * each try lays out a page.
 * @param {number} most
 * @param {(count: number) => boolean} hasRoom
 */
function fitting(most, hasRoom) {
  if (most < 2 || hasRoom(most)) return most;
  let [yes, no] = [1, most];
  while (no - yes > 1) {
    const half = (yes + no) >> 1;
    if (hasRoom(half)) yes = half;
    else no = half;
  }
  return yes;
}

/** What else decides how much room there is. */
export function looksAs() {
  const { large, contrast, wheelchair } = document.documentElement.dataset;
  return [large, contrast, wheelchair, window.innerWidth, window.innerHeight, byId("told").textContent].join();
}
