/**
 * What a supervisor did at this counter: said to the officer whose counter it was, until she acts there again, also
 * where she was away or loads anew.
 * @module
 */

import { clock } from "../../static/js/format.js";
import { say } from "../../static/js/texts.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./types.js").Desk} Desk
 * @typedef {import("./types.js").Message} Message
 * @typedef {NonNullable<Desk["overseen"]>} Said
 */

export class Overseen {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Message|null} what is still to be read */
    this.message = null;
    this.told = ""; // what the message tells of
    this.read = ""; // what stood there before her last key
  }

  /** Why it was done is told only to whom it concerns, when they ask. @param {Desk} desk */
  lacksReason({ overseen }) {
    return Boolean(overseen && !overseen.reason && overseen.officer_id === this.model.account.id);
  }

  /** What is new in the document, if anything is. @param {Desk} desk @returns {Message|null} */
  heard(desk) {
    const what = desk.overseen;
    if (!what || !this.concerns(what) || markOf(desk) === this.read) return null;
    const text = wording(what, this.model.site.timezone);
    if (this.message?.text === text || (this.told === markOf(desk) && !what.reason)) return null;
    this.told = markOf(desk);
    this.message = { tone: "warn", text, strong: what.by || "" };
    return this.message;
  }

  /** Whether it was this account's counter (an older server did not say whose). @param {Said} what */
  concerns({ by_id: who, officer_id: whose }) {
    return whose ? whose === this.model.account.id : who !== this.model.account.id;
  }

  /**
   * The officer goes on: what stood there before the key was read.
   * @param {Desk} before  the desk when the key was pressed
   */
  goOn(before) {
    this.read = markOf(before);
    if (markOf(before) === markOf(this.model.desk)) this.message = null;
  }

  /** Whether something came after the key. @param {Desk} before */
  since(before) {
    return this.message !== null && markOf(before) !== markOf(this.model.desk);
  }
}

/** @param {Desk} desk */
function markOf({ overseen, epoch }) {
  return overseen ? `${epoch}.${overseen.revision}` : "";
}

/** @param {Said} what @param {string} tz */
function wording({ verb, number, by, reason, at }, tz) {
  const text = say(`overseen_${verb.replace("-", "_")}`, { name: by || "", number: number || "", time: clock(at, tz) });
  return reason ? `${text} ${say("overseen_why", { reason })}` : text;
}
