/**
 * The question said aloud by the device's own voice, where it has one in the page's language: for who cannot read.
 * A voice that lives elsewhere is none: what is asked here, and when, is nobody else's business.
 * @module
 */

import { h } from "../../static/js/dom.js";
import { say } from "../../static/js/texts.js";

const RATE = 0.9; // somewhat slower than a voice speaks of itself: four answers are to be kept in mind

/** @returns {SpeechSynthesis|undefined}  none in some browsers */
function mouth() {
  return window.speechSynthesis;
}

/** @param {string} lang @returns {SpeechSynthesisVoice|undefined} */
function voiceOf(lang) {
  const there = mouth();
  const voices = there ? there.getVoices().filter((one) => one.localService) : [];
  const of = (/** @type {string} */ wanted) => voices.find((one) => one.lang.slice(0, 2).toLowerCase() === wanted);
  return of(lang) || (lang === "su" ? of("id") : undefined); // no device speaks Sundanese; letters sound nearly alike
}

/** Whatever is being said ends. */
export function hush() {
  const there = mouth();
  if (there) there.cancel();
}

/** @param {() => void} act  when the device has found its voices, which may be after the page is there */
export function onVoices(act) {
  const there = mouth();
  if (there && there.addEventListener) there.addEventListener("voiceschanged", act);
}

/**
 * The button that says some lines; none where nothing can say them.
 * @param {string} lang @param {string[]} lines
 */
export function aloud(lang, lines) {
  const voice = voiceOf(lang);
  if (!voice) return null;
  const speak = () => {
    hush();
    lines.forEach((text) => {
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice;
      words.lang = voice.lang;
      words.rate = RATE;
      /** @type {SpeechSynthesis} */ (mouth()).speak(words);
    });
  };
  return h("button", { class: "button listen", type: "button", onclick: speak }, say("aloud"));
}
