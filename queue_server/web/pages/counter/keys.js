/** The large key, always the next step, and the six small ones, which never move. @module */

import { serverNow } from "../../static/js/clock.js";
import { byId, h } from "../../static/js/dom.js";
import { say } from "../../static/js/texts.js";
import { isMine, nextStep, seemsGone, standing, undoLeft } from "./rules.js";

/**
 * @typedef {import("../counter.js").CounterPage} Page
 * @typedef {import("./types.js").Verb} Verb
 */

/** @type {[Verb, string][]} */
export const SMALL = [["serve", "S"], ["recall", "R"], ["no-show", "N"], ["hold", "H"], ["transfer", "T"], ["undo", "U"]];
const CAP = { open: "key_space", "call-next": "key_space", serve: "S", finish: "F" };

/** Makes the six keys, once. @param {(verb: Verb) => void} press */
export function makeKeys(press) {
  byId("keys").replaceChildren(...SMALL.map(([verb, letter]) =>
    h("button", { class: "key", type: "button", id: `key-${verb}`, onclick: () => press(verb) },
      h("span", { class: "key-top" }, h("span", { class: "keycap" }, letter), h("span", { class: "key-left", id: verb === "undo" ? "undo-left" : null })),
      h("span", { class: "key-word" }, say(`verb_${verb.replace("-", "_")}`)))));
}

/** @param {Page} page */
export function drawKeys(page) {
  const { desk, account } = page;
  const now = serverNow();
  for (const [verb] of SMALL) {
    const key = byId(`key-${verb}`);
    dim(key, !(page.can(verb) || (verb === "transfer" && page.can("move"))));
    key.classList.toggle("key-suggested", verb === "no-show" && seemsGone(desk, page.site.missed_call.recalls));
    key.classList.toggle("key-busy", page.acting.busy === verb);
  }
  const left = undoLeft(desk, now);
  byId("undo-left").textContent = left && isMine(desk, account) ? say("seconds_left", { n: left }) : "";
  drawMain(page);
}

/** @param {Page} page */
function drawMain(page) {
  const { desk, acting } = page;
  const step = nextStep(desk);
  const key = byId("main-key");
  const cap = CAP[/** @type {keyof typeof CAP} */ (step)];
  const nobody = step === "call-next" && !desk.upcoming.length;
  dim(key, nobody || !page.can(step));
  key.classList.toggle("key-busy", acting.busy === step);
  byId("main-cap").textContent = cap.length > 1 ? say(cap) : cap;
  byId("main-word").textContent = mainWord(page, step);
  byId("main-hint").textContent = acting.busy === step ? say("busy_key") : mainHint(page);
}

/** @param {Page} page @param {Verb} step */
function mainWord(page, step) {
  const { desk } = page;
  if (step === "open") return say("verb_open");
  if (step === "finish") return say("finish_number");
  if (step === "serve") return say("serve_number", { number: desk.ticket ? desk.ticket.number : "" });
  return desk.upcoming.length ? say("call_number", { number: desk.upcoming[0].number }) : say("call_nobody");
}

/** What comes after. @param {Page} page */
function mainHint({ desk }) {
  const next = desk.upcoming[0];
  const state = standing(desk);
  if (state === "called") return say("then_recall");
  if (state === "serving") return next ? say("then_call", { number: next.number }) : say("then_nobody");
  if (state === "idle") return next ? say("then_serve") : "";
  return next ? say("then_call", { number: next.number }) : "";
}

/** A key that cannot act is dim, not gone, and stays where the finger expects it. @param {HTMLElement} key @param {boolean} off */
function dim(key, off) {
  key.setAttribute("aria-disabled", String(off));
}
