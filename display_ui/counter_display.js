/** The display above one counter: its name, its agency, and whom it expects. @module */

import { hearClock, serverNow } from "../static/js/clock.js";
import { wordOf } from "../static/js/counters.js";
import { Device } from "../static/js/device.js";
import { keepEnrolling } from "../static/js/enrol.js";
import { clock, showNumber } from "../static/js/format.js";
import { sinceOf } from "../static/js/interruptions.js";
import { icon, warmIcons } from "../static/js/icons.js";
import { openLive } from "../static/js/live.js";
import { inTurn, noticesAt, wordsOf } from "../static/js/notice.js";
import { pageData } from "../static/js/page.js";
import { say, useTexts } from "../static/js/texts.js";
import { counterView } from "./counter_display_model.js";
import { Directory } from "./directory.js";
import { byId, still } from "./dom.js";
import { fitName, fitSize } from "./fit.js";

/** @type {Partial<Record<import("../static/js/documents.js").Standing, string>>} */
const MESSAGE = { closed: "closed_counter", break: "break_counter" };
const LARGEST = { number: 0.4, place: 0.5, strip: 0.34 }; // of a hundred units
const LONG = 48; // letters that stand on one line of the narrowest display
const MOST_IN_LARGE = 110; // letters of an urgent notice: three lines beside the demo's mark
const FEW_LETTERS = 6; // "12A" stands on one line
const LEAST_U = 4; // a name's letters are never smaller

/**
 * @typedef {import("../static/js/documents.js").Board} Board
 * @typedef {import("../static/js/documents.js").PageData & {site: import("../static/js/documents.js").Site,
 *   counter: string}} CounterData
 */

class CounterDisplay {
  /** @param {CounterData} data */
  constructor(data) {
    this.data = data;
    this.directory = new Directory(data.site);
    this.counter = this.directory.counters.get(data.counter);
    /** @type {Board|null} */
    this.board = null;
    this.since = "";
    this.told = "";
    this.calledAt = 0;
  }

  open() {
    const { site, build, counter } = this.data;
    const idle = () => byId("middle").dataset.state !== "called";
    warmIcons(["unplug"]); // shown first when nothing answers any more
    byId("mark-contact").prepend(icon("unplug"));
    this.drawFrame();
    setInterval(() => this.tick(), 1000);
    this.tick();
    openLive({
      site, build, renew: (fresh) => this.renewed(fresh), auth: { screen: "counter", counter },
      on: { board: (board) => { this.board = board; this.draw(); } },
      onStatus: (status) => this.takeStatus(status),
      idle,
      sound: () => null,
      device: new Device({ build, idle }),
    });
    window.addEventListener("resize", () => this.draw());
    if (document.fonts) document.fonts.ready.then(() => this.draw());
  }

  /** The hall as it is now. @param {import("../static/js/documents.js").Site} site */
  renewed(site) {
    this.directory = new Directory(site);
    this.counter = this.directory.counters.get(this.data.counter);
    if (!this.counter || site.timezone !== this.data.site.timezone) location.reload();
    this.drawFrame();
    this.draw();
  }

  tick() {
    const time = clock(serverNow(), this.data.site.timezone);
    if (this.urgent() !== this.told) this.draw();
    if (byId("time").textContent === time) return;
    byId("time").textContent = time;
    if (byId("middle").dataset.state === "break") this.draw();
  }

  /** What never changes: agency and counter. */
  drawFrame() {
    const agency = this.counter && this.directory.agencies.get(this.counter.agency);
    const whose = agency ? agency.name : this.data.site.short_name;
    byId("agency").textContent = whose;
    byId("agency").classList.toggle("is-long", whose.length > LONG);
    if (agency && agency.color) byId("head").style.setProperty("--agency", agency.color);
    byId("place-word").textContent = this.counter ? wordOf(this.counter) : "";
    byId("place-number").textContent = this.counter ? this.counter.tile : this.data.counter;
  }

  /** @param {import("../static/js/contact.js").Status} status */
  takeStatus({ state, since }) {
    byId("mark-contact").hidden = state !== "unknown";
    this.since = state === "stale" && since ? clock(since, this.data.site.timezone) : "";
    document.body.classList.toggle("is-stale", state === "stale");
    this.draw();
  }

