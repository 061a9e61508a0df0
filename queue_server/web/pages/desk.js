/** The officer's counter page: one document in, one key out. Holds the state and wires the parts. @module */

import { hearClock, serverNow } from "../static/js/clock.js";
import { byId } from "../static/js/dom.js";
import { counterName, isLent, isNumbered, whereabouts } from "../static/js/counters.js";
import { clock, dateOfYear } from "../static/js/format.js";
import { icon, warmIcons } from "../static/js/icons.js";
import { openLive } from "../static/js/live.js";
import { pageData } from "../static/js/page.js";
import { ofTheList } from "../static/js/reasons.js";
import { say, useTexts } from "../static/js/texts.js";
import { Acting } from "./desk/acting.js";
import { drawHelp } from "./desk/asking_help.js";
import { drawBelow, Result } from "./desk/below.js";
import { drawCard } from "./desk/card.js";
import { askEscort, mayEscort } from "./desk/escorting.js";
import { drawKeys, makeKeys } from "./desk/keys.js";
import { drawNotes } from "./desk/notes.js";
import { panelIsOpen } from "../static/js/panel.js";
import { Model } from "./desk/model.js";
import { Panels, SHORTCUTS } from "./desk/panels.js";
import { endsService, leavesPeople, nextStep, oversees, standing } from "./desk/rules.js";
import { drawSide, rowsByArrows, toSetAside } from "./desk/side.js";
import { PASSING_MS, Telling } from "./desk/telling.js";
import { drawTrouble } from "./desk/trouble.js";
import { listenToKeys, makeSteady } from "./desk/typing.js";

/**
 * @typedef {import("./desk/types.js").Desk} Desk
 * @typedef {import("./desk/types.js").Verb} Verb
 * @typedef {import("./desk/types.js").Message} Message
 */

const TICK_MS = 250;

class DeskPage {
  /** @param {import("./desk/types.js").Data} data */
  constructor(data) {
    useTexts(data.texts, data.lang);
    hearClock(data.now);
    this.model = new Model(data);
    this.shutSaidAt = -Infinity; // when it was last said that nobody can come any more today
    this.acting = new Acting(`/api/v1/sites/${data.site.id}/counters/${data.counter}`, () => this.draw());
    this.acts = this.allActs();
    this.result = new Result(this.model, this.acts);
    this.panels = new Panels(this.model, this.acts);
    this.telling = new Telling(this.model, this.acts);
    warmIcons(["wifi-off", "circle-alert", "info"]);
    this.head();
    this.listen();
    this.draw();
    this.live = openLive({
      site: data.site, build: data.build, auth: { screen: "desk", counter: data.counter }, prompt: true,
      renew: (site) => this.renewed(site),
      on: {
        desk: (doc) => this.take(doc),
        refused: (error) => this.telling.refused(error),
        admitted: () => this.telling.admitted(),
      },
      onStatus: ({ since }) => this.contact(since),
      idle: () => !this.model.desk.ticket && !panelIsOpen(),
    });
    this.live.offer("desk", data.desk);
    this.telling.overseen(data.desk);
  }

  /** What the parts may do. @returns {import("./desk/model.js").Act} */
  allActs() {
    return {
      press: (verb) => this.press(verb),
      callHeld: () => this.callHeld(),
      askHelp: () => this.askHelp(),
      escort: () => this.escort(),
      papers: () => this.panels.papers(),
      remarks: () => this.result.remarks(),
      noted: () => this.result.noted(),
      carryOut: (verb, body, number, more) => this.act(verb, body, number, more),
      run: (verb, body, number, more) => this.panels.run(verb, body, number, more),
      send: (...asked) => this.acting.send(...asked),
      look: (key) => this.acting.look(key),
      offer: (desk) => this.live.offer("desk", desk),
      tell: (message) => this.tell(message),
      notNow: (verb) => this.telling.notNow(verb),
      moved: (number, service) => this.telling.moved(number, service),
      contact: (since) => this.contact(since),
      openWaiting: (one) => this.panels.waiting(one),
      openHeld: (one) => this.panels.held(one),
      openMissed: (one) => this.panels.missed(one),
    };
  }

