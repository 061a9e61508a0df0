/** A visitor who waits for the wrong service is moved by number: from the officer's page and from the supervisor's. @module */

import { newKey, post } from "../../static/js/api.js";
import { h } from "../../static/js/dom.js";
import { say, sayWords } from "../../static/js/texts.js";
import { closePanel, field, openPanel } from "./panel.js";

/**
 * @typedef {{id: string, short_name: string}} Agency
 * @typedef {{id: string, agency: string, name: import("../../static/js/documents.js").Words}} Service
 * @typedef {{id: string, agencies: Agency[], services: Service[]}} Hall
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 */

/** Why it is asked once more: nobody could call a visitor sent there. @param {ApiError} refused */
export function thinkTwice({ details }) {
  const { hours_today: hours } = /** @type {{hours_today?: boolean}} */ (details || {});
  return `${say(hours === false ? "sent_to_closed" : "sent_to_nobody")} ${say("press_again_anyway")}`;
}

/**
 * @param {Hall} site @param {(number: string, service: string) => void} done
 * @param {HTMLElement[]} [more]  further buttons: a way out, where the panel's head has none
 */
export function openMove(site, done, more = []) {
  let asked = ""; // what was asked once more
  let once = { wish: "", key: "" }; // pressed again after a lost answer, it is still the same wish
  openPanel({
    title: say("move_title"), lead: say("move_lead"), more,
    body: [
      field({ name: "number", label: say("move_number"), focus: true, size: 16 }),
      h("label", { class: "panel-field" }, h("span", { class: "choices-label" }, say("move_to")), services(site)),
    ],
    submit: {
      label: say("move_do"),
      run: async (data) => {
        const number = String(data.get("number") || "").trim().toUpperCase();
        const service = String(data.get("service") || "");
        if (!number) return say("move_number_missing");
        if (!service) return say("move_service_missing");
        const wish = `${number} ${service}`;
        const confirm = asked === wish;
        if (once.wish !== `${wish} ${confirm}`) once = { wish: `${wish} ${confirm}`, key: newKey() };
        try {
          await post(`/api/v1/sites/${site.id}/tickets/by-number/${encodeURIComponent(number)}/transfer`,
            { service, ...(confirm ? { confirm: true } : {}) }, { key: once.key });
        } catch (trouble) {
          const refused = /** @type {ApiError} */ (trouble);
          if (refused.code !== "offline") once.wish = "";
          if (refused.code === "no_counter") asked = wish;
          return refused.code === "no_counter" ? thinkTwice(refused) : wording(refused);
        }
        closePanel();
        done(number, service);
        return null;
      },
    },
  });
}

/** @param {ApiError} refused */
function wording({ code, message }) {
  if (code === "offline") return say("move_offline");
  if (code === "not_found") return say("move_unknown");
  if (code === "illegal_transition") return say("move_not_waiting");
  return code === "forbidden" ? say("move_forbidden") : message;
}

/** @param {Hall} site */
function services(site) {
  return h("select", { class: "field", name: "service" }, h("option", { value: "" }, say("move_choose")),
    ...site.agencies.filter(({ id }) => site.services.some((one) => one.agency === id)).map((agency) => h("optgroup", { label: agency.short_name },
      ...site.services.filter((one) => one.agency === agency.id).map((one) => h("option", { value: one.id }, sayWords(one.name))))));
}
