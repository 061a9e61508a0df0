/** A visitor stands at a free counter without a number: one is given, and service begins. @module */

import { h } from "../../static/js/dom.js";
import { choices, closePanel, openPanel } from "../../static/js/panel.js";
import { reasonFields, reasonOf } from "../../static/js/reasons.js";
import { say, sayCount, sayWords } from "../../static/js/texts.js";
import { refusal } from "./issue.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 */

/** @type {import("../../static/js/documents.js").ReasonCode[]} */
const REASONS = ["short_question", "helped", "sent_here"];

/** @param {Model} model @param {Act} act */
export function openWalkIn(model, act) {
  const { site, counter, desk } = model;
  const services = site.services.filter(({ id }) => counter.services.includes(id));
  const waiting = desk.waiting.reduce((sum, one) => sum + one.count, 0);
  const classes = [...new Set(services.flatMap((one) => one.classes))];
  openPanel({
    title: say("verb_walk_in"),
    lead: waiting ? say("panel_walk_in_overtakes", { people: sayCount("people", waiting) }) : say("panel_walk_in_lead"),
    body: [
      choices({ name: "service", label: say("service"), digits: services.length > 1,
        chosen: services.length === 1 ? services[0].id : null,
        choices: services.map(({ id, name }) => ({ value: id, text: h("b", {}, sayWords(name)) })) }),
      classes.length < 2 ? null : choices({ name: "class", label: say("issue_class"), compact: true, digits: false,
        chosen: classes.includes("regular") ? "regular" : classes[0],
        choices: classes.map((one) => ({ value: one, text: say(`class_${one}`) })) }),
      h("label", { class: "panel-field" }, h("span", { class: "choices-label" }, say("walk_in_people")),
        h("input", { class: "field", name: "people", type: "number", min: 1, max: 20, value: 1 })),
      waiting ? reasonFields(REASONS, { label: say("reason"), hint: say("reason_hint"), digits: services.length === 1 })
        : null,
    ],
    submit: { label: say("walk_in_serve"), run: (data) => run(model, act, data, waiting > 0) },
  });
}

/** @param {Model} model @param {Act} act @param {FormData} data @param {boolean} overtakes */
async function run(model, act, data, overtakes) {
  const service = String(data.get("service") || "");
  if (!service) return say("choose_first");
  const reason = reasonOf(data);
  if (overtakes && !reason) return say("reason_missing");
  const type = String(data.get("class") || "regular");
  const people = Number(data.get("people")) || 1;
  const body = { service, class: type, ...(people > 1 ? { people } : {}), ...reason };
  const trouble = await act.carryOut("walk-in", body, "");
  if (!trouble) closePanel();
  return trouble && model.refusal ? refusal(model, model.refusal) : trouble;
}
