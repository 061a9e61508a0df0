/**
 * The supervisor's page: one hall, live. The socket says that something happened, the hall document says what.
 * @module
 */

import { post } from "../static/js/api.js";
import { clockIsSure, hearClock, serverNow } from "../static/js/clock.js";
import { byId, h, sameInside } from "../static/js/dom.js";
import { clock, longDate } from "../static/js/format.js";
import { icon, warmIcons } from "../static/js/icons.js";
import { openLive } from "../static/js/live.js";
import { pageData } from "../static/js/page.js";
import { lang, say, sayWords, useTexts } from "../static/js/texts.js";
import { openMove } from "../static/js/moving.js";
import { panelIsOpen } from "../static/js/panel.js";
import { offerSignOut } from "./staff.js";
import { interruptionBar, openInterrupt } from "../static/js/interrupting.js";
import { interruptionsOf } from "../static/js/interruptions.js";
import { Alarms, write } from "./supervisor/alarms.js";
import { drawArrivals } from "./supervisor/arrivals.js";
import { Counters } from "./supervisor/counters.js";
import { keptBars, openGiveUp } from "./supervisor/carrying.js";
import { backOut, drawDay, offerDay, offerOpen } from "./supervisor/day.js";
import { keepFetched } from "./supervisor/fetching.js";
import { drawServices, drawStrip } from "./supervisor/figures.js";
import { PastInterruptions } from "./supervisor/past_interruptions.js";
import { drawSetToday, offerLevers, openAssign } from "./supervisor/levers.js";
import { Suggestions } from "./supervisor/suggestions.js";
import { openTell } from "./supervisor/telling.js";

const EVERY_MS = 15000;
const LEAST_MS = 1000; // between two looks at the hall, however much happens
const TICK_MS = 1000;
const SUGGEST_MS = 30000;
const SAID_MS = 15000;
const CONTACT = { live: ["circle-check", "connected"], unknown: ["unplug", "connecting"],
  stale: ["wifi-off", "disconnected_since"] };

/** @type {import("./supervisor/types.js").Data} */
const data = pageData();
useTexts(data.texts, data.lang);
hearClock(data.hall.now);
offerSignOut();

let whole = data.site;
const site = within(whole, data.hall);
const zone = site.timezone;
const alarms = new Alarms(site, data.account.oversees ? take : null);
const counters = new Counters(site, byId("counters"));
const suggestions = new Suggestions({ site: () => site, steers: data.account.oversees, refused,
  assign: (counter, services) => openAssign(site, () => { news(); suggest(); }, { counter, services }) });
const past = new PastInterruptions(() => draw());
let { hall } = data;
/** @type {import("./supervisor/types.js").Today|null} */
let today = null;
/** @type {Date|null} when the server was last heard, while it is not: then nothing runs on */
let lost = null;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let saidLong;

const path = /** @type {const} */ (`/api/v1/sites/${site.id}/hall`);
const news = keepFetched(path, { every: EVERY_MS, least: LEAST_MS }, (fresh) => {
  hearClock(fresh.now);
  hall = fresh;
  Object.assign(site, within(whole, hall));
  byId("fault").hidden = true;
  draw();
}, refused);
keepFetched(`${path}/today`, { every: EVERY_MS }, (fresh) => {
  today = fresh;
  draw();
}, refused)();
const suggest = keepFetched(/** @type {const} */ (`/api/v1/sites/${site.id}/suggestions`),
  { every: SUGGEST_MS, least: LEAST_MS }, (fresh) => suggestions.draw(fresh), refused);