  draw() {
    if (!this.board) return;
    const view = counterView(this.board, this.data.counter, this.directory);
    const label = view.state === "called" ? say("come_here") : say("being_served");
    byId("label").textContent = this.since ? say("lost_since", { time: this.since }) : label;
    const { trouble } = view;
    byId("message").textContent = say(MESSAGE[view.state] || (trouble ? "interruption_here" : "please_wait"));
    // A time that has passed is no promise any more.
    const back = view.until && Date.parse(view.until) > serverNow().getTime() ? view.until : "";
    byId("back").textContent = back ? clock(back, this.data.site.timezone) : "";
    byId("back-label").textContent = back ? say("back_at") : "";
    const instead = view.instead.length
      ? say("instead", { counters: view.instead.slice(0, 2).map(unbroken).join(", ") })
      : trouble && view.state === "idle" ? sinceOf(trouble, this.directory.site) : "";
    byId("more").textContent = instead;
    byId("more").classList.toggle("is-long", instead.length > 2 * LONG);
    const service = view.service ? this.directory.serviceName(view.service) : this.services();
    this.told = this.urgent();
    const foot = this.told || (view.state === "break" && instead) || service; // the time stands where that would else
    byId("foot").textContent = foot;
    byId("foot").classList.toggle("is-long", foot.length > LONG);
    byId("foot").classList.toggle("is-urgent", Boolean(this.told));
    byId("foot").classList.toggle("is-crowded", foot.length > MOST_IN_LARGE);
    byId("middle").dataset.state = view.state;
    if (view.number) showNumber(byId("number"), view.number);
    this.fit(view.number);
    if (view.state === "called" && view.call > this.calledAt) this.beckon();
    this.calledAt = Math.max(this.calledAt, view.call);
  }

  /** What every screen tells now, before all else. */
  urgent() {
    const all = this.board ? noticesAt(this.board, "wall", serverNow()).filter(({ urgent }) => urgent) : [];
    const one = inTurn(all, serverNow());
    return one ? `${say("notice_urgent")}: ${wordsOf(one, this.directory.site)}` : "";
  }

  /** The services of this counter, for those who look for the right place. */
  services() {
    const all = this.counter ? this.counter.services : [];
    return all.map((one) => this.directory.serviceName(one)).filter(Boolean).join(" · ");
  }

  /** @param {string} number */
  fit(number) {
    const u = parseFloat(getComputedStyle(byId("head")).paddingLeft) / 6;
    const strip = matchMedia("(min-aspect-ratio: 3/1)").matches;
    const most = 100 * u * (strip ? LARGEST.strip : LARGEST.number);
    if (number) {
      byId("number").style.setProperty("font-size", `${fitSize(number, byId("number").clientWidth, most, 0.07)}px`);
    }
    this.fitPlace(u, strip);
  }

  /**
   * The counter's number on one line; its own name on as many as make it large.
   * @param {number} u  px
   * @param {boolean} strip
   */
  fitPlace(u, strip) {
    const place = byId("place");
    const style = getComputedStyle(place);
    const room = place.clientWidth - 2 * parseFloat(style.paddingLeft);
    const text = byId("place-number").textContent || "";
    const most = 100 * u * (strip ? LARGEST.strip : LARGEST.place);
    const word = Boolean(byId("place-word").textContent);
    const width = strip && word ? room * 0.6 : room;
    const { size, lines } = word && text.length <= FEW_LETTERS
      ? { size: fitSize(text, width, most), lines: 1 }
      : fitName(text, { width, height: place.clientHeight * 0.84 - (word && !strip ? 12 * u : 0) }, most, LEAST_U * u);
    byId("place-number").classList.toggle("is-words", lines > 1);
    byId("place-number").style.setProperty("font-size", `${size}px`);
  }

  /** A new call: the tile dims twice. */
  beckon() {
    if (still()) return;
    byId("place").animate([{ opacity: 1 }, { opacity: 0.7 }, { opacity: 1 }],
      { duration: 1000, iterations: 2, easing: "ease-in-out" });
  }
}

/** A name whose words stay on one line, unless it is itself longer than one. @param {string} name */
function unbroken(name) {
  return name.length > LONG / 2 ? name : name.replace(/ /g, "\u00a0");
}

const data = /** @type {CounterData} */ (pageData());
useTexts(data.texts, data.lang);
hearClock(data.now);
keepEnrolling(() => location.reload()); // greeted the server as a stranger
new CounterDisplay(data).open();
