/** What colleagues wrote about the visitor at the counter: read by whoever serves them. @module */

import { counterName } from "../../static/js/counters.js";
import { byId, h, sameInside } from "../../static/js/dom.js";
import { clock } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { say } from "../../static/js/texts.js";

/** @param {import("./model.js").Model} model */
export function drawNotes({ desk, site }) {
  const notes = [...(desk.notes || [])].reverse(); // the newest first
  const fresh = h("div", {}, ...notes.map(({ at, by, counter, text }) => {
    const place = site.counters.find(({ id }) => id === counter);
    const who = [place ? counterName(place) : counter, by, clock(at, site.timezone)].filter(Boolean).join(", ");
    return h("li", { class: "note-row" }, icon("info"),
      h("div", {}, h("p", { class: "small" }, who), h("p", { class: "note-text" }, text)));
  }));
  byId("noted").hidden = !notes.length;
  byId("noted-title").textContent = say("noted_title", { number: desk.ticket?.number || "" });
  if (!sameInside(byId("notes"), fresh)) byId("notes").replaceChildren(...fresh.childNodes);
}