  // --- what the server says ---

  /** @param {Desk} desk */
  take(desk) {
    this.model.take(desk);
    this.contact(null);
    this.telling.overseen(desk);
    if (this.model.lacksNotes()) this.acting.look().then((own) => own && this.live.offer("desk", own));
    this.draw();
  }

  /** The hall as it is now. @param {import("../static/js/documents.js").Site} site */
  renewed(site) {
    if (!this.model.renew(site)) location.reload();
    this.head();
    this.draw();
  }

  /** @param {Date|null} since  when the server was last heard; null: connected */
  contact(since) {
    this.model.offlineSince = since;
    const place = byId("contact");
    place.classList.toggle("desk-lost", Boolean(since));
    place.replaceChildren(icon(since ? "wifi-off" : "circle-check"),
      since ? say("disconnected_since", { time: clock(since, this.model.site.timezone) }) : say("connected"));
  }

  // --- what the officer does ---

  /**
   * A verb's key or button. With nobody to be passed on, the transfer's moves somebody who waits.
   * @param {Verb} pressed
   */
  press(pressed) {
    const verb = pressed === "transfer" && !this.model.can(pressed) ? "move" : pressed;
    if (!this.model.can(verb)) return this.telling.notNow(verb);
    if (verb === "open" && this.model.desk.shut && !this.warned()) return this.telling.shut();
    if (verb === "take-over") return this.panels.takeOver();
    if (oversees(this.model.desk, this.model.account)) return this.panels.oversee(verb);
    if (verb === "close" && leavesPeople(this.model.desk)) return this.panels.close();
    const number = (verb === "undo" && this.model.desk.undo_number) || this.model.desk.ticket?.number || "";
    if (this.panels.asks(verb, number)) return undefined;
    return this.act(verb, this.said(verb), number);
  }

  /** What was chosen and written goes with a verb that ends the service; what was written, with who is set aside. */
  said(/** @type {Verb} */ verb) {
    if (endsService(verb, this.model.desk)) return this.result.body();
    return verb === "hold" ? this.result.noted() : {};
  }

  /** Whether it was said a moment ago that nobody can come any more; it is said again otherwise. */
  warned() {
    const soon = performance.now() - this.shutSaidAt < PASSING_MS;
    this.shutSaidAt = soon ? -Infinity : performance.now();
    return soon;
  }

  /** Space: opens the counter, or again after a break, then calls; where the site says so it also finishes. */
  next() {
    const state = standing(this.model.desk);
    return this.press(state === "closed" || state === "break" ? nextStep(this.model.desk) : "call-next");
  }

  issue() {
    if (this.model.account.works) this.panels.issue();
  }

  /** Silently: nothing is said but small, in the head, for somebody may look over the officer's shoulder. */
  async askHelp() {
    if (!this.model.can("help")) return this.telling.notNow("help");
    const done = await this.acting.act("help");
    if ("desk" in done) this.live.offer("desk", done.desk);
    else if ("error" in done) this.telling.trouble("help", "", done.error, this.model.desk, done.key);
  }

  /** Asks for somebody who guides the visitor that is called. */
  async escort() {
    if (!mayEscort(this.model)) return this.telling.notNow("escort");
    const failed = await askEscort(this.model, this.acts);
    if (failed) this.telling.trouble("escort", failed.number, failed.error, this.model.desk, failed.key);
    return undefined;
  }

  /** Keys of the form that stands there while a visitor is served. @param {() => void} act */
  inForm(act) {
    if (standing(this.model.desk) === "serving" && this.model.mine()) act();
    else this.telling.notNow("finish");
  }

  /** The held ticket that has waited longest. */
  callHeld() {
    const held = this.model.desk.held[0];
    if (!held) return this.telling.noneHeld();
    if (this.model.can("call")) {
      this.act("call", { number: held.number, ...ofTheList("complete") }, held.number);
    }
  }

