/** What each step of the survey shows: pure, from what is known to elements. @module */

import { h } from "../../static/js/dom.js";
import { icon } from "../../static/js/icons.js";
import { lang, say } from "../../static/js/texts.js";
import { aloud } from "./aloud.js";
import { face } from "./faces.js";

/**
 * @typedef {import("../../static/js/documents.js").SurveyPage} Data
 * @typedef {import("../../static/js/documents.js").AskedQuestion} Question
 * @typedef {(name: string, value: string) => void} Set
 */

/** The step's heading, which is read out and has the focus when the step begins. @param {string} text */
export function title(text) {
  return h("h1", { id: "step-title", tabindex: "-1" }, text);
}

/** @param {string} text @param {() => void} act @param {boolean} [main] */
export function key(text, act, main = false) {
  return h("button", { class: main ? "button button-main wide" : "button wide", type: "button", onclick: act }, text);
}

/** @param {string} text  what went wrong; "": nothing */
export function fault(text) {
  return text ? h("p", { class: "fault", role: "alert" }, text) : null;
}

/**
 * One of the nine, with its four answers from the worst to the best.
 * @param {{question: Question, n: number, all: number, chosen: number|null|undefined, strict: boolean, fee: string}} of
 * @param {{choose: (score: number) => void, back: () => void, skip: () => void}} act
 */
export function question({ question: { key: element, ask, answers }, n, all, chosen, strict, fee }, act) {
  const steps = Array.from({ length: all }, (_, at) => h("i", { class: at < n ? "is-done" : null }));
  const skip = element === "complaints" ? say("skip_complaints") : say("skip");
  return [
    h("p", { class: "progress" }, h("span", {}, say("question_of", { n, all }))),
    h("div", { class: "steps", "aria-hidden": "true" }, steps), title(ask),
    fee ? h("p", { class: "lead" }, fee) : null, aloud(lang(), [ask, ...(fee ? [fee] : []), ...answers]),
    h("div", { class: "answers", role: "group", "aria-labelledby": "step-title" }, answers.map((words, at) =>
      h("button", { class: "button answer", type: "button", "aria-pressed": chosen === at + 1 ? "true" : "false",
        onclick: () => act.choose(at + 1) }, face(at + 1), h("span", {}, words)))),
    h("div", { class: "moves" },
      h("button", { class: "button", type: "button", onclick: act.back }, icon("arrow-left"), say("back")),
      strict ? null : h("button", { class: "button", type: "button", onclick: act.skip }, skip)),
    h("p", { class: "foot" }, strict ? `${say("no_name")} ${say("all_needed")}` : say("no_name")),
  ];
}

/**
 * A little about the visitor, all of it optional.
 * @param {Data["profile"]} profile @param {Record<string, string>} said @param {string} comment
 * @param {{set: (name: string, value: string) => void, comment: (text: string) => void}} act
 */
export function about(profile, said, comment, act) {
  return [title(say("profile_title")), h("p", { class: "lead" }, say("profile_text")),
    ...Object.keys(profile).map((name) =>
      (name === "sex" ? pair(name, profile[name], said, act.set) : list(name, profile[name], said, act.set))),
    h("div", { class: "field-set" }, h("label", { for: "comment" }, say("comment_label")),
      h("textarea", { id: "comment", maxlength: "500", "aria-describedby": "comment-note",
        oninput: (/** @type {Event} */ e) => act.comment(/** @type {HTMLTextAreaElement} */ (e.target).value) },
      comment),
      h("p", { class: "note", id: "comment-note" }, say("comment_note")))];
}

/** @param {string} name @param {string[]} values @param {Record<string, string>} said @param {Set} set */
function pair(name, values, said, set) {
  return h("fieldset", { class: "field-set" }, h("legend", {}, say(`profile_${name}`)),
    h("div", { class: "pair" }, values.map((value) => h("button", { class: "button", type: "button",
      "aria-pressed": said[name] === value ? "true" : "false",
      onclick: () => set(name, said[name] === value ? "" : value) }, say(`about_${[name, value].join("_")}`)))));
}

/** @param {string} name @param {string[]} values @param {Record<string, string>} said @param {Set} set */
function list(name, values, said, set) {
  return h("div", { class: "field-set" }, h("label", { for: name }, say(`profile_${name}`)),
    h("select", { id: name, onchange: (/** @type {Event} */ e) =>
      set(name, /** @type {HTMLSelectElement} */ (e.target).value) },
      h("option", { value: "" }, say("no_answer")),
      values.map((value) => h("option", { value, selected: said[name] === value },
        say(`about_${[name, value].join("_")}`)))));
}

/**
 * The number and the word of the visitor at the tablet.
 * @param {string} trouble @param {(number: string, word: string) => void} go @param {boolean} assisted
 */
export function who(trouble, go, assisted) {
  const number = /** @type {HTMLInputElement} */ (h("input", { id: "number", autocomplete: "off", maxlength: "10",
    class: "word", autocapitalize: "characters", required: true }));
  const word = /** @type {HTMLInputElement} */ (h("input", { id: "word", autocomplete: "off", maxlength: "8",
    class: "word", autocapitalize: "characters", spellcheck: "false", required: true }));
  return [title(say("who_title")), assisted ? h("p", { class: "aside" }, say("assisted_note")) : null,
    h("p", { class: "lead" }, say("who_text")), fault(trouble),
    h("form", { onsubmit: (/** @type {Event} */ e) => {
      e.preventDefault();
      go(number.value, word.value);
    } },
      h("div", { class: "field-set" }, h("label", { for: "number" }, say("who_number")), number),
      h("div", { class: "field-set" }, h("label", { for: "word" }, say("who_word")), word),
      h("button", { class: "button button-main wide", type: "submit" }, say("who_go")))];
}
