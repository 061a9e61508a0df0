/** From the wish to the number on the screen: sending, printing, counting down, being refused. @module */

import { newKey, post } from "../../static/js/api.js";
import { lang, say } from "../../static/js/texts.js";
import { afterPaint, byId } from "../../static/js/dom.js";
import { numberEms } from "../../static/js/lettering.js";
import * as intents from "./intent.js";
import { closes, spoken } from "./number.js";
import { ASKED_S, withdrawOrigin } from "./origin.js";
import { paperWidth, printSlip } from "../../static/js/printer.js";
import { openElsewhere } from "./refusal.js";

/**
 * @typedef {import("../../static/js/documents.js").Ticket} Ticket
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 * @typedef {import("./visit.js").Visit} Visit
 */

const SENDING_AFTER_MS = 400; // most answers are faster: no flicker
const PAPER_S = 30;
const NO_PAPER_S = 60;
const MORE_S = 30;

export class Taking {
  /** @param {import("./model.js").Model} model @param {import("./model.js").Act} act */
  constructor(model, act) {
    this.model = model;
    this.act = act;
    this.busy = false;
    /** @type {number|undefined} */
    this.countdown = undefined;
    // The first measuring takes long, and shall not hold up the first visitor's number.
    document.fonts.ready.then(() => numberEms("A001"));
  }

  /** The visitor has gone, or goes back to the beginning. */
  end() {
    clearInterval(this.countdown);
    intents.end();
    this.busy = false;
  }

  /** The number is needed a little longer: somebody touched the screen it stands on. */
  keepNumber() {
    if (this.model.visit.screen === "number") this.moreTime(PAPER_S);
  }

  /**
   * @param {string} service
   * @param {import("../../static/js/documents.js").Class} type
   */
  take(service, type) {
    if (this.busy) return;
    this.model.visit.type = type;
    /** @type {Record<string, string|number>} */
    const body = { service, class: type, language: lang() };
    if (this.model.visit.people > 1) body.people = this.model.visit.people;
    this.deliver(intents.begin(this.path, body));
  }

  /**
   * Lets in who has booked. The wish is written down nowhere: the same code again is the same number.
   * @param {string} code
   */
  checkIn(code) {
    if (this.busy) return;
    const path = /** @type {intents.Path} */ (`/api/v1/sites/${this.model.hall.site.id}/check-in`);
    this.deliver({ key: newKey(), path, body: { code, language: lang() }, at: Date.now() });
  }

  /** @returns {import("./intent.js").Path} */
  get path() {
    return `/api/v1/sites/${this.model.hall.site.id}/tickets`;
  }

  /**
   * Asks for a number that is not to be had, so that the server tells why and counts the demand. Nobody waits for it.
   * @param {string} service
   * @param {import("../../static/js/documents.js").Class} type
   */
  async askWhy(service, type) {
    const asked = this.model.visit;
    const isHere = () => this.model.visit === asked && asked.screen === "refusal" && asked.service === service;
    try {
      const { body } = await post(this.path, { service, class: type, language: lang() }, { key: newKey() });
      // It opened between two looks. Nobody wanted this number yet: it goes back, and the visitor chooses.
      await post(`/api/v1/tickets/${body.token}/cancel`, {});
      if (isHere()) this.act.go("details");
    } catch (error) {
      const trouble = /** @type {ApiError} */ (error);
      if (isHere() && trouble.status) this.refuse(service, trouble);
    }
  }

  /** After a reload: the wish that was under way is sent again, with its own key. */
  resume() {
    const intent = intents.pending();
    if (intent) this.deliver(intent);
  }

  /** @param {intents.Intent} intent */
  async deliver(intent) {
    this.busy = true;
    this.model.stage.setAttribute("aria-busy", "true");
    const slowly = (/** @type {boolean} */ slow) => this.act.go("sending", { slow });
    const late = setTimeout(() => slowly(false), SENDING_AFTER_MS);
    const { ticket, refusal } = await intents.send(intent, () => slowly(true));
    clearTimeout(late);
    this.busy = false;
    this.model.stage.removeAttribute("aria-busy");
    if (ticket) {
      this.showNumber(ticket, intent);
      return;
    }
    intents.end();
    if (refusal && intent.body.code) this.refuseCode(refusal);
    else if (refusal) this.refuse(String(intent.body.service), refusal);
    else this.act.go("lost");
  }

