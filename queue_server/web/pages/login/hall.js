/**
 * The counters of a hall as they are now: which are open, who is there, how many wait. From the board, which names
 * nobody.
 * @module
 */

import { counterName, isNumbered, whereabouts } from "../../static/js/counters.js";
import { h } from "../../static/js/dom.js";
import { clock } from "../../static/js/format.js";
import { openLive } from "../../static/js/live.js";
import { lang, say } from "../../static/js/texts.js";

/**
 * @typedef {import("../../static/js/documents.js").Site} Site
 * @typedef {import("../../static/js/documents.js").SiteCounter} Counter
 * @typedef {import("../../static/js/documents.js").Board} Board
 */

const TONE = { break: "", closed: "chip-warn", idle: "", called: "", serving: "chip-good" }; // as on the counter page

/**
 * A site's part of the page, kept up to date.
 * @param {Site} site
 * @param {Counter[]} counters  those of the account
 * @param {string} build
 */
export function hall(site, counters, build) {
  const sum = h("p", { class: "pick-sum", role: "status" });
  const list = counters.map((one) => ({ one, ...entry(site, one) }));
  const draw = (/** @type {Board} */ board) => {
    const services = new Map(board.services.map((one) => [one.id, one.waiting]));
    const states = new Map(board.counters.map((one) => [one.id, one]));
    for (const { one, chip, line } of list) {
      const now = states.get(one.id);
      const state = now ? now.state : "closed";
      chip.className = `chip ${TONE[state]}`;
      chip.textContent = say(`counter_${state}`, { number: now?.number || "" });
      line.textContent = say("counter_waiting", { n: total(services, one.services) });
    }
    const shown = new Set(counters.flatMap((one) => one.services));
    const open = counters.filter((one) => states.get(one.id)?.open).length;
    sum.textContent = say("hall_sum", { open, all: counters.length, n: total(services, [...shown]) });
  };
  const lost = h("p", { class: "notice notice-warn", hidden: true });
  const onStatus = (/** @type {import("../../static/js/contact.js").Status} */ { since }) => {
    lost.hidden = !since;
    lost.textContent = since ? say("disconnected_since", { time: clock(since, site.timezone) }) : "";
  };
  const renew = () => location.reload();
  openLive({ site, build, renew, auth: { screen: "wall" }, on: { board: draw }, onStatus, idle: () => true });
  return [h("h2", { class: "pick-site" }, site.name),
    h("div", { class: "pick-about" }, sum, h("a", { href: `/${site.id}/report?lang=${lang()}` }, say("report_today"))),
    lost,
    h("ul", { class: "pick-list" }, ...list.map(({ item }) => item))];
}

/** @param {Site} site @param {Counter} one */
function entry(site, one) {
  const chip = h("span", { class: "chip" });
  const line = h("span", {});
  const item = h("li", {},
    h("a", { class: "pick", "data-counter": one.id, href: `/${site.id}/counters/${one.id}?lang=${lang()}` },
    isNumbered(one) ? h("span", { class: "tile" }, one.tile) : null,
    h("span", { class: "pick-words" }, h("b", {}, counterName(one)),
      h("span", { class: "secondary small" }, whereabouts(site, one)),
      h("span", { class: "pick-now small" }, chip, line))));
  return { item, chip, line };
}

/** @param {Map<string, number>} waiting  by service @param {string[]} services */
function total(waiting, services) {
  return services.reduce((sum, id) => sum + (waiting.get(id) || 0), 0);
}
