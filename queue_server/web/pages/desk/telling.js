/**
 * Says what was done, what cannot be done now, and what was not done: plainly, and never more than is known.
 * @module
 */

import { minutesOf } from "../../static/js/format.js";
import { serverNow } from "../../static/js/clock.js";
import { lang, say } from "../../static/js/texts.js";
import { Overseen } from "./overseen.js";
import { endsService, standing } from "./rules.js";
import { actionName, didText } from "./words.js";

export const PASSING_MS = 5000;
const LOOK_AGAIN_MS = 2000;
// the server gives a request up by then (5 s for its turn): before that it may still be recorded
const UNDER_WAY_MS = 7000;

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 * @typedef {import("./types.js").Desk} Desk
 * @typedef {import("./types.js").Verb} Verb
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 * @typedef {{verb: Verb, number: string, key: string, at: number}} Lost  at: performance.now() when its reply was given
 *   up
 */

export class Telling {
  /** @param {Model} model @param {Act} act */
  constructor(model, act) {
    this.model = model;
    this.act = act;
    /** @type {Lost|null} a verb whose reply never came */
    this.lost = null;
    /** @type {Message|null} why the page was not given its document */
    this.refusal = null;
    this.passesAt = Infinity;
    this.steps = new Overseen(model);
  }

  /** @param {Message} message */
  show(message) {
    this.passesAt = message.passing ? performance.now() + PASSING_MS : Infinity;
    this.act.tell(message);
  }

  tick() {
    if (performance.now() < this.passesAt) return;
    this.passesAt = Infinity;
    this.act.tell(this.steps.message);
  }

  /** A supervisor acted at this counter: say who, what and why. @param {Desk} desk */
  overseen(desk) {
    const message = this.steps.heard(desk);
    if (!message) return;
    this.show(message);
    if (this.steps.lacksReason(desk)) this.act.look().then((own) => own && this.overseen(own));
  }

  /**
   * @param {Verb} verb @param {string} number @param {Desk} before @param {Desk} after @param {Record<string, string>}
   *   more
   */
  done(verb, number, before, after, more) {
    const { site } = this.model;
    this.steps.goOn(before);
    if (this.steps.since(before)) return; // a supervisor was quicker: that matters more than what was done after it
    const called = verb === "call" || verb === "call-next" ? after.ticket?.number : "";
    const name = called || number || after.ticket?.number || ""; // not as it was typed, nor whom calling finished
    const ended = endsService(verb, before);
    if (verb === "call-next" && !after.ticket && !ended) {
      return this.show({ tone: "info", text: say("did_call_nobody"), passing: true });
    }
    const spent = before.since ? (serverNow().getTime() - Date.parse(before.since)) / 1000 : 0;
    const did = verb === "undo" && !before.ticket ? "undo-transfer" : ended && !after.ticket ? "finish" : verb;
    const text = didText(did, name, serverNow(), site.timezone,
      { minutes: minutesOf(spent), ...more });
    this.show({ tone: "good", text, strong: name,
      aside: did === "finish" ? promise(spent, before.ticket?.target_s || null) : "" });
  }

  /** A visitor who waits was moved by number. @param {string} number @param {string} service */
  moved(number, service) {
    this.show({ tone: "good", text: say("did_transfer", { number, service }), strong: number });
    this.refresh();
  }

  /** A key that cannot act: says so, and which can. @param {Verb} verb */
  notNow(verb) {
    const { desk } = this.model;
    const state = standing(desk);
    if (!this.model.account.works) return;
    if (desk.open && !this.model.mine()) {
      const officer = desk.officer || "";
      return this.show({ tone: "warn", text: say("opened_by", { officer }), strong: officer, passing: true });
    }
    // what stands there matters more
    if (this.lost || (this.model.message?.tone === "bad" && this.passesAt === Infinity)) return;
    const nobody = state === "idle" && !desk.upcoming.length;
    const key = nobody ? "not_now_nobody" : verb === "undo" && state === "called" ? "not_now_undo" : `not_now_${state}`;
    const number = desk.ticket?.number || "";
    this.show({ tone: "warn", text: say(key, { number }), strong: number, passing: true });
  }