  /**
   * @param {Ticket} ticket
   * @param {intents.Intent} intent
   */
  showNumber(ticket, intent) {
    const width = paperWidth();
    const mustPrint = width > 0 && !intent.printed;
    // No word of paper that came before a reload: it may hang there, or have been taken.
    const seconds = mustPrint ? PAPER_S : NO_PAPER_S;
    this.act.go("number", {
      ticket, service: ticket.service, paper: mustPrint ? "printing" : "none", seconds,
      originUntil: seconds - ASKED_S });
    byId("announcer").textContent = spoken(ticket, this.model.hall.site.timezone);
    this.count();
    // The number first: on a slow kiosk the slip's frame would take the frame in which the number is to appear.
    afterPaint(() => {
      if (mustPrint && ticket.token) this.print(ticket, intent, width);
      this.model.hall.refresh();
    });
  }

  /**
   * Printing that has begun is remembered, not printing that was meant: a reload while the slip loads prints it after
   * all.
   * @param {Ticket} ticket
   * @param {intents.Intent} intent
   * @param {number} width  mm
   */
  print(ticket, intent, width) {
    const begun = () => {
      // A visitor who is gone has no wish any more, and a late slip must not bring it back.
      if (this.model.visit.ticket === ticket && !intent.body.code) intents.keep({ ...intent, printed: true });
    };
    printSlip(/** @type {string} */ (ticket.token), width, begun, () => this.paperFailed(ticket));
  }

  /** @param {Ticket} ticket */
  paperFailed(ticket) {
    if (this.model.visit.ticket !== ticket) return;
    this.model.visit.paper = "failed";
    this.model.visit.seconds = Math.max(this.model.visit.seconds, NO_PAPER_S);
    this.act.draw();
  }

  count() {
    clearInterval(this.countdown);
    this.countdown = window.setInterval(() => {
      this.model.visit.seconds -= 1;
      if (this.model.visit.seconds <= 0) return this.act.startOver();
      byId("closes").textContent = closes(this.model.visit.seconds);
      withdrawOrigin(this.model, this.act);
    }, 1000);
  }

  /** @param {boolean} escort  whether somebody shall guide the visitor to the counter */
  async escort(escort) {
    const asked = this.model.visit;
    this.keepNumber();
    try {
      const { body } = await post(`/api/v1/tickets/${asked.ticket?.token}/escort`, { escort });
      if (this.model.visit !== asked) return;
      asked.ticket = body;
      byId("announcer").textContent = say(escort ? "escort_done" : "escort_ask");
    } catch (_) {
      byId("announcer").textContent = say("escort_failed"); // and the key says what is so
    }
    this.act.draw();
  }

  /** @param {number} [atLeast]  seconds; without it, half a minute more */
  moreTime(atLeast) {
    this.model.visit.seconds = atLeast ? Math.max(this.model.visit.seconds, atLeast)
      : this.model.visit.seconds + MORE_S;
    byId("closes").textContent = closes(this.model.visit.seconds);
  }

  /** @param {ApiError} refusal */
  refuseCode(refusal) {
    if (refusal.status === 401) this.act.revoked();
    else if (refusal.status === 404 || refusal.status === 409) this.act.go("check-in", { code: "", refusal });
    else this.act.go("trouble", { refusal });
  }

  /**
   * @param {string} service
   * @param {ApiError} refusal
   */
  refuse(service, refusal) {
    if (refusal.status === 401) {
      this.act.revoked();
    } else if (refusal.status === 409) this.explain(service, refusal);
    else this.act.go("trouble", { refusal });
  }

  /**
   * @param {string} service
   * @param {ApiError} refusal
   */
  explain(service, refusal) {
    this.model.visit.refused.set(service, refusal);
    const wasThere = this.model.visit.screen === "refusal";
    Object.assign(this.model.visit, { service, refusal });
    if (wasThere) this.act.draw();
    else this.act.go("refusal");
    this.lookElsewhere(this.model.visit);
    this.model.hall.refresh();
  }

  /** @param {Visit} visit */
  async lookElsewhere(visit) {
    const asked = visit.service;
    const sites = await openElsewhere(this.model.hall.site.id, asked).catch(() => []);
    if (this.model.visit !== visit || visit.service !== asked) return;
    visit.elsewhere = sites;
    this.act.draw();
  }
}
