/** The kiosk: three touches to a number. Holds one visit at a time and draws its screen. @module */

import { serverNow } from "../static/js/clock.js";
import { warmIcons } from "../static/js/icons.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { byId, h, sameInside } from "../static/js/dom.js";
import { agenciesScreen } from "./kiosk/agencies.js";
import { checkInScreen, mindCodes, typed } from "./kiosk/check_in.js";
import { detailsScreen } from "./kiosk/details.js";
import { Enrolment } from "./kiosk/enrolment.js";
import { Hall } from "./kiosk/hall.js";
import { howScreen } from "./kiosk/how.js";
import { Idle } from "./kiosk/idle.js";
import { mindKeys } from "./kiosk/keys.js";
import * as messages from "./kiosk/messages.js";
import { numberScreen } from "./kiosk/number.js";
import { refusalScreen } from "./kiosk/refusal.js";
import { looksAs, tighten } from "./kiosk/room.js";
import { servicesScreen } from "./kiosk/services.js";
import { Taking } from "./kiosk/taking.js";
import { tell } from "./kiosk/told.js";
import { Toolbar } from "./kiosk/toolbar.js";
import { drawTop } from "./kiosk/top.js";
import { freshVisit } from "./kiosk/visit.js";

/**
 * @typedef {import("../static/js/documents.js").Site} Site
 * @typedef {import("../static/js/documents.js").KioskPage} Data
 * @typedef {import("./kiosk/visit.js").Visit} Visit
 * @typedef {import("./kiosk/model.js").Model} Model
 * @typedef {import("./kiosk/model.js").Act} Act
 */

const SCREENS = /** @type {Record<string, (model: Model, act: Act) => any[]>} */ ({
  agencies: agenciesScreen,
  services: servicesScreen,
  details: detailsScreen,
  "check-in": checkInScreen,
  how: howScreen,
  sending: messages.sendingScreen,
  number: numberScreen,
  refusal: refusalScreen,
  lost: messages.lostScreen,
  trouble: messages.troubleScreen,
  unenrolled: messages.unenrolledScreen,
  enrolling: messages.enrollingScreen,
});
const CHOOSING = ["agencies", "services", "details", "refusal", "check-in", "how"]; // useless without the server
const PAGED = ["agencies", "services"]; // have their own way to find room: more pages
const UNWATCHED = ["number", "sending", "unenrolled", "enrolling"]; // have a time of their own, or none
const UNTOUCHED = ["number", "sending"]; // of a visitor who has, or may have, a number
const UNENROLLED = ["unenrolled", "enrolling"];
const SETTLE_MS = 300; // the second half of a double tap must not touch the next screen

class Kiosk {
  /** @param {Data} data */
  constructor(data) {
    useTexts(data.texts, data.lang);
    this.stage = byId("stage");
    this.held = false;
    /** @type {Date|null} */
    this.offlineSince = null;
    this.wide = window.matchMedia("(orientation: landscape)");
    this.wide.addEventListener("change", () => this.draw());
    this.idle = new Idle(() => this.startOver());
    this.hall = new Hall(data, {
      changed: () => this.changed(),
      contact: (since) => this.contact(since),
      idle: () => this.isAtRest(),
      revoked: () => this.enrolment.look(),
    });
    this.toolbar = new Toolbar(data.site.languages, data.lang, () => this.retouched());
    this.visit = freshVisit(this.hall.choices());
    this.act = this.acts();
    this.model = this.known();
    this.taking = new Taking(this.model, this.act);
    warmIcons(["wifi-off", "refresh-cw", "circle-alert", "info", "smartphone"]);
    this.listen();
    this.tick();
    this.enrolment = new Enrolment(data.site.id, data.enrolled, (fresh) => this.enrolled(fresh));
    this.go(this.first());
    this.taking.resume();
    document.fonts.ready.then(() => this.relay());
  }

