/**
 * Whether this kiosk may give numbers: asked again and again, so that neither yes nor no is believed for ever.
 * @module
 */

import { get } from "../../static/js/api.js";
import { bringsToken, enrolFromHash } from "../../static/js/enrol.js";

const LOOK_MS = 5000; // a kiosk that was revoked says so within seconds; one that was enrolled meanwhile goes on

/**
 * @typedef {"enrolled"|"unenrolled"|"pending"} State  pending: the server has not answered yet
 * @typedef {import("../../static/js/documents.js").Device} Device
 */

export class Enrolment {
  /**
   * @param {string} site
   * @param {boolean|undefined} known  what the server said when it made the page
   * @param {(fresh: boolean) => void} changed  fresh: it is enrolled by now
   */
  constructor(site, known, changed) {
    this.site = site;
    this.changed = changed;
    /** @type {State} */
    this.state = known !== false ? "enrolled" : bringsToken() ? "pending" : "unenrolled";
    this.refused = false; // the token of the address
    /** @type {Device|null} what else this browser is enrolled as */
    this.other = null;
    this.looking = false;
    window.setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  /** Asks the server. No answer, or that of a server in trouble, changes nothing. */
  async look() {
    if (this.looking) return;
    this.looking = true;
    try {
      const outcome = await enrolFromHash();
      if (outcome !== "none" && outcome !== "later") this.refused = outcome === "refused";
      const device = (await get("/api/v1/device")).body;
      const mine = device.kind === "kiosk" && device.site === this.site;
      this.other = device.kind && !mine ? device : null;
      this.become(mine ? "enrolled" : outcome === "later" ? "pending" : "unenrolled");
    } catch (_) {
      // Asked again in a moment.
    } finally {
      this.looking = false;
    }
  }

  /** @param {State} state */
  become(state) {
    const fresh = state === "enrolled" && this.state !== "enrolled";
    if (state === "enrolled") this.refused = false;
    this.state = state;
    this.changed(fresh);
  }
}
