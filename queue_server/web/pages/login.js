/** Sign-in, then the choice of a counter; a supervisor goes to the hall. @module */

import { get, post } from "../static/js/api.js";
import { actsFor } from "../static/js/counters.js";
import { byId, h } from "../static/js/dom.js";
import { stopwatch } from "../static/js/format.js";
import { pageData } from "../static/js/page.js";
import { lang, say, useTexts } from "../static/js/texts.js";
import { hall } from "./login/hall.js";
import { offerSignOut } from "./staff.js";

/**
 * @typedef {import("./desk/types.js").Account} Account
 * @typedef {import("../static/js/documents.js").PageData & {next: string|null, account: Account|null}} Data
 * @typedef {import("../static/js/api.js").ApiError} ApiError
 */

const AGAIN_MS = 5000;

/** Halls as a whole: a supervisor's, and those of a front desk. */
const WAY = {
  halls: (/** @type {string} */ site) => `/${site}/supervisor?lang=${lang()}`,
  front_desks: (/** @type {string} */ site) => `/${site}/front-desk?lang=${lang()}`,
};

/** @type {Data} */
const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
if (document.getElementById("form")) listen();
else if (data.account) pick(data.account);

function listen() {
  const password = /** @type {HTMLInputElement} */ (byId("password"));
  byId("show").addEventListener("click", () => {
    const shown = password.type === "password";
    password.type = shown ? "text" : "password";
    byId("show").textContent = say(shown ? "hide_password" : "show_password");
    byId("show").setAttribute("aria-pressed", String(shown));
    password.focus();
  });
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    signIn(/** @type {HTMLInputElement} */ (byId("username")).value.trim(), password.value);
  });
}

/** @param {string} username @param {string} password */
async function signIn(username, password) {
  const go = /** @type {HTMLButtonElement} */ (byId("go"));
  if (go.disabled) return;
  if (!username || !password) return fault(say("fill_both"), username ? "password" : "username");
  go.disabled = true;
  go.textContent = say("signing_in");
  byId("fault").hidden = true;
  try {
    await post("/api/v1/login", { username, password });
    location.assign(ownPath(data.next) || `/login?lang=${lang()}`);
  } catch (trouble) {
    go.disabled = false;
    go.textContent = say("sign_in");
    explain(/** @type {ApiError} */ (trouble));
  }
}

/**
 * The page that was wanted, if it is one of ours: a link must not lead a signed-in officer elsewhere.
 * @param {string|null} next
 */
function ownPath(next) {
  if (!next) return null;
  const url = new URL(next, location.origin);
  if (url.origin !== location.origin) return null;
  if (!url.searchParams.has("lang")) url.searchParams.set("lang", lang());
  return url.pathname + url.search + url.hash;
}

/** @param {ApiError} error */
function explain({ status, code, message, details }) {
  const wait = /** @type {{retry_after_s?: number}} */ (details || {}).retry_after_s;
  if (code === "offline") return fault(say("offline"), "password");
  if (status === 429 && wait) return fault(say("wait_seconds", { time: stopwatch(wait) }), "password");
  fault(message, "password");
}

/** @param {string} text @param {string} focus */
function fault(text, focus) {
  byId("fault").textContent = text;
  byId("fault").hidden = false;
  byId(focus).focus();
}

/** @param {Account} account */
async function pick(account) {
  const { picks } = account;
  if (!picks.length) return location.replace(`/?lang=${lang()}`);
  if (picks[0] !== "counters" && !picks[1] && account.sites.length === 1) {
    return location.replace(WAY[picks[0]](account.sites[0]));
  }
  try {
    const sites = await Promise.all(account.sites.map((id) => get(`/api/v1/sites/${id}`)));
    if (!account.sites.length) return byId("pick").replaceChildren(h("p", {}, say("no_counters")));
    const parts = picks.flatMap(
      (pick) => (pick === "counters" ? sites.flatMap(({ body }) => ofSite(body, account))
      : [halls(sites.map(({ body }) => body), pick)]));
    byId("pick").replaceChildren(...parts);
    byId("fault").hidden = true;
  } catch (trouble) {
    setTimeout(() => pick(account), AGAIN_MS);
    const { code, message } = /** @type {ApiError} */ (trouble);
    byId("fault").textContent = code === "offline" ? say("offline") : message;
    byId("fault").hidden = false;
  }
}

/** @param {import("../static/js/documents.js").Site[]} sites @param {keyof typeof WAY} pick */
function halls(sites, pick) {
  return h("ul", { class: "pick-list" }, ...sites.map(({ id, name, short_name: short }) => h("li", {},
    h("a", { class: "pick", href: WAY[pick](id) },
      h("span", { class: "pick-words" }, h("b", {}, short),
        h("span", { class: "secondary small" }, pick === "halls" ? name : say("front_desk_page")))))));
}

/** @param {import("../static/js/documents.js").Site} site @param {Account} account */
function ofSite(site, account) {
  const counters = site.counters.filter((one) => actsFor(account, site.id, one.agency));
  if (counters.length) return hall(site, counters, data.build);
  return [h("h2", { class: "pick-site" }, site.name), h("p", {}, say("no_counters"))];
}