  /** What the parts are given. @returns {Model} */
  known() {
    const kiosk = this;
    return {
      hall: this.hall, stage: this.stage, now: serverNow, homeIs: (screen) => this.homeIs(screen),
      get visit() { return kiosk.visit; },
      get offlineSince() { return kiosk.offlineSince; },
      get enrolment() { return kiosk.enrolment; },
      get landscape() { return kiosk.wide.matches; },
      get wheelchair() { return kiosk.toolbar.has("wheelchair"); },
    };
  }

  /** @returns {Act} */
  acts() {
    return {
      go: (screen, more) => this.go(screen, more),
      back: () => this.back(),
      turn: (page) => this.go(this.visit.screen, { page }),
      startOver: () => this.startOver(),
      draw: () => this.draw(),
      chooseAgency: (agency) => this.chooseAgency(agency),
      chooseService: (service) => this.chooseService(service),
      take: (service, type) => this.taking.take(service, type),
      checkIn: (code) => (code ? this.taking.checkIn(code) : this.go("check-in", { code: "", refusal: null })),
      type: (code) => {
        Object.assign(this.visit, { code: typed(code), refusal: null });
        this.draw();
        this.watch();
      },
      moreTime: () => this.taking.moreTime(),
      escort: (wanted) => this.taking.escort(wanted),
      revoked: () => {
        this.enrolment.become("unenrolled"); // and asked again, as everything is
        this.startOver();
      },
    };
  }

  // --- where the visitor is ---

  /** A hall with one agency, or one service, begins further on. @param {string} screen */
  homeIs(screen) {
    return freshVisit(this.hall.choices()).screen === screen;
  }

  /** The hall is other than it was; what was being chosen may be there no more. */
  changed() {
    if (this.taking.busy) return; // the number's screen is the next: drawing this one anew would hold it up
    const { screen, agency, service } = this.visit;
    const gone = (agency && !this.hall.agency(agency)) || (service && !this.hall.service(service));
    if (gone && CHOOSING.includes(screen)) this.startOver();
    else this.draw();
  }

  isAtRest() {
    if (UNENROLLED.includes(this.visit.screen)) return true;
    return this.homeIs(this.visit.screen) && this.visit.page === 0 && this.visit.group === null && !this.toolbar.touched
      && !this.taking.busy;
  }

  /** @param {string} screen @param {Partial<Visit>} [more] */
  go(screen, more = {}) {
    Object.assign(this.visit, { page: 0, ...more, screen });
    this.draw(true);
    this.watch();
  }

  back() {
    const { screen, agency, group } = this.visit, deeper = screen === "details" || screen === "refusal";
    if (deeper && !this.homeIs("details") && this.hall.services(agency).length > 1) this.go("services");
    else if (screen === "services" && group !== null) this.go("services", { group: null });
    else this.startOver(false);
  }

  /** The next visitor finds everything as it was; `false`: the same visitor goes back to the beginning. */
  startOver(nextVisitor = true) {
    this.taking.end();
    const { refused } = this.visit;
    this.visit = freshVisit(this.hall.choices());
    if (nextVisitor) this.toolbar.reset();
    else this.visit.refused = refused;
    byId("announcer").textContent = "";
    this.go(this.first());
  }

  retouched() {
    this.tick();
    this.draw();
    this.watch();
    this.taking.keepNumber();
  }

  watch() {
    if (UNWATCHED.includes(this.visit.screen) || this.isAtRest()) this.idle.stop();
    else this.idle.start();
  }

  // --- choosing ---

  /** @param {string} id */
  chooseAgency(id) {
    const services = this.hall.services(id);
    if (services.length === 1) this.chooseService(services[0].id);
    else this.go("services", { agency: id, group: null });
  }

