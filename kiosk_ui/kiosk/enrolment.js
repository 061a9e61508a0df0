/**
 * Whether this kiosk may give numbers: asked again and again, so that neither yes nor no is believed for ever.
 * @module
 */

import { get } from "../../static/js/api.js";
import { bringsToken, enrolFromHash } from "../../static/js/enrol.js";
import { Pairing } from "../../static/js/pairing.js";

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
    this.code = ""; // that somebody types elsewhere, so that it is enrolled without a link
    /** @type {Pairing|null} */
    this.pairing = null;
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
    if (state === "unenrolled") this.pair();
    else this.stopPairing();
    this.changed(fresh);
  }

  pair() {
    if (this.pairing) return;
    this.pairing = new Pairing("kiosk", {
      code: ({ code }) => this.show(code),
      trouble: () => this.show(""),
      paired: ({ path }) => (path === location.pathname ? this.look() : location.replace(path)),
    });
    this.pairing.run();
  }

  stopPairing() {
    if (this.pairing) this.pairing.stop();
    this.pairing = null;
    this.code = "";
  }

  /** @param {string} code */
  show(code) {
    if (code === this.code) return;
    this.code = code;
    this.changed(false);
  }
}
