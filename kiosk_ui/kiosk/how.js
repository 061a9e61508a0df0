/** How the queue works, for whoever is here for the first time: the same words as the page `/{site}/how`. @module */

import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { icon } from "../../static/js/icons.js";
import { backButton, button, heading, paragraph } from "./parts.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 */

/** @param {Model} model @param {Act} act */
export function howScreen(model, act) {
  const { site } = model.hall;
  const priority = site.services.some(({ classes }) => classes.includes("priority"));
  return [
    h("div", { class: "head" }, heading(say("how")), paragraph(say("how_lead"), "hint")),
    h("dl", { class: "how-lines" },
      line(say("how_wait"), say("how_wait_text")),
      line(say("how_called"), say("how_called_text")),
      line(say("how_missed"), say("how_missed_text", { n: site.missed_call.return_within_minutes })),
      line(say("how_order"), say("how_order_text")),
      priority ? line(say("class_priority"), say("how_priority")) : null,
      line(say("how_data"), say("how_data_text"))),
    h("div", { class: "way" }, backButton(() => act.back())),
  ];
}

/** The key of the first screen that leads here. @param {Act} act */
export function howKey(act) {
  return button("how", "button way-how", () => act.go("how"), icon("info"), say("how_short"));
}

/** @param {string} name @param {string} text */
function line(name, text) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, text));
}