  /** @param {string} id */
  async chooseService(id) {
    const service = this.hall.service(id);
    if (!service) return this.startOver();
    const place = { agency: service.agency, service: id };
    if (service.open || !service.kiosk) return this.go("details", place);
    this.go("refusal", { ...place, type: service.classes[0], refusal: this.visit.refused.get(id) || null,
      elsewhere: [] });
    if (this.visit.refusal) {
      this.taking.lookElsewhere(this.visit);
      return;
    }
    await this.hall.refresh();
    if (this.visit.screen !== "refusal" || this.visit.service !== id) return;
    // It may have opened this minute; else the server is asked, so that its reason is shown and the demand counted.
    if (this.hall.service(id)?.open) return this.go("details", place);
    this.taking.askWhy(id, this.visit.type);
  }

  // --- the kiosk itself ---

  /** Where a visit begins: a kiosk that is not enrolled has nothing to choose from. */
  first() {
    const { state } = this.enrolment;
    if (state === "enrolled") return freshVisit(this.hall.choices()).screen;
    return state === "pending" ? "enrolling" : "unenrolled";
  }

  /** The server said what this kiosk is. A visitor who looks at a number keeps it. */
  enrolled(fresh = false) {
    if (fresh) this.hall.renew(); // greeted the server as a stranger
    if (!this.enrolment || this.taking.busy || UNTOUCHED.includes(this.visit.screen)) return;
    const was = this.visit.screen;
    if (UNENROLLED.includes(was) !== (this.enrolment.state !== "enrolled")) this.startOver();
    else if (UNENROLLED.includes(was) && was !== this.first()) this.go(this.first());
    else this.draw();
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
      if (!held) window.setTimeout(() => this.taking.busy || this.draw(), 50);
    };
    window.addEventListener("pointerdown", hold(true), true);
    window.addEventListener("pointerup", hold(false), true);
    window.addEventListener("pointercancel", hold(false), true);
    for (const habit of ["contextmenu", "dragstart"]) {
      document.addEventListener(habit, (event) => event.preventDefault());
    }
    mindCodes(this.model, this.act, () => CHOOSING.includes(this.visit.screen) && !this.taking.busy);
    mindKeys(() => CHOOSING.includes(this.visit.screen) && !this.isAtRest() && this.back());
    window.setInterval(() => this.tick(), 1000);
  }

  tick() {
    drawTop(this.hall.site);
    if (this.model && !this.held && tell(this.model)) this.relay();
  }

  /** Draws the present screen; data that arrive meanwhile change only what differs. @param {boolean} [fresh] */
  draw(fresh = false) {
    if (!this.visit || (this.held && !fresh)) return;
    tell(this.model);
    const { screen } = this.visit;
    const offline = this.offlineSince && CHOOSING.includes(screen);
    const name = offline ? "offline" : screen;
    const drawn = offline ? messages.offlineScreen(this.model) : SCREENS[screen](this.model, this.act);
    const parts = drawn.flat().filter(Boolean);
    const next = h("main", {}, ...parts);
    if (this.stage.dataset.screen === name && sameInside(this.stage, next) && looksAs() === this.looked) return;
    this.looked = looksAs();
    const focused = document.activeElement instanceof HTMLElement && document.activeElement.dataset.key;
    this.stage.dataset.screen = name;
    this.stage.dataset.tight = "";
    if (fresh) this.settle(); // before the measuring, so that styles are worked out once
    this.stage.replaceChildren(...next.childNodes);
    if (!PAGED.includes(name)) tighten(this.stage);
    const key = fresh ? "title" : focused;
    if (key && byId("idle").hidden) {
      const target = /** @type {HTMLElement|null} */ (this.stage.querySelector(`[data-key="${key}"]`));
      target?.focus({ preventScroll: true });
    }
  }

  /** The font has come, maybe after the first drawing: how much room there is must be measured anew. */
  relay() {
    this.looked = "";
    this.draw();
  }

  settle() {
    this.stage.classList.add("is-settling");
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => this.stage.classList.remove("is-settling"), SETTLE_MS);
  }
}

new Kiosk(pageData());
