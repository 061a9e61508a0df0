/** Looks things up in a site: whose counter, whose service, which zone. @module */

import { isNumbered } from "../static/js/counters.js";
import { say, sayWords } from "../static/js/texts.js";

/**
 * @typedef {import("../static/js/documents.js").Site} Site
 * @typedef {import("../static/js/documents.js").Call} Call
 */

export class Directory {
  /** @param {Site} site */
  constructor(site) {
    this.site = site;
    this.agencies = new Map(site.agencies.map((one) => [one.id, one]));
    this.services = new Map(site.services.map((one) => [one.id, one]));
    this.counters = new Map(site.counters.map((one) => [one.id, one]));
  }

  /** @param {{service: string, counter: string}} call */
  agencyOf(call) {
    const service = this.services.get(call.service);
    const counter = this.counters.get(call.counter);
    return this.agencies.get(service ? service.agency : counter ? counter.agency : "");
  }

  /** The zone a counter stands in; the site's first for one not known (any more). @param {string} counter */
  zoneOf(counter) {
    const found = this.counters.get(counter);
    return found ? found.zone : this.site.wall.zones[0];
  }

  /** Where a call sends people; a counter that goes by another name by now, by that name. @param {Call} call */
  counterOf({ counter, counter_name: name }) {
    const known = this.counters.get(counter);
    return known && known.name === name ? known : { name, tile: name };
  }

  /** @param {string} service */
  serviceName(service) {
    const found = this.services.get(service);
    return found ? plainName(sayWords(found.name)) : "";
  }
}

/**
 * A service's name without what stands in brackets: a wall has no room for asides.
 * @param {string} name
 */
export function plainName(name) {
  return name.replace(/\s*\([^)]*\)/g, "").trim() || name;
}

/**
 * Over the tile of a call: "Silakan menuju loket" 2, but "Silakan menuju" Ruang 3.
 * @param {import("../static/js/counters.js").Named} counter
 */
export function goTo(counter) {
  const ownWord = !isNumbered(counter) && /[a-z]{3}/i.test(counter.name);
  return say(ownWord ? "please_go_place" : "please_go");
}
