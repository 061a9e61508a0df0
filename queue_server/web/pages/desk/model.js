/** What the parts of the officer's page are given: what is known, and what they may do. @module */

import { serverNow } from "../../static/js/clock.js";
import { longDate } from "../../static/js/format.js";
import * as rules from "./rules.js";

/**
 * @typedef {import("./types.js").Desk} Desk
 * @typedef {import("./types.js").Verb} Verb
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 *
 * @typedef {object} Act  what a part may do
 * @property {(verb: Verb) => void} press  as if its key was pressed: may ask first, or say why not now
 * @property {() => void} callHeld
 * @property {() => void} askHelp  silently
 * @property {() => void} escort  whoever is called needs a guide, or none after all
 * @property {() => void} papers  which papers the visitor at the counter lacks
 * @property {() => object} noted  the form's note alone
 * @property {() => object} remarks  note and quantity of the form, for whatever ends the visit
 * @property {(verb: Verb, body: object, number: string, more?: Record<string, string>) => Promise<string|null>}
 *   carryOut
 *   a verb, at once; says what went wrong
 * @property {(verb: Verb, body: object, number: string, more?: Record<string, string>) => Promise<string|null>} run
 *   the same from a panel
 * @property {import("./acting.js").Acting["send"]} send
 * @property {(key?: string) => Promise<Desk|null>} look  how the desk stands, asked of the server
 * @property {(desk: Desk) => void} offer  a desk that came with a reply
 * @property {(message: Message|null) => void} tell
 * @property {(verb: Verb) => void} notNow  say why a verb cannot act
 * @property {(number: string, service: string) => void} moved
 * @property {(since: Date|null) => void} contact
 * @property {(one: import("./types.js").Upcoming) => void} openWaiting
 * @property {(one: any) => void} openHeld
 * @property {(one: any) => void} openMissed
 */

/** What is known at this counter now. */
export class Model {
  /** @param {import("./types.js").Data} data */
  constructor(data) {
    this.site = data.site;
    this.account = data.officer;
    this.sits = data.sits.filter((one) => one.site === data.site.id); // today, by the roster
    const here = data.site.counters.find((one) => one.id === data.counter);
    this.counter = /** @type {import("./types.js").Counter} */ (here);
    this.desk = data.desk;
    this.myDay = data.mine; // kept while the counter is closed: then the document knows nobody
    this.heardAt = serverNow();
    /** @type {Date|null} */
    this.offlineSince = null;
    /** @type {Message|null} */
    this.message = null;
    /** @type {ApiError|null} why the last verb was refused */
    this.refusal = null;
    /** @type {string} the verb on its way to the server */
    this.busy = "";
  }

  /** The hall as it is now; whether it still has this counter. @param {import("./types.js").Data["site"]} site */
  renew(site) {
    const here = site.counters.find((one) => one.id === this.counter.id);
    Object.assign(this.site, site);
    if (here) this.counter = here;
    return Boolean(here);
  }

  mine() {
    return rules.isMine(this.desk, this.account);
  }

  /** Whether a verb can act now, for the account that looks. @param {Verb} verb */
  can(verb) {
    return rules.can(verb, this.desk, this.account, serverNow());
  }

  /** The date at the site when the document came. */
  date() {
    return longDate(this.heardAt, this.site.timezone);
  }

  /** Seconds since the document was written: its waits have grown by as much. */
  age() {
    return Math.max(0, (serverNow().getTime() - this.heardAt.getTime()) / 1000);
  }

  /** Whether colleagues wrote what this officer may read and was not told yet. */
  lacksNotes() {
    return this.desk.notes === null && this.mine();
  }

  /** @param {Desk} desk */
  take(desk) {
    const today = this.date();
    // what goes to the whole room says only that there are notes: those that were read of the same visitor stay
    if (desk.notes === null && this.desk.notes && desk.ticket?.id === this.desk.ticket?.id) {
      desk = { ...desk, notes: this.desk.notes };
    }
    this.heardAt = serverNow();
    this.desk = desk;
    if (this.mine() || (!desk.open && this.date() !== today)) this.myDay = desk.mine; // a new day: nobody served yet
  }
}
