/** What the kiosk knows of its hall: the site's information, kept fresh, and how it is told on screen. @module */

import { get } from "../../static/js/api.js";
import { hearClock } from "../../static/js/clock.js";
import { Device } from "../../static/js/device.js";
import { openLive } from "../../static/js/live.js";
import { orderOf } from "../../static/js/order.js";

/**
 * @typedef {import("../../static/js/documents.js").Site} Site
 * @typedef {import("../../static/js/documents.js").SiteAgency} Agency
 * @typedef {import("../../static/js/documents.js").SiteService} Service
 * @typedef {{agency: Agency, services: Service[], open: boolean}} Choice
 */

const REFRESH_MS = 15000; // what no message tells: quotas, the hour of opening
const BREATH_MS = 2000; // after a board that changed: at most one fetch in this time

export class Hall {
  /**
   * @param {import("../../static/js/documents.js").KioskPage} page
   * @param {{changed: () => void, contact: (since: Date|null) => void, idle: () => boolean, revoked: () => void}} on
   */
  constructor({ site, orders, build }, on) {
    this.site = site;
    this.orders = orders;
    this.on = on;
    this.fetching = false;
    /** @type {number} */
    this.soon = 0;
    hearClock(site.now);
    this.build = build;
    /** @type {Map<string, string|null>} */
    this.resting = new Map(); // counter on a break -> until when, if that was said
    this.heard = false; // a board, on the line that is open now
    this.stranger = false; // the server was greeted before this kiosk was enrolled
    this.live = this.connect();
    setInterval(() => this.refresh(), REFRESH_MS);
  }

  connect() {
    const { site, build, on } = this;
    return openLive({
      site, build, auth: { screen: "device" }, idle: on.idle, renew: () => this.refresh(), sound: () => null,
      device: new Device({ build, idle: on.idle, revoked: on.revoked }),
      on: { board: (board) => this.hear(board) },
      onStatus: ({ since }) => on.contact(since),
    });
  }

  /** Greets the server once more, as who it is by now; a line that is just being opened is not cut. */
  renew() {
    this.stranger = true;
    if (this.heard) this.greet();
  }

  greet() {
    this.stranger = this.heard = false;
    this.live.close();
    this.live = this.connect();
  }

  /**
   * A board tells waiting, estimates and open counters at once; quotas and reasons follow with the next fetch.
   * @param {import("../../static/js/documents.js").Board} board
   */
  hear(board) {
    this.heard = true;
    if (this.stranger) this.greet();
    const news = new Map(board.services.map((service) => [service.id, service]));
    const services = this.site.services.map((service) => {
      const found = news.get(service.id);
      if (!found) return service;
      const { waiting, people_waiting, estimate } = found;
      return { ...service, waiting, people_waiting, estimate };
    });
    this.resting = new Map(board.counters.filter(({ state }) => state === "break").map(({ id, until }) =>
      [id, until || null]));
    const open = new Map(board.counters.map((counter) => [counter.id, counter.open]));
    const counters = this.site.counters.map((counter) => ({ ...counter, open: open.get(counter.id) || false }));
    this.site = { ...this.site, services, counters, notices: board.notices || [] };
    this.on.changed();
    if (!this.soon) this.soon = window.setTimeout(() => this.refresh(), BREATH_MS);
  }

  /** Fetches the site's information; a failure is told by the live connection, and the next try follows anyway. */
  async refresh() {
    clearTimeout(this.soon);
    this.soon = 0;
    if (this.fetching) return;
    this.fetching = true;
    try {
      const { body } = await get(`/api/v1/sites/${this.site.id}`);
      hearClock(body.now);
      if (body.epoch !== this.site.epoch || body.revision >= this.site.revision) this.site = body;
      // The words of the order came with the page.
      if (this.on.idle() && this.site.services.some((service) => !this.order(service))) location.reload();
      this.on.changed();
    } catch (_) {
      // Keeps what it knew.
    } finally {
      this.fetching = false;
    }
  }

  /**
   * Until when nobody serves this, for a break; "" if that was not said; null: somebody serves it, or nobody today.
   * @param {Service} service @returns {string|null}
   */
  restsUntil(service) {
    const own = this.site.counters.filter(({ services }) => services.includes(service.id));
    const rests = own.filter(({ id }) => this.resting.has(id));
    if (!rests.length || own.some(({ id, open }) => open && !this.resting.has(id))) return null;
    return rests.map(({ id }) => this.resting.get(id) || "").sort().find(Boolean) || "";
  }

  /** The published order of a service's calls. @param {Service} service */
  order(service) {
    return this.orders[orderOf(this.site, service)];
  }

  /** @param {string} id @returns {Service|undefined} */
  service(id) {
    return this.site.services.find((service) => service.id === id);
  }

  /** @param {string} id @returns {Agency} */
  agency(id) {
    return /** @type {Agency} */ (this.site.agencies.find((agency) => agency.id === id));
  }

  /** Services of an agency, those closed now last. @param {string} agency */
  services(agency) {
    return lastIfClosed(this.site.services.filter((service) => service.agency === agency), (service) => service.open);
  }

  /** The agencies that have a service, those closed now last. @returns {Choice[]} */
  choices() {
    const all = this.site.agencies.map((agency) => {
      const services = this.services(agency.id);
      return { agency, services, open: services.some((service) => service.open) };
    });
    return lastIfClosed(all.filter((choice) => choice.services.length > 0), (choice) => choice.open);
  }

  /** The service that leads to this one: the first step, where an officer gives its number. @param {Service} service */
  leadingTo(service) {
    return this.site.services.find((other) => other.kiosk && other.next.includes(service.id));
  }
}

/**
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => boolean} open
 */
function lastIfClosed(things, open) {
  return [...things.filter(open), ...things.filter((thing) => !open(thing))];
}
