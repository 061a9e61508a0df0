/** The nine questions: on the visitor's phone, at a tablet of the hall, read out at the front desk. @module */

import { post } from "../static/js/api.js";
import { byId, h } from "../static/js/dom.js";
import { enrolFromHash } from "../static/js/enrol.js";
import { warmIcons } from "../static/js/icons.js";
import { offerLanguages } from "../static/js/language_choice.js";
import { pageData } from "../static/js/page.js";
import { lang, say, setLang, useTexts } from "../static/js/texts.js";
import { hush, onVoices } from "./survey/aloud.js";
import { about, fault, key, question, title, who } from "./survey/parts.js";

/**
 * @typedef {import("../static/js/documents.js").SurveyPage} Data
 * @typedef {import("../static/js/api.js").ApiError} ApiError
 */

const IDLE_MS = 60000; // a tablet goes back to its start, so that nobody answers on for somebody else
const THANKS_MS = 12000;

class Survey {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    this.at = data.way === "phone" ? "start" : "who";
    this.trouble = "";
    this.idle = 0;
    this.ticket = data.ticket;
    /** @type {{number: string, word: string}|null} */
    this.holder = null;
    /** @type {Record<string, number|null>} */
    this.answers = {};
    /** @type {Record<string, string>} */
    this.profile = {};
    this.comment = "";
    this.n = 0;
    useTexts(data.texts, data.lang);
    warmIcons(["arrow-left"]);
    offerLanguages(data, () => this.draw(false));
    onVoices(() => (this.at === "question" ? this.draw(false) : undefined));
    if (data.way === "phone") this.remember();
    else ["pointerdown", "keydown"].forEach((name) => document.addEventListener(name, () => this.wait()));
    this.draw(false);
  }

  /** Nothing is known of anybody. */
  forget() {
    [this.ticket, this.holder, this.answers, this.profile] = [this.data.ticket, null, {}, {}];
    [this.comment, this.n] = ["", 0];
  }

  /** The questions in the page's language, of this visitor's service. */
  get questions() {
    const scale = this.ticket ? this.ticket.cost_scale : "free";
    return this.data.questions[lang()].filter((one) => one.scale === null || one.scale === scale);
  }

  // --- a reload loses nothing on the visitor's own phone ---

  get place() {
    return `survey ${this.data.token || ""}`;
  }

  remember() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.place) || "null");
      if (kept) Object.assign(this, kept);
    } catch (_) {
      // a browser without a store: then a reload begins anew
    }
  }

  keep() {
    if (this.data.way !== "phone") return;
    const { at, n, answers, profile, comment } = this;
    try {
      sessionStorage.setItem(this.place, JSON.stringify({ at, n, answers, profile, comment }));
    } catch (_) {
      // as above
    }
  }

  // --- a tablet belongs to whoever comes next ---

  wait() {
    window.clearTimeout(this.idle);
    const after = this.at === "thanks" ? THANKS_MS : IDLE_MS;
    if (this.at !== "who") this.idle = window.setTimeout(() => this.restart(), after);
  }

  restart() {
    this.forget();
    setLang(this.data.lang);
    /** @type {HTMLSelectElement} */ (byId("language")).value = this.data.lang;
    this.go("who");
  }

  // --- the steps ---

  /** @param {string} at @param {string} [trouble] */
  go(at, trouble = "") {
    this.at = at;
    this.trouble = trouble;
    this.keep();
    this.draw(true);
    if (this.data.way !== "phone") this.wait();
  }

  /** @param {number|null} score  null: skipped */
  answer(score) {
    this.answers[this.questions[this.n].key] = score;
    this.n += 1;
    this.go(this.n < this.questions.length ? "question" : "about");
  }

  back() {
    if (this.n === 0) return this.go("start");
    this.n -= 1;
    return this.go("question");
  }

  /** @param {string} number @param {string} word */
  async find(number, word) {
    try {
      const { body } = await post(`/api/v1/sites/${this.data.hall.id}/survey/ticket`, { number, word });
      this.ticket = body;
      this.holder = { number, word };
      this.go("start");
    } catch (error) {
      this.go("who", this.why(/** @type {ApiError} */ (error)));
    }
  }

  /** @param {ApiError} trouble */
  why({ status, code, details, message }) {
    if (status === 404) return say("who_wrong");
    if (status === 429) return say("who_wait", { n: (details && details.retry_after_s) || 1 });
    if (code === "not_finished") return say("who_unfinished");
    return message;
  }

  /** @param {boolean} whole  with what was said about oneself */
  async send(whole) {
    if (this.at === "sending") return;
    const profile = Object.keys(this.profile).reduce((kept, name) =>
      (this.profile[name] ? { ...kept, [name]: this.profile[name] } : kept), {});
    const more = { profile, ...(this.comment.trim() ? { comment: this.comment } : {}) };
    const said = { answers: this.answers, ...(whole ? more : {}) };
    this.go("sending");
    try {
      if (this.data.way === "phone") await post(`/api/v1/tickets/${this.data.token}/survey`, said);
      else await post(`/api/v1/sites/${this.data.hall.id}/survey`,
        { ...said, ...this.holder, assisted: this.data.way === "assisted" });
      this.answers = {};
      this.profile = {};
      this.comment = "";
      this.go("thanks");
    } catch (error) {
      const { status, code, message } = /** @type {ApiError} */ (error);
      if (code === "already_answered") this.go("already");
      else if (status === 404 && this.data.way === "phone") this.go("ended");
      else this.go("about", status === 422 || status === 403 ? message : say("send_failed"));
    }
  }

  // --- the page ---

  /** @returns {any[]} */
  step() {
    const { data, n, questions } = this;
    const act = {
      choose: (/** @type {number} */ score) => this.answer(score),
      skip: () => this.answer(null),
      back: () => this.back(),
      set: (/** @type {string} */ name, /** @type {string} */ value) => {
        this.profile[name] = value;
        this.keep();
        if (name === "sex") this.draw(false);
      },
      comment: (/** @type {string} */ text) => {
        this.comment = text;
        this.keep();
      },
    };
    if (!data.way) return [title(say("who_title")), h("p", { class: "lead" }, say("not_a_tablet")),
      h("a", { class: "button wide", href: `/login?next=/${data.hall.id}/survey` }, say("sign_in_here"))];
    switch (this.at) {
      case "who": return who(this.trouble, (number, word) => this.find(number, word), data.way === "assisted");
      case "question": {
        const one = questions[n];
        const fee = one.key === "cost" && this.ticket && this.ticket.fee ? this.ticket.fee : null;
        return question({ question: one, n: n + 1, all: questions.length, chosen: this.answers[one.key],
          strict: data.strict, fee: fee ? fee[lang()] || fee.id : "" }, act);
      }
      case "about": return [fault(this.trouble), ...about(data.profile, this.profile, this.comment, act),
        key(say("send"), () => this.send(true), true), key(say("send_plain"), () => this.send(false)),
        key(say("back"), () => this.back())];
      case "sending": return [title(say("sending"))];
      case "thanks": return [title(say("thanks_title")), h("p", { class: "lead" }, say("thanks_text")),
        data.way === "phone"
          ? h("a", { class: "button wide", href: `/${data.hall.id}/ikm?lang=${lang()}` }, say("thanks_results"))
          : key(say("thanks_next"), () => this.restart(), true)];
      case "already":
        return [title(say("already_title")), h("p", { class: "lead" }, say("already_text")), this.onward()];
      case "ended": return [title(say("ended_title")), h("p", { class: "lead" }, say("ended_text"))];
      default: return [title(say("start_title")), h("p", { class: "lead" }, say("start_text")),
        key(say("start_go"), () => this.begin(), true)];
    }
  }

  begin() {
    this.n = 0;
    this.go("question");
  }

  onward() {
    return this.data.way === "phone" ? null : key(say("thanks_next"), () => this.restart(), true);
  }

  /** @param {boolean} moved  to another step: its heading is read out */
  draw(moved) {
    hush();
    document.title = `${say("survey_title")} · ${this.data.hall.name}`;
    byId("language-label").textContent = say("language");
    byId("stage").replaceChildren(...this.step().filter(Boolean));
    if (!moved) return;
    window.scrollTo(0, 0);
    const first = this.at === "who" ? document.getElementById("number") : document.getElementById("step-title");
    if (first) first.focus();
  }
}

enrolFromHash().then((outcome) => (outcome === "enrolled" ? location.reload() : new Survey(pageData())));
