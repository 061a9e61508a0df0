/**
 * Levers for today: what a counter serves, how many numbers a service gives; and what was set so, to take back.
 * @module
 */

import { get, put } from "../../static/js/api.js";
import { byId, h, sameInside } from "../../static/js/dom.js";
import { counterName } from "../../static/js/counters.js";
import { clock } from "../../static/js/format.js";
import { closePanel, openPanel } from "../../static/js/panel.js";
import { ofTheList, reasonFields, reasonOf } from "../../static/js/reasons.js";
import { say, sayWords } from "../../static/js/texts.js";
import { backOut } from "./day.js";

/**
 * @typedef {import("./types.js").Site} Site
 * @typedef {import("./types.js").Hall} Hall
 * @typedef {import("../../static/js/documents.js").SetToday} SetToday
 * @typedef {import("../../static/js/documents.js").ReasonCode} ReasonCode
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 */

/** @type {ReasonCode[]} */
const REASONS = ["long_queue", "few_officers", "supplies", "trouble"];
const TOTAL = "total";

/** The two keys. @param {() => Site} site  as it is now, within the account's agencies @param {() => void} done */
export function offerLevers(site, done) {
  byId("assign").addEventListener("click", () => openAssign(site(), done));
  byId("quota").addEventListener("click", () => openQuota(site(), done));
}

/** Why: one that is ready, or one's own words. @param {ReasonCode} chosen */
function why(chosen) {
  return reasonFields(REASONS, { label: say("lever_reason"), hint: say("lever_reason_own"), chosen, digits: false });
}

/**
 * @param {Site} site @param {() => void} done
 * @param {{counter: string, services: string[]}} [wish]  what stands ready: a counter, and what it would serve
 */
export function openAssign(site, done, wish) {
  const pick = /** @type {HTMLSelectElement} */ (h("select", { class: "field", name: "counter", autofocus: true },
    ...site.counters.map((one) => h("option", { value: one.id }, counterName(one)))));
  const list = h("div", { class: "lever-services" });
  if (wish) pick.value = wish.counter;
  const draw = () => list.replaceChildren(
    servicesOf(site, pick.value, wish && wish.counter === pick.value ? wish.services : null));
  pick.addEventListener("change", draw);
  draw();
  let asked = "";
  openPanel({
    title: say("assign_title"), lead: say("assign_lead"), wide: true, more: [backOut()],
    body: [h("label", { class: "panel-field" }, h("span", { class: "choices-label" }, say("counter")), pick), list,
      why("long_queue")],
    submit: {
      label: say("lever_do"),
      run: async (data) => {
        const [counter, services] = [String(data.get("counter")), data.getAll("service").map(String)];
        if (!services.length) return say("assign_none");
        const meant = `${counter} ${services}`;
        const sure = asked === meant;
        const body = { services, ...reasonOf(data), ...(sure ? { confirm: true } : {}) };
        const trouble = await send(`/api/v1/sites/${site.id}/counters/${counter}/services`, body, done);
        if (trouble?.code !== "last_counter") return trouble ? wording(trouble) : null;
        asked = meant;
        const left = /** @type {string[]} */ (trouble.details?.services || []).map((id) => nameOf(site, id));
        return say("assign_alone", { services: left.join(", ") });
      },
    },
  });
}

/**
 * The services to tick; those that it serves now are, or those that are wished for.
 * @param {Site} site @param {string} counter @param {string[]|null} wished
 */
function servicesOf(site, counter, wished) {
  const now = wished || site.counters.find(({ id }) => id === counter)?.services || [];
  const rank = (/** @type {{id: string}} */ { id }) => (now.includes(id) ? 0 : 1);
  const [place] = site.counters.filter(({ id }) => id === counter);
  const own = [...site.services].sort((a, b) =>
    rank(a) - rank(b) || Number(b.agency === place?.agency) - Number(a.agency === place?.agency));
  return h("fieldset", { class: "choices" }, h("legend", { class: "choices-label" }, say("assign_services")),
    ...own.map((one) => h("label", { class: "choice" },
      h("input", { type: "checkbox", name: "service", value: one.id, checked: now.includes(one.id) }),
      h("span", { class: "choice-text" }, sayWords(one.name)),
      one.waiting ? h("span", { class: "choice-aside secondary" }, say("post_waiting", { n: one.waiting })) : null)));
}

/** Looked at anew: how many are left is no matter of the structure. @param {Site} shown @param {() => void} done */
async function openQuota(shown, done) {
  const site = await fresh(shown);
  const pick = /** @type {HTMLSelectElement} */ (h("select", { class: "field", name: "service", autofocus: true },
    ...site.services.map((one) => h("option", { value: one.id }, sayWords(one.name)))));
  const list = h("div", { class: "lever-places" });
  const draw = () => list.replaceChildren(...placesOf(site, pick.value));
  pick.addEventListener("change", draw);
  draw();
  openPanel({
    title: say("quota_title"), lead: say("quota_lead"), wide: true, more: [backOut()],
    body: [h("label", { class: "panel-field" }, h("span", { class: "choices-label" }, say("service")), pick), list,
      why("supplies")],
    submit: {
      label: say("lever_do"),
      run: async (data) => {
        const service = String(data.get("service"));
        const one = site.services.find(({ id }) => id === service);
        const names = [TOTAL, ...(one ? one.classes : [])];
        const said = names.map((name) => String(data.get(`n-${name}`) ?? "").trim());
        if (said.some((text) => text && !/^\d{1,4}$/.test(text))) return say("quota_no_number");
        const places = Object.assign({}, ...names.map((name, n) => ({ [name]: said[n] ? Number(said[n]) : null })));
        const trouble = await send(
          `/api/v1/sites/${site.id}/services/${service}/quota`, { ...places, ...reasonOf(data) }, done);
        return trouble ? wording(trouble) : null;
      },
    },
  });
}

