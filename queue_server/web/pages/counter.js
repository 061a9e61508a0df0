/** The officer's counter page: one document in, one key out. Holds the state and wires the parts. @module */

import { hearClock, serverNow } from "../static/js/clock.js";
import { byId } from "../static/js/dom.js";
import { counterName, isNumbered } from "../static/js/counters.js";
import { clock, dateOfYear, longDate } from "../static/js/format.js";
import { icon, warmIcons } from "../static/js/icons.js";
import { openLive } from "../static/js/live.js";
import { pageData } from "../static/js/page.js";
import { say, useTexts } from "../static/js/texts.js";
import { Acting } from "./counter/acting.js";
import { drawBelow, Result } from "./counter/below.js";
import { drawCard } from "./counter/card.js";
import { drawKeys, makeKeys } from "./counter/keys.js";
import { panelIsOpen } from "./counter/panel.js";
import { Panels, SHORTCUTS } from "./counter/panels.js";
import { can, endsService, isMine, leavesPeople, nextStep, oversees, standing } from "./counter/rules.js";
import { drawSide, rowsByArrows, toSetAside } from "./counter/side.js";
import { PASSING_MS, Telling } from "./counter/telling.js";
import { listenToKeys, makeSteady } from "./counter/typing.js";
import { whereabouts } from "./counter/words.js";

/**
 * @typedef {import("./counter/types.js").Desk} Desk
 * @typedef {import("./counter/types.js").Verb} Verb
 * @typedef {import("./counter/types.js").Message} Message
 */

const TICK_MS = 250;

export class CounterPage {
  /** @param {import("./counter/types.js").Data} data */
  constructor(data) {
    useTexts(data.texts, data.lang);
    hearClock(data.now);
    this.site = data.site;
    this.account = data.officer;
    this.place = /** @type {import("./counter/types.js").Counter} */ (data.site.counters.find((one) => one.id === data.counter));
    this.desk = data.desk;
    this.myDay = data.mine; // kept while the counter is closed: then the document knows nobody
    this.heardAt = serverNow();
    /** @type {Date|null} */
    this.offlineSince = null;
    /** @type {Message|null} */
    this.message = null;
    /** @type {import("../static/js/api.js").ApiError|null} why the last verb was refused */
    this.refusal = null;
    this.shutSaidAt = -Infinity; // when it was last said that nobody can come any more today
    this.result = new Result(this);
    this.panels = new Panels(this);
    this.telling = new Telling(this);
    this.acting = new Acting(`/api/v1/sites/${data.site.id}/counters/${data.counter}`, () => this.draw());
    warmIcons(["wifi-off", "circle-alert", "info"]);
    this.head();
    this.listen();
    this.draw();
    this.live = openLive({
      site: data.site.id, build: data.build, auth: { screen: "desk", counter: data.counter }, prompt: true,
      on: { desk: (doc) => this.take(doc), refused: (error) => this.telling.refused(error), admitted: () => this.telling.admitted() },
      onStatus: ({ since }) => this.contact(since),
      idle: () => !this.desk.ticket && !panelIsOpen(),
    });
    this.live.offer("desk", data.desk);
    this.telling.overseen(data.desk);
  }

  mine() {
    return isMine(this.desk, this.account);
  }

  /** The date at the site when the document came. */
  date() {
    return longDate(this.heardAt, this.site.timezone);
  }

  /** Seconds since the document was written: its waits have grown by as much. */
  age() {
    return Math.max(0, (serverNow().getTime() - this.heardAt.getTime()) / 1000);
  }

  // --- what the server says ---

  /** @param {Desk} desk */
  take(desk) {
    const today = this.date();
    this.heardAt = serverNow();
    this.desk = desk;
    if (this.mine() || (!desk.open && this.date() !== today)) this.myDay = desk.mine; // a new day begins with nobody served
    this.contact(null);
    this.telling.overseen(desk);
    this.draw();
  }

  /** @param {Date|null} since  when the server was last heard; null: connected */
  contact(since) {
    this.offlineSince = since;
    const place = byId("contact");
    place.classList.toggle("desk-lost", Boolean(since));
    place.replaceChildren(icon(since ? "wifi-off" : "circle-check"),
      since ? say("disconnected_since", { time: clock(since, this.site.timezone) }) : say("connected"));
  }

  // --- what the officer does ---

  /** Whether a verb can act now, for the account that looks. @param {Verb} verb */
  can(verb) {
    return can(verb, this.desk, this.account, serverNow());
  }

  /** A verb's key or button. With nobody to be passed on, the transfer's moves somebody who waits. @param {Verb} pressed */
  press(pressed) {
    const verb = pressed === "transfer" && !this.can(pressed) ? "move" : pressed;
    if (!this.can(verb)) return this.telling.notNow(verb);
    if (verb === "open" && this.desk.shut && !this.warned()) return this.telling.shut();
    if (oversees(this.desk, this.account)) return this.panels.oversee(verb);
    if (verb === "close" && leavesPeople(this.desk)) return this.panels.close();
    const number = (verb === "undo" && this.desk.undo_number) || this.desk.ticket?.number || "";
    if (this.panels.asks(verb, number)) return undefined;
    return this.act(verb, endsService(verb, this.desk) ? this.result.body() : {}, number);
  }

