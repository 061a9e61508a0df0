/** What cannot work at this counter, and who may say so. @module */

import { byId, h, sameInside } from "../../static/js/dom.js";
import { interruptionsOf } from "../../static/js/interruptions.js";
import { interruptionBar } from "../../static/js/interrupting.js";

/** @typedef {import("./model.js").Model} Model */

/** What the officer may speak for. @param {Model} model @returns {import("../../static/js/interrupting.js").Whose} */
export function whose({ site, account, counter }) {
  const { runs_day: whole, oversees, works } = account;
  return { site, whole, oversees, agencies: works ? [counter.agency] : [] };
}

/** @param {Model} model */
export function drawTrouble(model) {
  const place = byId("interruptions");
  const bars = h("div", {}, ...interruptionsOf(model.desk).map((one) => interruptionBar(one, whose(model), () => {})));
  if (!sameInside(place, bars)) place.replaceChildren(...bars.childNodes);
}
