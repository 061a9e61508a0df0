/** The kiosk: three touches to a number. Holds one visit at a time and draws its screen. @module */

import { serverNow } from "../static/js/clock.js";
import { enrolFromHash } from "../static/js/enrol.js";
import { clock, longDate } from "../static/js/format.js";
import { pageData } from "../static/js/page.js";
import { lang, say, useTexts } from "../static/js/texts.js";
import { byId, h } from "./dom.js";
import { agenciesScreen } from "./kiosk/agencies.js";
import { detailsScreen } from "./kiosk/details.js";
import { Hall } from "./kiosk/hall.js";
import { Idle } from "./kiosk/idle.js";
import * as intents from "./kiosk/intent.js";
import { mindKeys } from "./kiosk/keys.js";
import * as notices from "./kiosk/notices.js";
import { closes, numberScreen, spoken } from "./kiosk/number.js";
import { paperWidth, printSlip } from "./kiosk/printer.js";
import { openElsewhere, refusalScreen } from "./kiosk/refusal.js";
import { servicesScreen } from "./kiosk/services.js";
import { Toolbar } from "./kiosk/toolbar.js";
import { nameOf } from "./kiosk/words.js";

/**
 * @typedef {import("../static/js/documents.js").SiteInfo} SiteInfo
 * @typedef {import("../static/js/documents.js").PageData & {site: SiteInfo, enrolled?: boolean}} Data
 *
 * @typedef {object} Visit  one visitor's way through the screens
 * @property {string} screen
 * @property {string} agency
 * @property {string} service
 * @property {string} type  the class asked for
 * @property {number} page
 * @property {boolean} slow  the answer is late
 * @property {import("../static/js/documents.js").Ticket|null} ticket
 * @property {"none"|"printing"|"failed"} paper
 * @property {number} seconds  until the number goes from the screen
 * @property {import("../static/js/api.js").ApiError|null} refusal
 * @property {Map<string, import("../static/js/api.js").ApiError>} refused  answers already had, by service
 * @property {SiteInfo[]} elsewhere  other sites open for this service
 */

const SCREENS = /** @type {Record<string, (kiosk: Kiosk) => any[]>} */ ({
  agencies: agenciesScreen,
  services: servicesScreen,
  details: detailsScreen,
  sending: notices.sendingScreen,
  number: numberScreen,
  refusal: refusalScreen,
  lost: notices.lostScreen,
  trouble: notices.troubleScreen,
  unenrolled: notices.unenrolledScreen,
});
const CHOOSING = ["agencies", "services", "details", "refusal"]; // useless without the server
const UNWATCHED = ["number", "sending", "unenrolled"]; // have a time of their own, or none
const SETTLE_MS = 300; // the second half of a double tap must not touch the next screen
const SENDING_AFTER_MS = 400; // most answers are faster: no flicker
const PAPER_S = 30;
const NO_PAPER_S = 60;
const MORE_S = 30;
const ENROL_AGAIN_MS = 5000;

export class Kiosk {
  /** @param {Data} data */
  constructor(data) {
    useTexts(data.texts, data.lang);
    this.stage = byId("stage");
    this.busy = false;
    this.held = false;
    /** @type {Date|null} */
    this.offlineSince = null;
    this.wide = window.matchMedia("(orientation: landscape)");
    this.wide.addEventListener("change", () => this.draw());
    this.idle = new Idle(() => this.startOver());
    this.hall = new Hall(data.site, data.build, {
      changed: () => this.draw(),
      contact: (since) => this.contact(since),
      idle: () => this.isAtRest(),
    });
    this.toolbar = new Toolbar(data.site.languages, data.lang, () => this.retouched());
    this.visit = this.freshVisit();
    this.listen();
    this.tick();
    this.go(this.visit.screen);
    this.resume();
    this.enrol(data.enrolled);
  }

  // --- where the visitor is ---

  /** @returns {Visit} */
  freshVisit() {
    const [choice, ...others] = this.hall.choices();
    const [service, ...more] = choice.services;
    const screen = others.length ? "agencies" : more.length ? "services" : "details";
    return {
      screen, agency: choice.agency.id, service: service.id, type: "regular", page: 0, slow: false, ticket: null,
      paper: "none", seconds: 0, refusal: null, refused: new Map(), elsewhere: [],
    };
  }

  /** A hall with one agency, or one service, begins further on. @param {string} screen */
  homeIs(screen) {
    return this.freshVisit().screen === screen;
  }

  isAtRest() {
    return this.homeIs(this.visit.screen) && this.visit.page === 0 && !this.toolbar.touched && !this.busy;
  }

