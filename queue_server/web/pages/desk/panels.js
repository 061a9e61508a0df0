/** What can be done with a number: the panels behind keys and rows. @module */

import { counterName } from "../../static/js/counters.js";
import { h } from "../../static/js/dom.js";
import { clock, minutesOf } from "../../static/js/format.js";
import { reasonFields, reasonOf } from "../../static/js/reasons.js";
import { say, sayCount } from "../../static/js/texts.js";
import { openBreak } from "./break.js";
import { openHelp, openMenu } from "./help.js";
import { openIssue } from "./issue.js";
import { openMove, openReclass, reclassRefused } from "../../static/js/moving.js";
import { closePanel, field, openPanel } from "../../static/js/panel.js";
import { backUntil, missingNames, openPapers, papersOf, printList } from "./papers.js";
import { peopleLeft } from "./rules.js";
import { openTransfer } from "./transfer.js";
import { openWalkIn } from "./walk_in.js";
import { serviceName } from "./words.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Act} Act
 * @typedef {import("./types.js").Verb} Verb
 * @typedef {import("./types.js").DeskTicket} DeskTicket
 * @typedef {import("../../static/js/documents.js").ReasonCode} ReasonCode
 */

/** @typedef {{number: string, can?: Verb[]}} Row  a number in the lists, and what can be done with it */

/** @type {Partial<Record<Verb, (panels: Panels, number: string) => void>>} the verbs that ask for something first */
const ASKS = {
  transfer: (panels) => openTransfer(panels.model, panels.act),
  move: (panels) => panels.move(),
  call: (panels) => panels.call(""),
  cancel: (panels, number) => panels.cancel(number),
  reclass: (panels, number) => panels.reclass(number),
  break: (panels) => openBreak(panels.model, panels.act),
  "walk-in": (panels) => openWalkIn(panels.model, panels.act),
};
/**
 * Ways on for a number in the lists: verb, text, act.
 * @type {[Verb, string, (panels: Panels, number: string, reason: ReasonCode|"") => void][]}
 */
const WAYS = [
  ["call", "call_now", (panels, number, reason) => panels.call(number, reason)],
  ["return", "verb_return", (panels, number) => panels.giveBack(number)],
  ["cancel", "verb_cancel", (panels, number) => panels.cancel(number)],
  ["reclass", "verb_reclass", (panels, number) => panels.reclass(number)],
];
/**
 * @type {[Verb, string, string, string, string?][]} the buttons below the card: verb, icon, text, letter, what help
 *   says
 * of that
 */
export const SHORTCUTS = [
  ["return", "undo-2", "verb_return", ""],
  ["cancel", "x", "verb_cancel", "X", "verb_cancel"],
  ["call", "", "call_a_number", "P", "help_number"],
  ["reclass", "", "verb_reclass", "G", "verb_reclass"],
  ["walk-in", "", "verb_walk_in", "W", "help_walk_in"],
  ["break", "", "verb_break", "I", "help_break"],
  ["take-over", "", "verb_take_over", "A", "help_take_over"],
];

/** @type {Record<"call"|"cancel"|"close"|"takeOver"|"oversee", ReasonCode[]>} the reasons that stand ready */
const REASONS = {
  call: ["back", "complete", "helped"],
  cancel: ["left", "two_numbers", "wrong_number"],
  close: ["shift_ended", "called_away", "trouble"],
  takeOver: ["shift_change", "officer_gone", "colleague_asked"],
  oversee: ["officer_gone", "left"],
};

/** @param {ReasonCode[]} ready @param {ReasonCode|""} [chosen] */
function why(ready, chosen) {
  return reasonFields(ready, { label: say("reason"), hint: say("reason_hint"), chosen });
}

export class Panels {
  /** @param {Model} model @param {Act} act */
  constructor(model, act) {
    this.model = model;
    this.act = act;
  }

