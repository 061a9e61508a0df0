/** From which kecamatan the holder comes: asked of some, while they wait, and tied to nobody. @module */

import { OTHER, tellOrigin } from "../../static/js/origins.js";
import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";

/**
 * @typedef {import("../../static/js/documents.js").Site} Site
 * @typedef {{stage: "few"|"all"|"over", said: string}} OriginStage
 */

const LIKELY = 6;

export class Origin {
  /**
   * @param {string} token
   * @param {boolean} asks  as the page was told: whoever has answered is asked no more
   * @param {() => void} draw
   */
  constructor(token, asks, draw) {
    this.token = token;
    this.draw = draw;
    /** @type {OriginStage} */
    this.now = { stage: asks && !isOver(token) ? "few" : "over", said: "" };
  }

  /** What stands on the page; null: nothing. @param {Site} site */
  part(site) {
    const { stage, said } = this.now;
    if (said) return h("p", { class: "origin origin-said", role: "status" }, say(said));
    if (stage === "over" || !site.origins.length) return null;
    const names = stage === "all" ? site.origins : site.origins.slice(0, LIKELY);
    const key = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
      h("button", { class: "button", type: "button", onclick }, text);
    return h("section", { class: "origin", "aria-labelledby": "origin-title" },
      h("h2", { id: "origin-title" }, say("origin_title")), h("p", {}, say("origin_why")),
      h("div", { class: "origin-names" },
        names.map(({ id, name }) => key(name, () => this.tell(id))),
        names.length < site.origins.length ? key(say("origin_more"), () => this.become("all"))
          : key(say("origin_other"), () => this.tell(OTHER)),
        key(say("origin_skip"), () => this.become("over"))));
  }

  /** @param {OriginStage["stage"]} stage @param {string} [said] */
  become(stage, said = "") {
    this.now = { stage, said };
    if (stage === "over") remember(this.token);
    this.draw();
  }

  /** @param {string} origin */
  async tell(origin) {
    this.become("over", await tellOrigin(this.token, origin));
  }
}

/** @param {string} token */
function isOver(token) {
  try {
    return window.sessionStorage.getItem("origin") === token;
  } catch (_) {
    return false; // a browser that keeps nothing: it is asked again
  }
}

/** In this tab alone, and gone with it. @param {string} token */
function remember(token) {
  try {
    window.sessionStorage.setItem("origin", token);
  } catch (_) {
    // as above
  }
}
