/**
 * A visitor who waits for the wrong service, or in the wrong class, is put right by number: from the officer's page and
 * from the supervisor's.
 * @module
 */

import { newKey, post } from "./api.js";
import { h } from "./dom.js";
import { say, sayWords } from "./texts.js";
import { choices, closePanel, field, openPanel } from "./panel.js";

/**
 * @typedef {import("./documents.js").SiteService} Service
 * @typedef {import("./documents.js").Site} Site
 * @typedef {{class: string, reason: string}} Reclass
 * @typedef {import("./api.js").ApiError} ApiError
 */

/** Why it is asked once more: nobody could call a visitor sent there. @param {ApiError} refused */
export function thinkTwice({ details }) {
  const { hours_today: hours } = /** @type {{hours_today?: boolean}} */ (details || {});
  return `${say(hours === false ? "sent_to_closed" : "sent_to_nobody")} ${say("press_again_anyway")}`;
}

/**
 * @param {Site} site @param {(number: string, service: string) => void} done
 * @param {HTMLElement[]} [more]  further buttons: a way out, where the panel's head has none
 */
export function openMove(site, done, more = []) {
  let asked = ""; // what was asked once more
  let once = { wish: "", key: "" }; // pressed again after a lost answer, it is still the same wish
  openPanel({
    title: say("move_title"), lead: say("move_lead"),
    more: [...more, h("button", { class: "button", type: "button", onclick: () => openReclassByNumber(site, more) },
      say("reclass_instead"))],
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

/** @param {Site} site */
function services(site) {
  return h("select", { class: "field", name: "service" }, h("option", { value: "" }, say("move_choose")),
    ...site.agencies.filter(({ id }) => site.services.some((one) => one.agency === id))
      .map((agency) => h("optgroup", { label: agency.short_name },
      ...site.services.filter((one) => one.agency === agency.id)
        .map((one) => h("option", { value: one.id }, sayWords(one.name))))));
}

// --- the wrong class ---

const WHY = ["wrong_button", "asked", "entitled", "not_entitled"];

/**
 * Asks for the class and why: one of a few words, for a text would be about somebody's health.
 * @param {{number: string|null, classes: string[], now?: string, more?: HTMLElement[],
 *   run: (body: Reclass, number: string) => Promise<string|null>}} ask
 *   number: null where it is to be typed; now: the class that it has, if that is known
 */
export function openReclass({ number, classes, now = "", more = [], run }) {
  const all = classes.map((one) => ({ value: one, text: say(`class_${one}`), off: one === now }));
  const others = all.filter(({ off }) => !off);
  openPanel({
    title: number ? say("reclass_title_of", { number }) : say("reclass_title"), lead: say("reclass_lead"), more,
    body: [
      number ? null : field({ name: "number", label: say("move_number"), focus: true, size: 16 }),
      choices({ name: "class", label: say("reclass_to"), choices: all,
        chosen: others.length === 1 ? others[0].value : null, compact: true }),
      choices({ name: "why", label: say("reclass_why"),
        choices: WHY.map((one) => ({ value: one, text: say(`reclass_${one}`) })) }),
    ],
    submit: {
      label: say("reclass_do"),
      run: async (data) => {
        const typed = number || String(data.get("number") || "").trim().toUpperCase();
        const body = { class: String(data.get("class") || ""), reason: String(data.get("why") || "") };
        if (!typed) return say("move_number_missing");
        return body.class && body.reason ? run(body, typed) : say("reclass_choose");
      },
    },
  });
}

/** @param {Site} site @param {HTMLElement[]} more */
function openReclassByNumber(site, more) {
  const offered = site.services.flatMap((one) => one.classes);
  let once = { wish: "", key: "" }; // as above
  openReclass({
    number: null, classes: [...new Set(offered)], more,
    run: async (body, number) => {
      const wish = `${number} ${body.class} ${body.reason}`;
      if (once.wish !== wish) once = { wish, key: newKey() };
      try {
        await post(`/api/v1/sites/${site.id}/tickets/by-number/${encodeURIComponent(number)}/reclass`, body,
          { key: once.key });
      } catch (trouble) {
        return reclassRefused(/** @type {ApiError} */ (trouble));
      }
      const done = say("reclass_done", { number, class: say(`class_${body.class}`) });
      openPanel({ title: say("reclass_title"), body: [h("p", { class: "notice notice-good", role: "status" }, done)],
        more: [h("button", { class: "button", type: "button", onclick: closePanel }, say("close"))] });
      return null;
    },
  });
}

/** Why no other class was given. @param {ApiError} refused */
export function reclassRefused({ code, message }) {
  if (code === "offline") return say("reclass_offline");
  if (code === "not_found") return say("move_unknown");
  if (code === "forbidden") return say("reclass_forbidden");
  if (code === "illegal_transition") return say("reclass_over");
  return code === "quota_full" ? say("reclass_full") : message;
}