  /**
   * Whether the verb asks for something first: then its panel stands open.
   * @param {Verb} verb
   * @param {string} number  at the counter
   */
  asks(verb, number) {
    const ask = ASKS[verb];
    if (ask) ask(this, number);
    return Boolean(ask);
  }

  /** With nobody at the counter, T moves somebody who waits for the wrong service. */
  move() {
    openMove(this.model.site, (number, service) => this.act.moved(number, serviceName(this.model.site, service)));
  }

  issue() {
    openIssue(this.model, this.act);
  }

  /** The papers that the visitor at the counter lacks. */
  papers() {
    const { desk } = this.model;
    if (!this.model.mine() || !this.model.can("hold")) return this.act.notNow("hold");
    if (papersOf(this.model, desk.ticket?.service).length) return openPapers(this.model, this.act);
    return this.act.tell({ tone: "info", text: say("papers_none_listed"), passing: true });
  }

  help() {
    openHelp(SHORTCUTS.flatMap(([, , , letter, text]) => (text ? [[letter, text]] : [])));
  }

  menu() {
    openMenu(this.model, this.act);
  }

  /**
   * Calls one number out of turn.
   * @param {string} number
   * @param {ReasonCode|""} [reason]  that fits best
   */
  call(number, reason = "") {
    openPanel({
      title: say("panel_call"), lead: say("panel_call_lead"),
      body: [field({ name: "number", label: say("number"), value: number, focus: !number, size: 16 }),
        why(REASONS.call, reason)],
      submit: { label: say("verb_call"), run: (data) => this.runCall(data) },
    });
  }

  /** @param {FormData} data */
  async runCall(data) {
    const number = String(data.get("number") || "").trim().toUpperCase();
    if (!number) return say("number_missing");
    const reason = reasonOf(data);
    return reason ? this.run("call", { number, ...reason }, number) : say("reason_missing");
  }

  /** @param {string} number  the called one, or one that waits or is held */
  cancel(number) {
    const own = this.model.desk.ticket?.number === number;
    openPanel({
      title: say("panel_cancel", { number }), lead: say("panel_cancel_lead"),
      body: [why(REASONS.cancel, "left")],
      submit: {
        label: say("verb_cancel"),
        run: async (data) => {
          const reason = reasonOf(data);
          return reason ? this.run("cancel", { ...(own ? {} : { number }), ...reason }, number) : say("reason_missing");
        },
      },
    });
  }

  /** Another class for the number at the counter, or for one that waits or is held. @param {string} number */
  reclass(number) {
    const { desk, site } = this.model;
    const one = [desk.ticket, ...desk.upcoming, ...desk.held].find((each) => each?.number === number);
    const service = site.services.find(({ id }) => id === one?.service);
    const own = desk.ticket?.number === number;
    openReclass({
      number, classes: service ? service.classes : [], now: one?.class || "",
      run: async (body) => {
        const words = { class: say(`class_${body.class}`) };
        const trouble = await this.run("reclass", { ...body, ...(own ? {} : { number }) }, number, words);
        return trouble && this.model.refusal ? reclassRefused(this.model.refusal) : trouble;
      },
    });
  }

  /** Asked once: people wait, and may wait for this counter alone. Within hours the officer says why. */
  close(asked = this.model.desk.close_reason) {
    const { desk, counter } = this.model;
    openPanel({
      title: say("panel_close", { counter: counterName(counter) }),
      lead: say("panel_close_lead", { people: sayCount("people", peopleLeft(desk)) }),
      body: asked ? [why(REASONS.close, "shift_ended")] : [], back: say("panel_close_back"),
      submit: {
        label: say("verb_close"),
        run: async (data) => {
          const reason = asked ? reasonOf(data) : {};
          if (!reason) return say("reason_missing");
          const trouble = await this.run("close", reason, "");
          const hoursHaveBegun = !asked && trouble && this.model.refusal?.code === "reason_missing";
          if (hoursHaveBegun) this.close(true);
          return trouble;
        },
      },
    });
  }