suggest();
warmIcons(Object.values(CONTACT).map(([picture]) => picture)); // a lost line's is shown first when nothing answers
const live = openLive({
  site: whole, build: data.build, auth: { screen: "supervisor" }, prompt: true, idle: () => !panelIsOpen(),
  renew: (fresh) => {
    whole = fresh;
    Object.assign(site, within(whole, hall));
    news();
  },
  on: { board: news, refused }, onStatus: contact,
});
offerDay(site.id, () => hall, (board) => live.offer("board", board), data.account.oversees ? giveUp : null);
offerOpen(site.id, (board) => live.offer("board", board));
byId("move").addEventListener("click", () => openMove(site, moved, [backOut()]));
byId("interrupt").addEventListener("click", () => openInterrupt(whose(), news));
offerLevers(() => site, news);
byId("tell").addEventListener("click", () => openTell(whose(), () => sayDone(say("tell_done"))));
draw();
setInterval(tick, TICK_MS);

/**
 * Of the site only what this account is shown: its agencies' counters and services.
 * @param {import("./supervisor/types.js").Site} whole
 * @param {import("./supervisor/types.js").Hall} shown
 */
function within(whole, shown) {
  const mine = (/** @type {{id: string}[]} */ list) => (/** @type {{id: string}} */ one) =>
    list.some(({ id }) => id === one.id);
  return { ...whole, counters: whole.counters.filter(mine(shown.counters)),
    services: whole.services.filter(mine(shown.services)) };
}

/** All that depends on documents. */
function draw() {
  drawStrip(hall, today);
  drawDay(hall, zone);
  const bars = h("div", {}, ...interruptionsOf(hall).map((one) => interruptionBar(one, whose(), news)),
    ...past.bars(hall, whose(), news), ...keptBars(hall, whole));
  if (!sameInside(byId("interruptions"), bars)) byId("interruptions").replaceChildren(...bars.childNodes);
  drawArrivals(hall, zone);
  drawSetToday(hall, site, data.account.oversees, news);
  tick();
}

/** What this account may speak for. @returns {import("../static/js/interrupting.js").Whose} */
function whose() {
  const { runs_day: all, oversees } = data.account;
  const agencies = [...new Set(site.counters.map(({ agency }) => agency))];
  return { site: whole, whole: all, oversees, agencies, ...(oversees ? { giveUp } : {}) };
}

/** All who wait have a place on the next day. */
function giveUp() {
  openGiveUp(whole, hall, news);
}

/** All that depends on the time. */
function tick() {
  const now = serverNow();
  write(byId("clock"), clock(now, zone));
  write(byId("date"), longDate(now, zone));
  if (!clockIsSure()) return;
  alarms.draw(hall, lost || now);
  counters.draw(hall, lost || now);
  drawServices(site, hall, today, lost || now);
}

/** @param {import("../static/js/contact.js").Status} status */
function contact({ state, since }) {
  lost = since;
  document.body.dataset.contact = state;
  const [picture, text] = CONTACT[state];
  byId("contact").replaceChildren(icon(picture), say(text, since ? { time: clock(since, zone) } : {}));
}

/** An alarm is seen to; whatever became of it is what the hall says next. @param {string} id */
async function take(id) {
  try {
    await post(`/api/v1/sites/${site.id}/alarms/${encodeURIComponent(id)}/acknowledge`, {});
  } catch (trouble) {
    refused(/** @type {import("../static/js/api.js").ApiError} */ (trouble));
  }
  news();
}

/** A waiting visitor was moved by number: said for a while. @param {string} number @param {string} service */
function moved(number, service) {
  const found = site.services.find((one) => one.id === service);
  sayDone(say("move_done", { number, service: found ? sayWords(found.name) : service }));
}

/** What was done here is said for a while. @param {string} text */
function sayDone(text) {
  byId("moved").textContent = text;
  byId("moved").hidden = false;
  clearTimeout(saidLong);
  saidLong = setTimeout(() => (byId("moved").hidden = true), SAID_MS);
  news();
}

/**
 * A session that has ended, or an account that may no longer look; a lost line is the contact's to say.
 * @param {import("../static/js/api.js").ApiError} error
 */
function refused({ status, message }) {
  if (status !== 401 && status !== 403) return;
  const again = h("a", { href: `/login?lang=${lang()}&next=/${site.id}/supervisor` }, say("sign_in"));
  byId("fault").replaceChildren(`${message} `, again);
  byId("fault").hidden = false;
}