  get landscape() {
    return this.wide.matches;
  }

  now() {
    return serverNow();
  }

  /** @param {string} screen @param {Partial<Visit>} [more] */
  go(screen, more = {}) {
    Object.assign(this.visit, { page: 0, ...more, screen });
    this.draw(true);
    this.watch();
  }

  back() {
    if (this.visit.screen === "details" && this.hall.services(this.visit.agency).length > 1) return this.go("services");
    this.startOver(false);
  }

  /** The next visitor finds everything as it was; `false`: the same visitor goes back to the beginning. */
  startOver(nextVisitor = true) {
    clearInterval(this.countdown);
    intents.end();
    this.busy = false;
    const { refused } = this.visit;
    this.visit = this.freshVisit();
    if (nextVisitor) this.toolbar.reset();
    else this.visit.refused = refused;
    byId("announcer").textContent = "";
    this.go(this.visit.screen);
  }

  /** @param {number} page */
  turn(page) {
    this.go(this.visit.screen, { page });
  }

  retouched() {
    this.tick();
    this.draw();
    this.watch();
    if (this.visit.screen === "number") this.moreTime(PAPER_S);
  }

  watch() {
    if (UNWATCHED.includes(this.visit.screen) || this.isAtRest()) this.idle.stop();
    else this.idle.start();
  }

  // --- choosing ---

  /** @param {string} id */
  chooseAgency(id) {
    const services = this.hall.services(id);
    if (services.length === 1) return this.chooseService(services[0].id);
    this.go("services", { agency: id });
  }

  /** @param {string} id */
  async chooseService(id) {
    const service = this.hall.service(id);
    if (!service) return this.startOver();
    const place = { agency: service.agency, service: id };
    if (service.open || !service.kiosk) return this.go("details", place);
    this.go("refusal", { ...place, type: service.classes[0], refusal: this.visit.refused.get(id) || null, elsewhere: [] });
    if (this.visit.refusal) {
      this.lookElsewhere(this.visit);
      return;
    }
    await this.hall.refresh();
    if (this.visit.screen !== "refusal" || this.visit.service !== id) return;
    // It may have opened this minute; else the server is asked, so that its reason is shown and the demand counted.
    if (this.hall.service(id)?.open) return this.go("details", place);
    this.take(id, service.classes[0]);
  }

  // --- the number ---

  /** @param {string} service @param {string} type */
  take(service, type) {
    if (this.busy) return;
    this.visit.type = type;
    const path = `/api/v1/sites/${this.hall.site.id}/tickets`;
    this.deliver(intents.begin(path, { service, class: type, language: lang() }));
  }

  /** After a reload: the wish that was under way is sent again, with its own key. */
  resume() {
    const intent = intents.pending();
    if (intent) this.deliver(intent);
  }

  /** @param {intents.Intent} intent */
  async deliver(intent) {
    this.busy = true;
    this.stage.setAttribute("aria-busy", "true");
    const asked = this.visit;
    const slowly = (/** @type {boolean} */ slow) => this.visit === asked && asked.screen !== "refusal" && this.go("sending", { slow });
    const late = setTimeout(() => slowly(false), SENDING_AFTER_MS);
    const { ticket, refusal, lost } = await intents.send(intent, () => slowly(true));
    clearTimeout(late);
    this.busy = false;
    this.stage.removeAttribute("aria-busy");
    if (this.visit !== asked) return;
    if (ticket) return this.showNumber(ticket, intent);
    intents.end();
    if (lost) return this.go("lost");
    if (refusal) this.refuse(intent.body.service, refusal);
  }

  /** @param {import("../static/js/documents.js").Ticket} ticket @param {intents.Intent} intent */
  showNumber(ticket, intent) {
    const width = paperWidth();
    const mustPrint = width > 0 && !intent.printed;
    intents.keep({ ...intent, printed: true });
    this.go("number", { ticket, service: ticket.service, paper: width ? "printing" : "none", seconds: width ? PAPER_S : NO_PAPER_S });
    byId("announcer").textContent = spoken(ticket);
    this.count();
    if (mustPrint && ticket.token) printSlip(ticket.token, width, () => this.paperFailed(ticket));
    this.hall.refresh();
  }

  /** @param {import("../static/js/documents.js").Ticket} ticket */
  paperFailed(ticket) {
    if (this.visit.ticket !== ticket) return;
    this.visit.paper = "failed";
    this.visit.seconds = Math.max(this.visit.seconds, NO_PAPER_S);
    this.draw();
  }

