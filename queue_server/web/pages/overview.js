/**
 * The hall for its leaders and for a lobby: the socket says that something happened, the overview document says what.
 * Nobody need touch it; it must be right again by itself.
 * @module
 */

import { clockIsSure, hearClock, serverNow } from "../static/js/clock.js";
import { byId, h } from "../static/js/dom.js";
import { clock, longDate } from "../static/js/format.js";
import { icon, warmIcons } from "../static/js/icons.js";
import { openLive } from "../static/js/live.js";
import { pageData } from "../static/js/page.js";
import { lang, say, useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";
import { drawAgencies } from "./overview/agencies.js";
import { drawFigures } from "./overview/figures.js";
import { drawTopics } from "./overview/topics.js";
import { keepFetched } from "./supervisor/fetching.js";

const EVERY_MS = 15000;
const LEAST_MS = 1000; // between two looks, however much happens
const TICK_MS = 1000;
const CONTACT = { live: ["circle-check", "connected"], unknown: ["unplug", "connecting"],
  stale: ["wifi-off", "disconnected_since"] };

/** @type {import("../static/js/documents.js").OverviewPage} */
const data = pageData();
useTexts(data.texts, data.lang);
hearClock(data.overview.now);
offerSignOut();

let { site, overview } = data;
/** @type {import("../static/js/documents.js").Today|null} */
let today = null;
/** @type {Date|null} when the server was last heard, while it is not: then nothing runs on */
let lost = null;
/** @type {Date|null} when this screen's session ended, or its right to look */
let over = null;

const path = /** @type {const} */ (`/api/v1/sites/${site.id}/hall`);
const news = keepFetched(`${path}/overview`, { every: EVERY_MS, least: LEAST_MS }, (fresh) => {
  hearClock(fresh.now);
  overview = fresh;
  over = null;
  draw();
}, refused);
keepFetched(`${path}/today`, { every: EVERY_MS }, (fresh) => {
  today = fresh;
  draw();
}, () => undefined)();
warmIcons(Object.values(CONTACT).map(([picture]) => picture)); // a lost line's is shown first when nothing answers
openLive({
  site, build: data.build, auth: { screen: "overview" },
  renew: (fresh) => { site = fresh; news(); draw(); },
  on: { board: news, refused }, onStatus: contact,
});
news();
draw();
setInterval(draw, TICK_MS);
window.addEventListener("resize", draw);
if (document.fonts) document.fonts.ready.then(draw);

/** All that is shown: documents, and the time that runs on while they are true. */
function draw() {
  const now = serverNow();
  byId("name").textContent = site.short_name;
  byId("clock").textContent = clock(now, site.timezone);
  byId("date").textContent = longDate(now, site.timezone);
  byId("closed").hidden = !overview.day_closed;
  byId("fault").hidden = !over;
  document.body.classList.toggle("is-over", Boolean(over));
  if (!clockIsSure()) return;
  const at = over || lost || now;
  drawFigures(overview, today, at);
  drawAgencies(overview, at);
  drawTopics(overview, at);
}

/** @param {import("../static/js/contact.js").Status} status */
function contact({ state, since }) {
  lost = since;
  document.body.dataset.contact = state;
  const [picture, text] = CONTACT[state];
  const words = say(text, since ? { time: clock(since, site.timezone) } : {});
  byId("contact").replaceChildren(icon(picture), words);
}

/**
 * A session that has ended, or an account that may no longer look: the figures are of then, and look so. A lost line is
 * the contact's to say.
 * @param {import("../static/js/api.js").ApiError} error
 */
function refused({ status }) {
  if (over || (status !== 401 && status !== 403)) return;
  over = new Date(overview.now);
  const again = h("a", { href: `/login?lang=${lang()}&next=/${site.id}/live` }, say("sign_in"));
  byId("fault").replaceChildren(say("session_over", { time: clock(over, site.timezone) }), " ", again);
  draw();
}
