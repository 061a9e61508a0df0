/**
 * What might be done about a long line, with what it is expected to change; and what came of what was done today.
 * @module
 */

import { post } from "../../static/js/api.js";
import { counterName } from "../../static/js/counters.js";
import { byId, h, sameInside } from "../../static/js/dom.js";
import { clock } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { lang, say, sayWords } from "../../static/js/texts.js";

/**
 * @typedef {import("./types.js").Site} Site
 * @typedef {import("../../static/js/documents.js").Suggestion} Suggestion
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 * @typedef {{site: () => Site, steers: boolean, assign: (counter: string, services: string[]) => void,
 *   refused: (error: ApiError) => void}} Asked
 */

const SHOWN_TAKEN = 3;

/** Draws them; every answer says what is suggested from then on. */
export class Suggestions {
  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked;
    /** @type {Suggestion[]} */
    this.all = [];
  }

  /** @param {Suggestion[]} all */
  draw(all) {
    this.all = all;
    const [open, taken] = [all.filter((one) => !one.taken), all.filter((one) => one.taken).slice(0, SHOWN_TAKEN)];
    const place = byId("suggestions");
    const cards = h("div", {}, ...open.map((one) => this.card(one)), ...taken.map((one) => this.past(one)));
    byId("suggested").hidden = !all.length;
    if (!sameInside(place, cards)) place.replaceChildren(...cards.childNodes);
  }

  /** @param {Suggestion} one */
  card(one) {
    const { before, after } = one.expected;
    return h("article", { class: "suggestion", "data-suggestion": one.id },
      h("h3", { class: "suggestion-what" }, this.words(one)),
      h("dl", { class: "suggestion-bars" }, ...bar("suggest_without", before, 1, ""),
        ...bar("suggest_with", after, before ? after / before : 1, " is-with")),
      h("p", { class: "secondary small" }, say("suggest_means")),
      h("ul", { class: "suggestion-why" }, ...this.why(one).map(([name, text]) => h("li", {}, icon(name), text))),
      h("details", { class: "suggestion-how small" }, h("summary", {}, say("suggest_how")), ...this.how(one)),
      this.asked.steers ? h("p", { class: "suggestion-keys" },
        h("button", { class: "button button-main", type: "button", onclick: () => this.take(one) },
          say(`suggest_take_${one.act}`)),
        h("button", { class: "button", type: "button", onclick: () => this.answer(one, false) }, say("suggest_later")))
        : null);
  }

  /** "Buka Loket 3 selama 60 menit untuk Wawancara paspor". @param {Suggestion} one */
  words(one) {
    const { counters, services } = this.asked.site();
    const [counter] = counters.filter(({ id }) => id === one.counter);
    const [service] = services.filter(({ id }) => id === one.service);
    return say(`suggest_${one.act}`, {
      counter: counter ? counterName(counter) : one.counter,
      service: service ? sayWords(service.name) : one.service,
      n: one.how ? one.how.opened_minutes || 0 : 60,
    });
  }

  /** @param {Suggestion} one @returns {[string, string][]} */
  why({ act, why }) {
    if (!why) return [];
    const { person, back_at: back } = why;
    const { timezone } = this.asked.site();
    /** @type {[string, string][]} */
    const said = [["users", say("suggest_why", { n: why.waiting, open: why.counters_open })]];
    if (act === "open") {
      said.push(person ? ["circle-check", say("suggest_person", { name: person })]
        : ["circle-alert", say("suggest_nobody")]);
    }
    if (act === "resume" && back) {
      said.push(["coffee", say("suggest_rests", { name: person || "", time: clock(back, timezone) })]);
    }
    return said;
  }

  /** @param {Suggestion} one */
  how({ how }) {
    if (!how) return [];
    return [h("p", {}, say("suggest_how_long", { n: how.plays, each: how.minutes_each,
      percent: how.near_percent, within: how.within_percent }))];
  }

  /** What came of one. @param {Suggestion} one */
  past(one) {
    const { taken, expected } = one;
    if (!taken) return null;
    const { happened } = taken;
    const came = happened.minutes === null
      ? say("suggest_so_far", { called: happened.called, of: happened.of })
      : say("suggest_came", { n: happened.minutes });
    return h("article", { class: "suggestion is-taken", "data-suggestion": one.id },
      h("h3", { class: "suggestion-what" }, this.words(one)),
      h("p", { class: "small" }, say("suggest_taken_by",
        { name: taken.by || "", time: clock(taken.at, this.asked.site().timezone) })),
      h("p", {}, say("suggest_expected", { before: expected.before, after: expected.after }), " ",
        h("b", {}, came)),
      happened.done ? null : h("p", { class: "small suggestion-undone" }, say("suggest_not_done")));
  }

  /** The lever itself is one key away. @param {Suggestion} one */
  async take(one) {
    if (!(await this.answer(one, true))) return;
    const now = this.asked.site().counters.find(({ id }) => id === one.counter)?.services || [];
    if (one.services.some((id) => !now.includes(id))) this.asked.assign(one.counter, one.services);
    else location.href = `/${this.asked.site().id}/${one.act === "open" ? "roster" : `counters/${one.counter}`}` +
      `?lang=${lang()}`;
  }

  /** @param {Suggestion} one @param {boolean} taken */
  async answer(one, taken) {
    const path = /** @type {const} */ (`/api/v1/sites/${this.asked.site().id}/suggestions`);
    try {
      const { body } = await post(`${path}/${encodeURIComponent(one.id)}/answer`, { taken });
      this.draw(body);
      return true;
    } catch (trouble) {
      this.asked.refused(/** @type {ApiError} */ (trouble));
      return false;
    }
  }
}

/** @param {string} key @param {number} minutes @param {number} part @param {string} kind */
function bar(key, minutes, part, kind) {
  return [h("dt", {}, say(key)),
    h("dd", {}, h("span", { class: `suggestion-bar${kind}`, "--part": String(Math.min(part, 1)) }),
      h("b", {}, say("suggest_minutes", { n: minutes })))];
}