  /** A supervisor at another officer's counter says why. @param {Verb} verb */
  oversee(verb) {
    // as they stand when the panel opens: whose counter is meant
    const { ticket, officer_id: officer } = this.model.desk;
    const number = (verb !== "close" && ticket?.number) || "";
    openPanel({
      title: say("panel_reason", { verb: say(`verb_${verb.replace("-", "_")}`) }), lead: say("panel_reason_lead"),
      body: [why(REASONS.oversee)],
      submit: {
        label: say(`verb_${verb.replace("-", "_")}`),
        run: async (data) => {
          const reason = reasonOf(data);
          return reason ? this.run(verb, { ...reason, ...(verb === "close" ? { officer } : {}) }, number)
            : say("reason_missing");
        },
      },
    });
  }

  /** A colleague's counter, with whoever is there; on a break no reason is asked. */
  takeOver() {
    const { desk, counter, site } = this.model;
    const { ticket, break: rest, officer } = desk;
    const number = ticket?.number || "";
    const until = rest?.until ? say("opened_by_rests_until", { time: clock(rest.until, site.timezone) }) : "";
    openPanel({
      title: say("panel_take_over", { counter: counterName(counter) }),
      lead: [say("opened_by", { officer: officer || "" }), until,
        number ? say("panel_take_over_with", { number }) : ""].filter(Boolean).join(" "),
      body: rest ? [] : [why(REASONS.takeOver)],
      submit: {
        label: say("verb_take_over"),
        run: async (data) => {
          const reason = rest ? {} : reasonOf(data);
          return reason ? this.run("take-over", reason, "") : say("reason_missing");
        },
      },
    });
  }

  /** @param {import("./types.js").Upcoming} one */
  waiting(one) {
    this.choose(one, say("panel_ticket_lead_waiting", { minutes: minutesOf(one.waited_s + this.model.age()) }), "");
  }

  /** @param {import("./types.js").HeldTicket} one */
  held(one) {
    const time = clock(one.held_at || one.since, this.model.site.timezone);
    const lead = say("panel_ticket_lead_held", { time });
    const lacks = one.missing?.length ? `. ${say("papers_missing", { papers: missingNames(one) })}. ` : "";
    this.choose(one, `${lead}${lacks}${lacks && backUntil(this.model, one)}`, "complete",
      lacks ? [[say("papers_print_list"), () => this.printPapers(one.number)]] : []);
  }

  /** @param {string} number */
  printPapers(number) {
    closePanel();
    printList(this.model, this.act, number);
  }

  /** @param {DeskTicket} one */
  missed(one) {
    const time = one.return_until ? clock(one.return_until, this.model.site.timezone) : "";
    this.choose(one, say("panel_ticket_lead_missed", { time }), "back");
  }

  /**
   * @param {Row} row @param {string} lead @param {ReasonCode|""} reason  that fits best
   * @param {[string, () => void][]} [more]  what else can be done with it
   */
  choose({ number, can = [] }, lead, reason, more = []) {
    const ways = WAYS.filter(([verb]) => can.includes(verb))
      .map(([, text, act]) => /** @type {[string, () => void]} */ ([say(text), () => act(this, number, reason)]));
    const buttons = [...ways, ...more].map(([text, act], n) =>
      h("button", { class: "button way", type: "button", "data-digit": n + 1, onclick: act },
        h("span", { class: "keycap" }, n + 1), text));
    openPanel({ title: number, lead, body: buttons });
  }

  /** Back into the queue with the arrival kept. @param {string} number */
  async giveBack(number) {
    closePanel();
    await this.act.carryOut("return", { number }, number);
  }

  /**
   * Carries a verb out; closes the panel if it was done.
   * @param {Verb} verb @param {object} body @param {string} number @param {Record<string, string>} [more]
   */
  async run(verb, body, number, more = {}) {
    const trouble = await this.act.carryOut(verb, body, number, more);
    if (!trouble) closePanel();
    return trouble;
  }
}
