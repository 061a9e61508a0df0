/**
 * A hall that is changed while its screens run: the site is fetched again and drawn, without a reload.
 * @module
 */

import { get } from "./api.js";

const SPREAD_MS = 10000; // phones are many: not all in one instant

/**
 * @typedef {import("./documents.js").Site} Site
 * @typedef {{epoch: number, structure: number, levers?: number}} Stamp
 */

/** The version, and what was set for today; an older server, beside which this page may run, knows nothing of that. */
function madeBy(/** @type {Stamp} */ { epoch, structure, levers }) {
  return `${epoch} ${structure} ${levers || 0}`;
}

export class StructureWatch {
  /**
   * @param {Site} site  as the page was given it
   * @param {(site: Site) => void} take  draws what is new
   * @param {boolean} spread  whether to wait a moment, as one of many
   */
  constructor(site, take, spread) {
    this.site = site.id;
    this.known = madeBy(site);
    this.take = take;
    this.spread = spread;
    this.fetching = false;
  }

  /**
   * A document or a beat says by which version it was made; the next one asks again if the site could not be fetched.
   * @param {Stamp} stamp
   */
  hear(stamp) {
    if (this.fetching || madeBy(stamp) === this.known) return;
    this.fetching = true;
    setTimeout(() => this.fetch(), this.spread ? Math.random() * SPREAD_MS : 0);
  }

  async fetch() {
    try {
      const { body } = await get(`/api/v1/sites/${this.site}`);
      const known = madeBy(body);
      if (known !== this.known) {
        this.known = known;
        this.take(body);
      }
    } catch (_) {
      // The next beat says the same.
    } finally {
      this.fetching = false;
    }
  }
}
