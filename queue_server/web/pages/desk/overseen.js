/**
 * What a supervisor did at this counter: said until its officer acts again, also to one who was away or loads anew.
 * @module
 */

import { clock } from "../../static/js/format.js";
import { say } from "../../static/js/texts.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./types.js").Desk} Desk
 * @typedef {import("./types.js").Message} Message
 */

export class Overseen {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.store = `overseen:${model.site.id}/${model.counter.id}`;
    /** @type {Message|null} what is still to be read */
    this.message = null;
    this.told = ""; // what the message tells of
  }

  /** Why it was done is told only to whom it concerns, when they ask. @param {Desk} desk */
  lacksReason({ overseen }) {
    return Boolean(overseen && !overseen.reason && overseen.officer_id === this.model.account.id);
  }

  /** What is new in the document, if anything is. @param {Desk} desk @returns {Message|null} */
  heard(desk) {
    const what = desk.overseen;
    if (!what || what.by_id === this.model.account.id || markOf(desk) === this.read()) return null;
    const text = wording(what, this.model.site.timezone);
    if (this.message?.text === text || (this.told === markOf(desk) && !what.reason)) return null;
    this.told = markOf(desk);
    this.message = { tone: "warn", text, strong: what.by || "" };
    return this.message;
  }

  /**
   * The officer goes on: what stood there before the key was read.
   * @param {Desk} before  the desk when the key was pressed
   */
  goOn(before) {
    if (before.overseen) this.keep(markOf(before));
    if (markOf(before) === markOf(this.model.desk)) this.message = null;
  }

  /** Whether something came after the key. @param {Desk} before */
  since(before) {
    return this.message !== null && markOf(before) !== markOf(this.model.desk);
  }

  read() {
    try {
      return localStorage.getItem(this.store);
    } catch (_) {
      return null; // a browser that keeps nothing says it once more after a reload
    }
  }

  /** @param {string} mark */
  keep(mark) {
    try {
      localStorage.setItem(this.store, mark);
    } catch (_) {
      // as above
    }
  }
}

/** @param {Desk} desk */
function markOf({ overseen, epoch }) {
  return overseen ? `${epoch}.${overseen.revision}` : "";
}

/** @param {NonNullable<Desk["overseen"]>} what @param {string} tz */
function wording({ verb, number, by, reason, at }, tz) {
  const text = say(`overseen_${verb.replace("-", "_")}`, { name: by || "", number: number || "", time: clock(at, tz) });
  return reason ? `${text} ${say("overseen_why", { reason })}` : text;
}
