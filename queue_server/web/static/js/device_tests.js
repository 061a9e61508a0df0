/** The tests that an enrolled screen makes of itself when somebody asks for one from afar. @module */

import { serverNow } from "./clock.js";
import { h } from "./dom.js";
import { say } from "./texts.js";

const TONE_MS = 900;
const WAKES_MS = 1500; // a sound device that is not awake by then does not wake by itself
const ASKS = 5;
const SLOW_MS = 500; // median answer of a network on which a hall can be told in time
const FAR_OFF_S = 60;
const FEW_PICTURES = 20; // a second: fewer, and a call stutters

/**
 * @typedef {{ok: boolean, value: number|null}} Result
 * @typedef {object} DeviceTest
 * @property {number} lasts_ms  how long it is shown, for whoever stands before the screen
 * @property {(name: string) => HTMLElement[]} show
 * @property {() => Promise<Result>} run
 */

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A tone; whether it was played says the clock of the sound device. @returns {Promise<Result>} */
async function sound() {
  const audio = new AudioContext();
  try {
    await Promise.race([audio.resume(), pause(WAKES_MS)]);
    if (audio.state !== "running") return { ok: false, value: null };
    const began = audio.currentTime;
    const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
    loudness.gain.value = 0.3;
    tone.connect(loudness);
    loudness.connect(audio.destination);
    tone.start();
    await pause(TONE_MS);
    tone.stop();
    return { ok: audio.currentTime - began > TONE_MS / 2000, value: null };
  } finally {
    audio.close();
  }
}

/** How many pictures a second it draws while somebody could see them. @returns {Promise<Result>} */
async function picture() {
  const began = performance.now();
  let count = 0;
  const draw = () => {
    count += 1;
    if (performance.now() - began < 1000) requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  await pause(1100);
  return { ok: !document.hidden && count >= FEW_PICTURES, value: count };
}

/** @returns {Promise<Result>} */
async function clock() {
  const ahead_s = Math.round((Date.now() - serverNow().getTime()) / 1000);
  return { ok: Math.abs(ahead_s) <= FAR_OFF_S, value: ahead_s };
}

/** @returns {Promise<Result>} */
async function network() {
  const took = [];
  for (let n = 0; n < ASKS; n += 1) {
    const began = performance.now();
    const answer = await fetch("/healthz", { cache: "no-store" });
    if (!answer.ok) return { ok: false, value: null };
    took.push(performance.now() - began);
  }
  const median = Math.round(took.sort((a, b) => a - b)[(ASKS - 1) / 2]);
  return { ok: median <= SLOW_MS, value: median };
}

/** @param {string} what @param {string} name */
function words(what, name) {
  return [h("p", { class: "device-label" }, name), h("p", { class: "device-title" }, what)];
}

/** Every corner, the colours of a call, letters of three sizes. @param {string} name */
function pattern(name) {
  const corners = ["nw", "ne", "sw", "se"].map((where) => h("span", { class: `device-corner is-${where}` }));
  const colours = ["tile", "now", "good", "warn", "bad", "info"];
  return [...corners, ...words(say("device_test_picture"), name),
    h("p", { class: "device-name tabular" }, `${window.innerWidth} × ${window.innerHeight}`),
    h("div", { class: "device-bars" }, colours.map((one) => h("span", { class: `device-bar is-${one}` })))];
}

/** @type {Record<NonNullable<import("./documents.js").Ask["test"]>, DeviceTest>} */
export const TESTS = {
  sound: { lasts_ms: 4000, show: (name) => words(say("device_test_sound"), name), run: sound },
  picture: { lasts_ms: 20000, show: pattern, run: picture },
  clock: { lasts_ms: 2000, show: (name) => words(say("device_test_clock"), name), run: clock },
  network: { lasts_ms: 2000, show: (name) => words(say("device_test_network"), name), run: network },
};
