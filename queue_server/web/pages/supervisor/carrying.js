/** Giving up for the day: whoever waits has a place on the next one, by two touches for all. @module */

import { get, newKey, post } from "../../static/js/api.js";
import { h } from "../../static/js/dom.js";
import { clock, longDate } from "../../static/js/format.js";
import { causeName } from "../../static/js/interrupting.js";
import { interruptionsOf } from "../../static/js/interruptions.js";
import { closePanel, field, openPanel } from "../../static/js/panel.js";
import { ofTheList } from "../../static/js/reasons.js";
import { say, sayCount, sayWords } from "../../static/js/texts.js";
import { backOut } from "./day.js";

/**
 * @typedef {import("./types.js").Site} Site
 * @typedef {import("./types.js").Hall} Hall
 * @typedef {import("../../static/js/documents.js").KeptPlaces} KeptPlaces
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 */

const REASON = 500;

/** @param {Site} site @param {Hall} hall @param {() => void} done */
export async function openGiveUp(site, hall, done) {
  const path = /** @type {const} */ (`/api/v1/sites/${site.id}/carry-over`);
  const once = newKey(); // pressed again after a lost answer, it is still the same wish
  try {
    const { body: would } = await get(path);
    if (!would.numbers) {
      openPanel({ title: say("give_up"), body: [h("p", {}, say("give_up_nobody"))] });
      return;
    }
    const cause = causeOf(hall);
    openPanel({
      title: say("give_up_ask"), lead: say("give_up_lead"), more: [backOut()],
      body: [
        h("ul", { class: "give-up" }, ...lines(would.places, site).map((line) => h("li", {}, line))),
        field({ name: "reason", label: say("give_up_reason"), size: REASON,
          value: cause.reason }),
        h("p", { class: "secondary" }, say("give_up_final"))],
      submit: {
        label: say("give_up_do"),
        run: async (data) => {
          try {
            await post(path, because(String(data.get("reason") || "").trim(), cause), { key: once });
            closePanel();
            done();
            return null;
          } catch (trouble) {
            return wording(trouble);
          }
        },
      },
    });
  } catch (trouble) {
    openPanel({ title: say("give_up"), body: [h("p", {}, wording(trouble))] });
  }
}

/** What stands ready: by what the hall is interrupted, else that it is. @param {Hall} hall */
function causeOf(hall) {
  const [one] = interruptionsOf(hall);
  return one && one.reason !== "other" ? { reason: causeName(one.reason), reason_code: one.reason }
    : ofTheList("disruption");
}

/** Changed, it is in words of one's own. @param {string} said @param {{reason: string}} ready */
function because(said, ready) {
  return said === ready.reason ? ready : { reason: said };
}

/** @param {unknown} trouble */
function wording(trouble) {
  const { code, message, details } = /** @type {ApiError} */ (trouble);
  if (code === "offline") return say("offline");
  return code === "invalid" && details?.field === "reason" ? say("give_up_reason_missing") : message;
}

/**
 * How many, and on which day: one line for each day; which services, where they have different ones.
 * @param {KeptPlaces[]} places @param {Site} site
 */
function lines(places, site) {
  const days = [...new Set(places.map(({ opens_at: at }) => at))];
  return days.map((at) => {
    const own = places.filter((one) => one.opens_at === at);
    const of = days.length > 1 ? ` ${own.map(({ service }) => nameOf(site, service)).join(", ")}` : "";
    return [h("b", {}, sentence("give_up_places", own, site)), of];
  });
}

/** @param {"give_up_places"|"given_up"} key @param {KeptPlaces[]} own @param {Site} site */
function sentence(key, own, site) {
  const sum = (/** @type {"numbers"|"people"} */ what) => own.reduce((all, one) => all + one[what], 0);
  const [{ opens_at: at }] = own;
  return say(key, { numbers: sayCount("numbers", sum("numbers")), people: sayCount("people", sum("people")),
    date: longDate(at, site.timezone), time: clock(at, site.timezone) });
}

/** @param {Site} site @param {string} id */
function nameOf(site, id) {
  const found = site.services.find((one) => one.id === id);
  return found ? sayWords(found.name) : id;
}

/** Places that are kept, until they are let in. @param {Hall} hall @param {Site} site */
export function keptBars({ carried }, site) {
  const days = [...new Set((carried || []).map(({ opens_at: at }) => at))];
  return days.map((at) => h("div", { class: "interruption-bar is-kept" }, h("p", { class: "interruption-words" },
    sentence("given_up", carried.filter((one) => one.opens_at === at), site))));
}
