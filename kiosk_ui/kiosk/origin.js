/** From which kecamatan the visitor comes: asked of some, beside their number, and gone by itself. @module */

import { OTHER, tellOrigin } from "../../static/js/origins.js";
import { say } from "../../static/js/texts.js";
import { byId, h } from "../../static/js/dom.js";
import { button, paragraph } from "./parts.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 */

const PER_PAGE = 6;
export const ASKED_S = 20; // then the question makes room again, unless it was touched

/** Whether the question stands there. @param {Model} model */
export function asksOrigin({ visit, hall }) {
  return visit.originPage >= 0 && Boolean(visit.ticket?.asks_origin) && hall.site.origins.length > 0;
}

/** Nobody touched it in its time. @param {Model} model @param {Act} act */
export function withdrawOrigin(model, act) {
  if (asksOrigin(model) && model.visit.seconds === model.visit.originUntil) over(model, act, "");
}

/** @param {Model} model @param {Act} act */
export function originPart(model, act) {
  const { visit, hall } = model;
  const page = visit.originPage, from = page * PER_PAGE;
  const named = hall.site.origins.slice(from, from + PER_PAGE);
  const isLast = from + PER_PAGE >= hall.site.origins.length;
  const tell = (/** @type {string} */ origin) => () => answer(model, act, origin);
  return h("div", { class: "origin", role: "group", "aria-labelledby": "origin-title" },
    h("h2", { class: "subtitle", id: "origin-title" }, say("origin_title")),
    paragraph(say("origin_why"), "origin-why secondary"),
    h("div", { class: "origin-names" },
      named.map(({ id, name }) => button(`origin-${id}`, "button origin-name", tell(id), name))),
    h("div", { class: "origin-keys" },
      isLast ? null : button("origin-more", "button origin-name", () => turn(model, act), say("origin_more")),
      page || isLast ? button("origin-other", "button origin-name", tell(OTHER), say("origin_other")) : null,
      button("origin-skip", "button origin-name", () => over(model, act, ""), say("origin_skip"))));
}

/** @param {Model} model @param {Act} act */
function turn(model, act) {
  model.visit.originPage += 1;
  touched(model, act);
  act.draw();
}

/** The number stays long enough for whoever reads on. @param {Model} model @param {Act} act */
function touched(model, act) {
  model.visit.originUntil = 0;
  if (model.visit.seconds < ASKED_S) act.moreTime();
}

/** @param {Model} model @param {Act} act @param {string} said  the name of a text; "": it was skipped */
function over(model, act, said) {
  model.visit.originPage = -1;
  model.visit.originSaid = said;
  act.draw();
}

/**
 * The screen goes on at once: nobody waits for the answer to arrive.
 * @param {Model} model @param {Act} act @param {string} origin
 */
async function answer(model, act, origin) {
  const { visit } = model;
  touched(model, act);
  over(model, act, "origin_thanks");
  byId("announcer").textContent = say("origin_thanks");
  const said = await tellOrigin(visit.ticket?.token || "", origin);
  if (model.visit !== visit || said === visit.originSaid) return;
  over(model, act, said);
  byId("announcer").textContent = say(said);
}
