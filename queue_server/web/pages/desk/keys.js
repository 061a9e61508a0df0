/** The large key, always the next step, and the six small ones, which never move. @module */

import { serverNow } from "../../static/js/clock.js";
import { byId, h } from "../../static/js/dom.js";
import { say } from "../../static/js/texts.js";
import { isMine, nextStep, seemsGone, standing, undoLeft } from "./rules.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./types.js").Verb} Verb
 */

/** @type {[Verb, string][]} */
export const SMALL = [["serve", "S"], ["recall", "R"], ["no-show", "N"], ["hold", "H"], ["transfer", "T"],
  ["undo", "U"]];
const CAP = { open: "key_space", resume: "key_space", "call-next": "key_space", serve: "S", finish: "F" };

/** Makes the six keys, once. @param {(verb: Verb) => void} press */
export function makeKeys(press) {
  byId("keys").replaceChildren(...SMALL.map(([verb, letter]) =>
    h("button", { class: "key", type: "button", id: `key-${verb}`, onclick: () => press(verb) },
      h("span", { class: "key-top" }, h("span", { class: "keycap" }, letter),
        h("span", { class: "key-left", id: verb === "undo" ? "undo-left" : null })),
      h("span", { class: "key-word" }, say(`verb_${verb.replace("-", "_")}`)))));
}

/** @param {Model} model */
export function drawKeys(model) {
  const { desk, account } = model;
  const now = serverNow();
  for (const [verb] of SMALL) {
    const key = byId(`key-${verb}`);
    dim(key, !(model.can(verb) || (verb === "transfer" && model.can("move"))));
    key.classList.toggle("key-suggested", verb === "no-show" && seemsGone(desk, model.site.missed_call.recalls));
    key.classList.toggle("key-busy", model.busy === verb);
  }
  const left = undoLeft(desk, now);
  byId("undo-left").textContent = left && isMine(desk, account) ? say("seconds_left", { n: left }) : "";
  drawMain(model);
}

/** @param {Model} model */
function drawMain(model) {
  const { desk, busy } = model;
  const step = nextStep(desk);
  const key = byId("main-key");
  const cap = CAP[/** @type {keyof typeof CAP} */ (step)];
  const nobody = step === "call-next" && !desk.upcoming.length;
  dim(key, nobody || !model.can(step));
  key.classList.toggle("key-busy", busy === step);
  byId("main-cap").textContent = cap.length > 1 ? say(cap) : cap;
  byId("main-word").textContent = mainWord(model, step);
  byId("main-hint").textContent = busy === step ? say("busy_key") : mainHint(model);
}

/** @param {Model} model @param {Verb} step */
function mainWord(model, step) {
  const { desk } = model;
  if (step === "open") return say("verb_open");
  if (step === "resume") return say("verb_resume");
  if (step === "finish") return say("finish_number");
  if (step === "serve") return say("serve_number", { number: desk.ticket ? desk.ticket.number : "" });
  return desk.upcoming.length ? say("call_number", { number: desk.upcoming[0].number }) : say("call_nobody");
}

/** What comes after. @param {Model} model */
function mainHint({ desk }) {
  const next = desk.upcoming[0];
  const state = standing(desk);
  if (state === "called") return say("then_recall");
  if (state === "serving") return next ? say("then_call", { number: next.number }) : say("then_nobody");
  if (state === "idle") return next ? say("then_serve") : "";
  return next ? say("then_call", { number: next.number }) : "";
}

/**
 * A key that cannot act is dim, not gone, and stays where the finger expects it.
 * @param {HTMLElement} key
 * @param {boolean} off
 */
function dim(key, off) {
  key.setAttribute("aria-disabled", String(off));
}
