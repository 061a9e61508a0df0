/** The visitor's own ticket on their phone: live, through sleep, lost network and a restarted server. @module */

import { get, post } from "../static/js/api.js";
import { hearClock, serverNow } from "../static/js/clock.js";
import { counterName } from "../static/js/counters.js";
import { openLive } from "../static/js/live.js";
import { warmIcons } from "../static/js/icons.js";
import { offerLanguages } from "../static/js/language_choice.js";
import { orderOf } from "../static/js/order.js";
import { pageData } from "../static/js/page.js";
import { say, useTexts } from "../static/js/texts.js";
import { byId, h, sameInside } from "../static/js/dom.js";
import { Steady } from "../static/js/wait.js";
import { allowSound, mayRing, ring } from "./phone/bell.js";
import { Origin } from "./phone/origin.js";
import { placeOf } from "./phone/place.js";
import { touch } from "./phone/rating.js";
import { toldOn } from "./phone/told.js";
import { VIEWS, keptLink } from "./phone/views.js";

/**
 * @typedef {import("../static/js/documents.js").Site} Site
 * @typedef {import("../static/js/documents.js").Ticket} Ticket
 * @typedef {import("../static/js/documents.js").Queue} Queue
 * @typedef {import("../static/js/api.js").ApiError} ApiError
 * @typedef {import("../static/js/documents.js").PhonePage} Data
 */

const REDRAW_MS = 15000; // the clocks on the page
const OVER = ["completed", "cancelled", "expired"];

