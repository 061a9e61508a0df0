/** Interruptions of a week that were over before a supervisor looked: nobody stands for them yet. @module */

import { get } from "../../static/js/api.js";
import { pastBar } from "../../static/js/interrupting.js";
import { interruptionsOf } from "../../static/js/interruptions.js";

/**
 * @typedef {import("../../static/js/documents.js").Hall} Hall
 * @typedef {import("../../static/js/documents.js").PastInterruption} PastInterruption
 * @typedef {import("../../static/js/interrupting.js").Whose} Whose
 */

const EVERY_MS = 30000;
const WEEK_MS = 7 * 24 * 3600 * 1000;

export class PastInterruptions {
  /** @param {() => void} changed  the list is another */
  constructor(changed) {
    this.changed = changed;
    this.known = ""; // which last, and of which day: whenever that is another, one may have ended
    this.looked = 0; // when; one may begin and end between two looks at the hall
    /** @type {PastInterruption[]} */
    this.unconfirmed = [];
  }

  /** @param {Hall} hall @param {Whose} whose @param {() => void} news */
  bars(hall, whose, news) {
    if (!whose.oversees || !hall.day) return [];
    const known = [hall.day, ...interruptionsOf(hall).map(({ id }) => id)].join(" ");
    if (known !== this.known || performance.now() - this.looked > EVERY_MS) {
      this.known = known;
      this.looked = performance.now();
      this.look(hall.site, hall.day);
    }
    return this.unconfirmed.map((one) => pastBar(one, whose, String(hall.day), () => {
      this.look(hall.site, String(hall.day));
      news();
    }));
  }

  /** @param {string} site @param {string} day */
  async look(site, day) {
    const path = /** @type {const} */ (`/api/v1/sites/${site}/interruptions`);
    const first = new Date(Date.parse(day) - WEEK_MS).toISOString().slice(0, 10);
    try {
      const { body } = await get(/** @type {typeof path} */ (`${path}?from=${first}&to=${day}`));
      this.unconfirmed = body.interruptions.filter((one) => one.ended_at && !one.confirmed && !one.rejected);
    } catch (_) {
      this.known = ""; // asked again with the next news
      return;
    }
    this.changed();
  }
}