  /**
   * Carries a verb out and shows the desk of the reply at once. It says what it means: the number that was seen
   * at the counter, for another officer may have gone on there meanwhile.
   * @param {Verb} verb @param {object} body @param {string} number  seen at the counter, or named in the body @param
   *   {Record<string, string>} [more]  for the line that tells of it
   * @returns {Promise<string|null>}  what went wrong
   */
  async act(verb, body, number, more = {}) {
    const before = this.model.desk;
    this.model.refusal = null;
    const meant = number && !("number" in body) ? { at_hand: number } : {};
    const done = await this.acting.act(verb, { ...body, ...meant });
    if ("refused" in done) return say("busy_key");
    if ("error" in done) {
      this.model.refusal = done.error;
      const { field } = /** @type {{field?: string}} */ (done.error.details || {});
      if (endsService(verb, before) && field === "note") byId("note").focus();
      return this.telling.trouble(verb, number, done.error, before, done.key);
    }
    this.live.offer("desk", done.desk);
    this.telling.done(verb, number, before, done.desk, more);
    return null;
  }

  /** @param {Message|null} message */
  tell(message) {
    this.model.message = message;
    this.draw();
  }

  // --- the page ---

  head() {
    byId("place-tile").textContent = this.model.counter.tile;
    byId("place-tile").hidden = !isNumbered(this.model.counter);
    byId("place-name").textContent = counterName(this.model.counter);
    const { site, counter, account } = this.model;
    const helps = isLent(account, site.id, counter.agency) ? `, ${say("helps_out")}` : "";
    byId("place-agency").textContent = `${whereabouts(site, counter)}${helps}`;
    byId("menu").textContent = this.model.account.name;
    byId("issue").hidden = !this.model.account.works; // others may look, and are given nothing to give
    this.contact(null);
  }

  listen() {
    makeKeys((verb) => this.press(verb));
    rowsByArrows();
    const steady = makeSteady();
    const on = (/** @type {string} */ id, /** @type {(event: Event) => void} */ act) =>
      byId(id).addEventListener("click", act);
    on("main-key", (event) => steady("main", event) && this.press(nextStep(this.model.desk)));
    on("close", () => this.press("close"));
    on("issue", () => this.issue());
    on("help", () => this.panels.help());
    on("menu", () => this.panels.menu());
    listenToKeys({
      " ": () => this.next(),
      Enter: () => this.press(nextStep(this.model.desk)),
      s: () => this.press("serve"), f: () => this.press("finish"), r: () => this.press("recall"),
      n: () => this.press("no-show"),
      h: () => this.press("hold"), t: () => this.press("transfer"), u: () => this.press("undo"),
      b: () => this.issue(), k: () => this.callHeld(), m: () => this.panels.papers(),
      l: () => this.askHelp(), e: () => this.escort(), v: () => this.inForm(() => this.result.add()),
      ...this.ofShortcuts(),
      d: () => toSetAside() || this.telling.noneAside(),
      c: () => this.inForm(() => byId("note").focus()),
      "+": () => this.inForm(() => this.result.count(1)), "=": () => this.inForm(() => this.result.count(1)),
      "-": () => this.inForm(() => this.result.count(-1)),
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
    byId("clock").textContent = clock(serverNow(), this.model.site.timezone);
    byId("date").textContent = dateOfYear(serverNow(), this.model.site.timezone); // so that a wrong day is doubted
    this.telling.tick();
    this.model.busy = this.acting.busy || "";
    drawCard(this.model);
    drawKeys(this.model);
    drawSide(this.model, this.acts);
    drawHelp(this.model);
    drawNotes(this.model);
  }

  draw() {
    byId("main").dataset.state = standing(this.model.desk);
    byId("close").setAttribute("aria-disabled", String(!this.model.can("close")));
    document.body.setAttribute("aria-busy", String(Boolean(this.acting.busy)));
    this.tick();
    drawBelow(this.model, this.acts, this.result);
    drawTrouble(this.model);
  }
}

new DeskPage(pageData());