  /** Whether it was said a moment ago that nobody can come any more; it is said again otherwise. */
  warned() {
    const soon = performance.now() - this.shutSaidAt < PASSING_MS;
    this.shutSaidAt = soon ? -Infinity : performance.now();
    return soon;
  }

  /** Space: opens the counter, then calls; where the site says so it also finishes, with the outcome chosen. */
  next() {
    return this.press(standing(this.desk) === "closed" ? "open" : "call-next");
  }

  issue() {
    if (this.account.works) this.panels.issue();
  }

  /** Keys of the form that stands there while a visitor is served. @param {() => void} act */
  inForm(act) {
    if (standing(this.desk) === "serving" && this.mine()) act();
    else this.telling.notNow("finish");
  }

  /** The held ticket that has waited longest. */
  callHeld() {
    const held = this.desk.held[0];
    if (!held) return this.telling.noneHeld();
    if (this.can("call")) {
      this.act("call", { number: held.number, reason: say("reason_complete") }, held.number);
    }
  }

  /**
   * Carries a verb out and shows the desk of the reply at once. It says what it means: the number that was seen
   * at the counter, for another officer may have gone on there meanwhile.
   * @param {Verb} verb @param {object} body @param {string} number  seen at the counter, or named in the body @param {Record<string, string>} [more]  for the line that tells of it
   * @returns {Promise<string|null>}  what went wrong
   */
  async act(verb, body, number, more = {}) {
    const before = this.desk;
    this.refusal = null;
    const meant = number && !("number" in body) ? { at_hand: number } : {};
    const done = await this.acting.act(verb, { ...body, ...meant });
    if ("refused" in done) return say("busy_key");
    if ("error" in done) {
      this.refusal = done.error;
      if (endsService(verb, before) && done.error.details?.field === "note") byId("note").focus();
      return this.telling.trouble(verb, number, done.error, before, done.key);
    }
    this.live.offer("desk", done.desk);
    this.telling.done(verb, number, before, done.desk, more);
    return null;
  }

  /** @param {Message|null} message */
  tell(message) {
    this.message = message;
    this.draw();
  }

  // --- the page ---

  head() {
    byId("place-tile").textContent = this.place.tile;
    byId("place-tile").hidden = !isNumbered(this.place);
    byId("place-name").textContent = counterName(this.place);
    byId("place-agency").textContent = whereabouts(this.site, this.place);
    byId("menu").textContent = this.account.name;
    byId("issue").hidden = !this.account.works; // others may look, and are given nothing to give
    this.contact(null);
  }

  listen() {
    makeKeys((verb) => this.press(verb));
    rowsByArrows();
    const steady = makeSteady();
    const on = (/** @type {string} */ id, /** @type {(event: Event) => void} */ act) => byId(id).addEventListener("click", act);
    on("main-key", (event) => steady("main", event) && this.press(nextStep(this.desk)));
    on("close", () => this.press("close"));
    on("issue", () => this.issue());
    on("help", () => this.panels.help());
    on("menu", () => this.panels.menu());
    listenToKeys({
      " ": () => this.next(),
      Enter: () => this.press(nextStep(this.desk)),
      s: () => this.press("serve"), f: () => this.press("finish"), r: () => this.press("recall"), n: () => this.press("no-show"),
      h: () => this.press("hold"), t: () => this.press("transfer"), u: () => this.press("undo"),
      b: () => this.issue(), k: () => this.callHeld(),
      ...this.ofShortcuts(),
      d: () => toSetAside() || this.telling.noneAside(),
      c: () => this.inForm(() => byId("note").focus()),
      "+": () => this.inForm(() => this.result.count(1)), "=": () => this.inForm(() => this.result.count(1)), "-": () => this.inForm(() => this.result.count(-1)),
      "?": () => this.panels.help(),
    }, (digit) => this.inForm(() => this.result.choose(digit)));
    setInterval(() => this.tick(), TICK_MS);
  }

  /** The letters of the buttons below the card. */
  ofShortcuts() {
    /** @type {Record<string, () => void>} */
    const keys = {};
    for (const [verb, , , letter] of SHORTCUTS) if (letter) keys[letter.toLowerCase()] = () => this.press(verb);
    return keys;
  }

  tick() {
    byId("clock").textContent = clock(serverNow(), this.site.timezone);
    byId("date").textContent = dateOfYear(serverNow(), this.site.timezone); // so that a wrong day is doubted
    this.telling.tick();
    drawCard(this);
    drawKeys(this);
    drawSide(this);
  }

  draw() {
    byId("main").dataset.state = standing(this.desk);
    byId("close").setAttribute("aria-disabled", String(!this.can("close")));
    document.body.setAttribute("aria-busy", String(Boolean(this.acting.busy)));
    this.tick();
    drawBelow(this);
  }
}

new CounterPage(pageData());