class Phone {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.site = data.site;
    this.ticket = data.ticket;
    /** @type {Queue|null} */
    this.queue = null;
    /** @type {Date|null} */
    this.offlineSince = null;
    this.steady = new Steady();
    this.lastCounter = "";
    this.unknown = false; // the server does not know this number (any more)
    this.bellReady = false;
    this.rated = /** @type {string|null} */ (null);
    this.origin = new Origin(data.token, data.ticket.asks_origin, () => this.draw());
    hearClock(data.now);
    useTexts(data.texts, data.lang);
    offerLanguages(data, (language) => {
      window.history.replaceState(null, "", `?lang=${language}`); // kept when the phone loads the page again
      this.closeAsk();
      this.draw();
    });
    warmIcons(["wifi-off", "volume-2"]);
    this.take(data.ticket, false);
    this.live = this.connect();
    window.setInterval(() => this.draw(), REDRAW_MS);
  }

  // --- what is known ---

  connect() {
    return openLive({
      site: this.site, build: this.data.build, renew: (site) => this.renewed(site),
      auth: { screen: "phone", token: this.data.token },
      on: {
        ticket: (ticket) => this.take(ticket, true),
        queue: (queue) => {
          this.queue = queue;
          this.draw();
        },
        refused: (trouble) => this.refused(trouble),
        admitted: () => this.admitted(),
      },
      onStatus: ({ since }) => {
        this.offlineSince = since;
        this.draw();
      },
      // A new build may wait until nothing is going on here.
      idle: () => this.ticket.state !== "called" && byId("ask").hidden === true,
    });
  }

  /**
   * @param {Ticket} ticket
   * @param {boolean} live  told just now, not with the page
   */
  take(ticket, live) {
    const before = this.ticket;
    if (live && ticket.id !== before.id) location.reload(); // let in on another day, under another number
    this.ticket = ticket;
    this.unknown = false;
    if (!ticket.can?.includes("cancel")) this.closeAsk(); // whose turn it is must see where to go
    if (this.counter) this.lastCounter = counterName(this.counter);
    if (live && isCalledAnew(before, ticket)) this.announce();
    if (ticket.service !== before.service && live) this.reconnect();
    this.draw();
    if (live && ticket.state !== before.state && ticket.state !== "called") this.announceState();
  }

  /**
   * After a restored backup the server may not know this number: then its place is nobody's, and waiting for it in
   * vain. Only our own server's word counts, not that of a portal or proxy on the way. A visit that is over stays as it
   * ended.
   * @param {ApiError} trouble
   */
  refused({ status, code }) {
    if (status !== 404 || code !== "not_found" || this.unknown || OVER.includes(this.ticket.state)) return;
    this.unknown = true;
    this.closeAsk();
    byId("announcer").textContent = `${say("unknown")}. ${say("unknown_text")}`;
    this.draw();
  }

  /** The server knows it after all: the right backup was restored, the hall's file is back. */
  admitted() {
    if (!this.unknown) return;
    this.unknown = false;
    this.draw();
  }

  /**
   * The server puts a phone into its service's room when it connects; another service, another room. The page came
   * with what there is to know of its own service only.
   */
  reconnect() {
    this.queue = null;
    get(`/api/v1/sites/${this.site.id}`).then(({ body }) => this.renewed(body), () => {});
    this.live.close();
    this.live = this.connect();
  }

  /** The hall as it is now; how its order is told came with the page. @param {Site} site */
  renewed(site) {
    this.site = site;
    if (this.service && !(orderOf(site, this.service) in this.data.orders)) location.reload();
    this.draw();
  }

  get service() {
    const its = (/** @type {{id: string}} */ service) => service.id === this.ticket.service;
    return this.site.services.find(its) || this.site.former.find(its);
  }

  /** The counter that called or serves. */
  get counter() {
    return this.site.counters.find((counter) => counter.id === this.ticket.counter);
  }

  /** The counters that may call. */
  get counters() {
    return this.site.counters.filter((counter) => counter.services.includes(this.ticket.service));
  }

  /** What the views are given. @returns {import("./phone/views.js").Model} */
  model() {
    const { ticket, site, service, counter, counters, lastCounter, bellReady, offlineSince } = this;
    const place = placeOf(ticket, this.queue);
    place.estimate = this.steady.show(ticket.service, place.estimate, serverNow());
    const known = { ticket, site, service, counter, counters, place, lastCounter, bellReady, offlineSince };
    const order = this.data.orders[service ? orderOf(site, service) : ""];
    return { ...known, order, origin: this.origin, rated: this.rated, now: serverNow() };
  }

  /** @returns {import("./phone/views.js").Act} */
  act() {
    return {
      askCancel: () => this.askCancel(), readyBell: () => this.readyBell(), ringAgain: () => this.ringAgain(),
      escort: (wanted) => this.escort(wanted), rate: (score) => this.rate(score),
    };
  }

  // --- what the owner does ---

  readyBell() {
    this.bellReady = true;
    if (allowSound()) ring();
    this.draw();
  }

  ringAgain() {
    allowSound();
    ring();
  }

  /** What the page says now, for who cannot see it: the words of the call are no longer true. */
  announceState() {
    const parts = [...document.querySelectorAll("#stage h2, #stage h2 + p, #stage .place-row")].map(
      (part) => part.textContent);
    byId("announcer").textContent = parts.join(". ");
  }

  announce() {
    ring();
    window.scrollTo(0, 0); // who had scrolled down sees where to go
    const counter = this.counter ? counterName(this.counter) : "";
    byId("announcer").textContent = `${say("your_turn")}. ${say("go_now", { counter })}`;
  }

  askCancel() {
    this.ask(say("cancel_text"));
    byId("keep").focus();
  }

  /** @param {string} text */
  ask(text) {
    byId("ask").replaceChildren(h("div", { class: "ask-box" },
      h("h2", { id: "ask-title" }, say("cancel_ask", { number: this.ticket.number })), h("p", {}, text),
      h("button", { class: "button button-main wide", id: "keep", type: "button", onclick: () => this.closeAsk() },
        say("cancel_no")),
      h("button", { class: "button button-bad wide", type: "button", onclick: () => this.cancel() },
        say("cancel_yes"))));
    byId("ask").hidden = false;
  }

  closeAsk() {
    byId("ask").hidden = true;
  }

  async cancel() {
    try {
      const { body } = await post(`/api/v1/tickets/${this.data.token}/cancel`, {});
      this.live.offer("ticket", body);
      this.closeAsk();
    } catch (error) {
      const trouble = /** @type {ApiError} */ (error);
      this.refused(trouble);
      // it was called meanwhile, or given up on another page
      if (trouble.code === "illegal_transition") await this.look();
      else if (!this.unknown) this.ask(say("cancel_failed"));
    }
  }

  /** @param {boolean} escort  whether somebody shall guide to the counter */
  async escort(escort) {
    try {
      this.live.offer("ticket", (await post(`/api/v1/tickets/${this.data.token}/escort`, { escort })).body);
    } catch (error) {
      this.refused(/** @type {ApiError} */ (error));
      await this.look();
    }
  }

  /** @param {number} score  1 to 4, by one touch */
  async rate(score) {
    this.rated = await touch(this.data.token, score);
    this.draw();
  }

  /** See how the ticket stands. */
  async look() {
    try {
      this.live.offer("ticket", (await get(`/api/v1/tickets/${this.data.token}`)).body);
    } catch (_) {
      this.ask(say("cancel_failed"));
    }
  }

  // --- the page ---

  draw() {
    const { number } = this.ticket.carried || this.ticket;
    const state = this.unknown ? "unknown" : this.ticket.state;
    document.body.dataset.state = state;
    byId("language-label").textContent = say("language");
    byId("demo").hidden = !this.site.demo;
    byId("demo").textContent = say("demo_notice");
    const called = state === "called" ? this.counter : undefined;
    document.title = called
      ? `${say("your_turn")}: ${counterName(called)}`
      : `${say("ticket_title", { number })} · ${this.site.short_name}`;
    this.bellReady = this.bellReady || mayRing();
    const [own, ...more] = VIEWS[state](this.model(), this.act());
    const { urgent, others } = toldOn(this.ticket, this.queue, this.site, serverNow());
    const next = h("main", {}, urgent, own, others, ...more, this.unknown ? null : keptLink(this.data));
    const stage = byId("stage");
    if (!sameInside(stage, next)) stage.replaceChildren(...next.childNodes);
  }
}

/**
 * Whether the visitor was called since: to be told again is not to be called again, for a document's revision is the
 * whole site's and grows with everybody's doings.
 * @param {Ticket} before
 * @param {Ticket} ticket
 */
function isCalledAnew(before, ticket) {
  if (ticket.state !== "called") return false;
  return before.state !== "called" || ticket.calls !== before.calls || ticket.counter !== before.counter;
}

new Phone(pageData());