/** A number for all together and for each class; empty: as many as come. @param {Site} site @param {string} id */
function placesOf(site, id) {
  const one = site.services.find((service) => service.id === id);
  if (!one) return [];
  const line = (/** @type {string} */ name, /** @type {number|null|undefined} */ n, /** @type {number|null} */ left) =>
    h("label", { class: "panel-field" },
      h("span", { class: "choices-label" }, say(name === TOTAL ? "class_all" : `class_${name}`)),
      h("input", { class: "field", name: `n-${name}`, value: n ?? "", inputmode: "numeric", maxlength: 4,
        autocomplete: "off", placeholder: say("quota_unlimited") }),
      h("span", { class: "secondary small" },
        left === null ? say("quota_unlimited") : say("quota_left_now", { n: left })));
  return [line(TOTAL, one.quota_total, one.quota_total_left),
    ...one.classes.map((name) => line(name, one.quota[name], one.quota_left[name] ?? null))];
}

/** @param {Site} shown @returns {Promise<Site>} */
async function fresh(shown) {
  try {
    const { body } = await get(`/api/v1/sites/${shown.id}`);
    return { ...body, services: body.services.filter(({ id }) => shown.services.some((one) => one.id === id)) };
  } catch (_) {
    return shown; // what the page knows; the server decides
  }
}

/**
 * @param {`/api/v1/sites/${string}`} path @param {object} body @param {() => void} done
 * @returns {Promise<ApiError|null>}
 */
async function send(path, body, done) {
  try {
    await put(path, body);
  } catch (trouble) {
    return /** @type {ApiError} */ (trouble);
  }
  closePanel();
  done();
  return null;
}

/** @param {ApiError} trouble */
function wording({ code, message }) {
  return code === "offline" ? say("offline") : message;
}

/** @param {Site} site @param {string} id */
function nameOf(site, id) {
  const found = site.services.find((one) => one.id === id);
  return found ? sayWords(found.name) : id;
}

/**
 * What was set for today, each with who did it, when and why, and a key that lets the structure speak again.
 * @param {Hall} hall @param {Site} site @param {boolean} steers @param {() => void} done
 */
export function drawSetToday(hall, site, steers, done) {
  const bars = h("div", {}, ...(hall.set_today || []).map((one) => bar(one, site, steers, done)));
  if (!sameInside(byId("set-today"), bars)) byId("set-today").replaceChildren(...bars.childNodes);
}

/** @param {SetToday} one @param {Site} site @param {boolean} steers @param {() => void} done */
function bar(one, site, steers, done) {
  const counter = site.counters.find(({ id }) => id === one.counter);
  const what = one.counter
    ? say("set_services", { counter: counter ? counterName(counter) : one.counter,
      services: (one.services || []).map((id) => nameOf(site, id)).join(", ") })
    : say("set_quota", { service: nameOf(site, one.service || ""), places: placesSaid(one.quota || {}) });
  const who = say("set_by", { name: one.by || "", time: clock(one.at, site.timezone), reason: one.reason || "" });
  const back = steers && h("button", { class: "button", type: "button", onclick: () => takeBack(one, site, done) },
    say("set_back"));
  return h("div", { class: "set-today", "data-counter": one.counter, "data-service": one.service },
    h("p", { class: "set-words" }, h("b", {}, what), ` ${who}`), back || null);
}

/** "Semua 20, Prioritas tidak dibatasi". @param {{[name: string]: number|null}} quota */
function placesSaid(quota) {
  return Object.entries(quota).map(([name, n]) =>
    `${say(name === TOTAL ? "class_all" : `class_${name}`)} ${n === null ? say("quota_unlimited") : n}`).join(", ");
}

/** @param {SetToday} one @param {Site} site @param {() => void} done */
function takeBack(one, site, done) {
  openPanel({
    title: say("set_back_title"), lead: say("set_back_lead"), more: [backOut()], body: [],
    submit: {
      label: say("set_back"),
      run: async () => {
        const [path, what] = one.counter
          ? [`/api/v1/sites/${site.id}/counters/${one.counter}/services`, { services: one.declared_services || [] }]
          : [`/api/v1/sites/${site.id}/services/${one.service}/quota`, { ...one.declared_quota }];
        const body = { ...what, ...ofTheList("as_usual"), ...(one.counter ? { confirm: true } : {}) };
        const trouble = await send(/** @type {`/api/v1/sites/${string}`} */ (path), body, done);
        return trouble ? wording(trouble) : null;
      },
    },
  });
}
