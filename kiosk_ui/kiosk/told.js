/**
 * What the hall tells its visitors, above every screen: urgent notices at once and always, others while an agency is
 * chosen, and that agency's own while one of its services is. Where there are several they change whole.
 * @module
 */

import { byId, h, sameInside } from "../../static/js/dom.js";
import { icon } from "../../static/js/icons.js";
import { inTurn, noticesAt, wordsOf } from "../../static/js/notice.js";
import { say } from "../../static/js/texts.js";

const WITH_AGENCY = ["services", "details", "refusal"];

/**
 * Draws what is to be told now; whether it is other than before, so that the stage has another height.
 * @param {import("./model.js").Model} model
 */
export function tell({ hall: { site }, visit, now }) {
  const all = noticesAt(site, "kiosk", now());
  const urgent = all.filter((one) => one.urgent);
  const agency = WITH_AGENCY.includes(visit.screen) ? visit.agency : "";
  const here = urgent.length ? urgent
    : all.filter((one) => (visit.screen === "agencies" ? !one.agency : agency && one.agency === agency));
  const one = inTurn(here, now());
  const next = h("div", {}, one ? line(one, site) : null);
  const told = byId("told");
  if (sameInside(told, next)) return false;
  told.replaceChildren(...next.childNodes);
  return true;
}

/**
 * @param {import("../../static/js/documents.js").Notice} one
 * @param {import("../../static/js/documents.js").Site} site
 */
function line(one, site) {
  return h("p", { class: one.urgent ? "told is-urgent" : "told", role: one.urgent ? "alert" : null },
    icon(one.urgent ? "circle-alert" : "info"),
    h("span", { class: "told-words" }, one.urgent ? h("b", {}, `${say("notice_urgent")}: `) : null,
      h("bdi", {}, wordsOf(one, site))));
}