  count() {
    clearInterval(this.countdown);
    this.countdown = window.setInterval(() => {
      this.visit.seconds -= 1;
      if (this.visit.seconds <= 0) return this.startOver();
      byId("closes").textContent = closes(this.visit.seconds);
    }, 1000);
  }

  /** @param {number} [atLeast]  seconds; without it, half a minute more */
  moreTime(atLeast) {
    this.visit.seconds = atLeast ? Math.max(this.visit.seconds, atLeast) : this.visit.seconds + MORE_S;
    byId("closes").textContent = closes(this.visit.seconds);
  }

  /** @param {string} service @param {import("../static/js/api.js").ApiError} refusal */
  refuse(service, refusal) {
    if (refusal.status === 401 || refusal.status === 403) return this.go("unenrolled");
    if (refusal.status !== 409) return this.go("trouble", { refusal });
    this.visit.refused.set(service, refusal);
    const wasThere = this.visit.screen === "refusal";
    Object.assign(this.visit, { service, refusal });
    if (wasThere) this.draw();
    else this.go("refusal");
    this.lookElsewhere(this.visit);
    this.hall.refresh();
  }

  /** @param {Visit} visit */
  async lookElsewhere(visit) {
    const asked = visit.service;
    const sites = await openElsewhere(this.hall.site.id, asked).catch(() => []);
    if (this.visit !== visit || visit.service !== asked) return;
    visit.elsewhere = sites;
    this.draw();
  }

  // --- the kiosk itself ---

  /** @param {boolean|undefined} enrolled  what the server said when it made the page */
  async enrol(enrolled) {
    const result = await enrolFromHash();
    if (result === "offline") window.setTimeout(() => this.enrol(enrolled), ENROL_AGAIN_MS);
    else if (result === "refused" || (result === "none" && enrolled === false)) this.go("unenrolled");
  }

  /** @param {Date|null} since  null: connected */
  contact(since) {
    const was = this.offlineSince;
    this.offlineSince = since;
    if (was && !since) this.hall.refresh();
    if (this.visit && Boolean(was) !== Boolean(since)) this.draw(true);
  }

  listen() {
    const hold = (/** @type {boolean} */ held) => () => {
      this.held = held;
      // After the click that follows: a screen drawn anew between press and release would lose the touch.
      if (!held) window.setTimeout(() => this.draw(), 50);
    };
    window.addEventListener("pointerdown", hold(true), true);
    window.addEventListener("pointerup", hold(false), true);
    window.addEventListener("pointercancel", hold(false), true);
    for (const habit of ["contextmenu", "dragstart"]) document.addEventListener(habit, (event) => event.preventDefault());
    mindKeys(() => CHOOSING.includes(this.visit.screen) && !this.isAtRest() && this.back());
    window.setInterval(() => this.tick(), 1000);
  }

  tick() {
    const tz = this.hall.site.timezone;
    byId("date").textContent = longDate(this.now(), tz);
    byId("clock").textContent = clock(this.now(), tz);
    byId("demo").hidden = !this.hall.site.demo;
    byId("demo").textContent = say("demo_notice");
    document.title = `${say("kiosk_title")} · ${this.hall.site.short_name}`;
  }

  /** Draws the present screen; data that arrive meanwhile change only what differs. @param {boolean} [fresh] */
  draw(fresh = false) {
    if (!this.visit || (this.held && !fresh)) return;
    const { screen } = this.visit;
    const offline = this.offlineSince && CHOOSING.includes(screen);
    const name = offline ? "offline" : screen;
    const next = h("main", {}, ...(offline ? notices.offlineScreen(this) : SCREENS[screen](this)));
    if (this.stage.dataset.screen === name && sameInside(this.stage, next)) return;
    const focused = document.activeElement instanceof HTMLElement && document.activeElement.dataset.key;
    this.stage.dataset.screen = name;
    this.stage.replaceChildren(...next.childNodes);
    const key = fresh ? "title" : focused;
    if (key && byId("idle").hidden) {
      const target = /** @type {HTMLElement|null} */ (this.stage.querySelector(`[data-key="${key}"]`));
      target?.focus({ preventScroll: true });
    }
    if (fresh) this.settle();
  }

  settle() {
    this.stage.classList.add("is-settling");
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => this.stage.classList.remove("is-settling"), SETTLE_MS);
  }
}

/**
 * Whether two elements hold the same.
 * @param {Element} one
 * @param {Element} other
 */
function sameInside(one, other) {
  const [ours, theirs] = [[...one.childNodes], [...other.childNodes]];
  return ours.length === theirs.length && ours.every((node, n) => node.isEqualNode(theirs[n]));
}

new Kiosk(pageData());