  /** Nobody can come any more today: the counter opens at the second press. */
  shut() {
    this.show({ tone: "warn", text: `${say(`shut_${this.model.desk.shut}`)} ${say("shut_open_anyway")}`,
      passing: true });
  }

  /** Nobody was set aside whom D could choose. */
  noneAside() {
    if (this.model.mine()) this.show({ tone: "info", text: say("not_now_aside"), passing: true });
    else this.notNow("call");
  }

  /** Nobody is held whom K could call. */
  noneHeld() {
    if (this.model.mine() && !this.model.desk.ticket) {
      this.show({ tone: "warn", text: say("not_now_held"), passing: true });
    }
    else this.notNow("call");
  }

  /**
   * @param {Verb} verb @param {string} number @param {ApiError} error @param {Desk} before  the desk when the key was
   *   pressed
   * @param {string} key  under which the server recorded it, if it did
   * @returns {string}  what went wrong
   */
  trouble(verb, number, error, before, key) {
    const message = this.wording(verb, number, error);
    this.show((error.code !== "offline" && this.steps.since(before) && this.steps.message) || message);
    if (error.code !== "offline") {
      this.refresh();
      return message.text;
    }
    this.lost = { verb, number, key, at: performance.now() };
    this.act.contact(this.model.offlineSince || serverNow());
    setTimeout(() => this.refresh(), LOOK_AGAIN_MS);
    return message.text;
  }

  /** The server no longer hands this page its document. @param {ApiError} error */
  refused(error) {
    this.refusal = this.wording("open", "", error);
    this.show(this.refusal);
  }

  /** The document came after all: signed in again elsewhere, or the server's trouble is over. */
  admitted() {
    if (this.refusal && this.model.message === this.refusal) this.act.tell(this.steps.message);
    this.refusal = null;
  }

  /** @param {Verb} verb @param {string} number @param {ApiError} error @returns {Message} */
  wording(verb, number, error) {
    const { site, counter } = this.model;
    if (error.code === "offline") {
      const action = actionName(verb, number);
      return { tone: "bad", text: say("lost_verb", { action }), strong: action };
    }
    if (error.status === 401) {
      const href = `/login?next=/${site.id}/counters/${counter.id}&lang=${lang()}`;
      return { tone: "bad", text: say("session_over"), link: { href, text: say("sign_in_again") } };
    }
    const details = error.details || {};
    const elsewhere = error.code === "officer_busy" && details.counter
      ? { href: `/${details.site}/counters/${details.counter}?lang=${lang()}`,
        text: say("go_to_counter", { counter: details.counter }) } : undefined;
    return { tone: "warn", text: error.message, link: elsewhere };
  }

  /** A refusal means that this page and the server see different things, a lost reply that we do not know: ask. */
  async refresh() {
    const { lost } = this;
    const desk = await this.act.look(lost ? lost.key : "");
    if (desk) {
      this.act.offer(desk);
      if (!lost || lost !== this.lost) return;
      if (desk.recorded || performance.now() - lost.at > UNDER_WAY_MS) this.settle(lost, Boolean(desk.recorded));
      else setTimeout(() => this.refresh(), LOOK_AGAIN_MS); // it may still be under way
    } else if (this.lost) {
      setTimeout(() => this.refresh(), LOOK_AGAIN_MS);
    }
  }

  /**
   * Only the server knows whether the verb was carried out: what the desk looks like proves nothing, for others act
   * too.
   * @param {Lost} lost @param {boolean} recorded
   */
  settle({ verb, number }, recorded) {
    this.lost = null;
    const action = actionName(verb, number || this.model.desk.ticket?.number || "");
    this.show({ tone: recorded ? "info" : "warn",
      text: say(recorded ? "lost_done_after_all" : "lost_not_done", { action }), strong: action });
  }
}

/** @param {number} spent  seconds @param {number|null} target */
function promise(spent, target) {
  if (!target) return "";
  return say(spent <= target ? "within_promise_of" : "beyond_promise_of", { n: Math.round(target / 60) });
}
