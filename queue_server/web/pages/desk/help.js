/** Help and the officer's own menu. @module */

import { post } from "../../static/js/api.js";
import { h } from "../../static/js/dom.js";
import { icon } from "../../static/js/icons.js";
import { lang, say } from "../../static/js/texts.js";
import { openInterrupt } from "../../static/js/interrupting.js";
import { closePanel, openPanel } from "../../static/js/panel.js";

import { mayEscort } from "./escorting.js";
import { whose } from "./trouble.js";

/** @typedef {import("./model.js").Model} Model */

/** @type {[string, string][]} key or text key of it, text key of what it does */
const KEYS = [
  ["key_space", "help_space"], ["S", "help_serve"], ["F", "help_finish"], ["R", "help_recall"], ["N", "help_no_show"],
  ["H", "help_hold"], ["T", "help_transfer"], ["U", "help_undo"], ["B", "help_issue"], ["K", "help_held"],
  ["M", "help_papers"], ["L", "help_help"], ["E", "help_escort"],
  ["V", "help_transaction"],
  ["D ↑ ↓", "help_aside"], ["C", "help_note"], ["1 … 9", "help_outcome"], ["− +", "help_quantity"],
];
/** @type {[string, string][]} */
const LAST = [["Esc", "help_escape"], ["?", "help"]];

/** @param {string[][]} more  letters of the buttons below the card, and what they do */
export function openHelp(more) {
  openPanel({
    title: say("help_title"), lead: say("help_button"), wide: true,
    body: [h("dl", { class: "help-keys" }, ...[...KEYS, ...more, ...LAST].map(([key, what]) =>
      h("div", {}, h("dt", {}, h("span", { class: "keycap" }, key.startsWith("key_") ? say(key) : key)),
        h("dd", {}, say(what))))),
      h("p", { class: "menu-row" }, h("a", { class: "button", href: guide(), target: "_blank" }, say("guide")))],
  });
}

/** The guide opens beside the desk: nobody loses the counter by reading. */
function guide() { return `/help/officer?lang=${lang()}`; }

/** @param {Model} model @param {import("./model.js").Act} act */
export function openMenu(model, act) {
  const { site, account, counter } = model;
  const here = `/${site.id}/counters/${counter.id}`;
  const languages = site.languages.map((one) =>
    h("a", { class: one === lang() ? "button is-chosen" : "button", href: `${here}?lang=${one}`, lang: one },
      say(`language_${one}`)));
  openPanel({
    title: account.name, lead: account.username,
    body: [
      h("p", { class: "choices-label" }, say("language")), h("div", { class: "menu-row" }, ...languages),
      h("div", { class: "menu-list" },
        model.can("help") ? h("button", { class: "button", type: "button", "data-digit": "l",
          onclick: () => { closePanel(); act.askHelp(); } }, h("span", { class: "keycap" }, "L"), say("verb_help"))
          : null,
        mayEscort(model) ? h("button", { class: "button", type: "button", "data-digit": "e",
          onclick: () => { closePanel(); act.escort(); } }, h("span", { class: "keycap" }, "E"),
          say(model.desk.ticket?.escort ? "verb_escort_off" : "verb_escort")) : null,
        account.works ? h("button", { class: "button", type: "button",
          onclick: () => openInterrupt(whose(model), () => {}) }, icon("unplug"), say("interruption_begin")) : null,
        link("users", `/login?lang=${lang()}`, "other_counter"),
        link("file-text", `/${site.id}/report?lang=${lang()}`, "see_report"),
        link("info", guide(), "guide"),
        h("button", { class: "button", type: "button", onclick: signOut }, icon("log-out"), say("sign_out"))),
      model.mine() ? h("p", { class: "notice" }, say("sign_out_open")) : null,
    ],
  });
}

/** @param {string} name @param {string} href @param {string} text */
function link(name, href, text) {
  return h("a", { class: "button", href }, icon(name), say(text));
}

async function signOut() {
  try {
    await post("/api/v1/logout", {});
    location.assign("/");
  } catch (trouble) {
    openPanel({ title: say("sign_out"),
      body: [h("p", { class: "notice notice-bad" }, /** @type {Error} */ (trouble).message || say("offline"))] });
  }
}
