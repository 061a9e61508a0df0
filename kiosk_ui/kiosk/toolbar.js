/** Language and display, for this visitor only: everything goes back for the next one. @module */

import { icon } from "../../static/js/icons.js";
import { lang, say, setLang } from "../../static/js/texts.js";
import { byId, h } from "../../static/js/dom.js";

/** What can be switched on, the icon it shows, and how it marks the page. */
const SWITCHES = [
  { name: "large", text: "large_type", icon: "a-large-small" },
  { name: "contrast", text: "contrast", icon: "contrast" },
  { name: "wheelchair", text: "wheelchair", icon: "accessibility" },
];

export class Toolbar {
  /**
   * @param {string[]} languages  of the site
   * @param {string} home  the language every visit begins in
   * @param {() => void} changed
   */
  constructor(languages, home, changed) {
    this.languages = languages;
    this.home = home;
    this.changed = changed;
    /** @type {Set<string>} */
    this.on = new Set();
    this.apply();
  }

  /** Whether this visitor has changed anything. */
  get touched() {
    return this.on.size > 0 || lang() !== this.home;
  }

  /** @param {string} name */
  has(name) {
    return this.on.has(name);
  }

  /** As every visitor finds it. */
  reset() {
    this.on.clear();
    setLang(this.home);
    this.apply();
  }

  apply() {
    const { dataset } = document.documentElement;
    for (const { name } of SWITCHES) dataset[name] = this.on.has(name) ? "on" : "off";
    dataset.contrast = this.on.has("contrast") ? "high" : "normal";
    this.draw();
  }

  draw() {
    const bar = byId("toolbar");
    const focus = document.activeElement instanceof HTMLElement && document.activeElement.dataset.tool;
    bar.setAttribute("aria-label", say("toolbar"));
    bar.replaceChildren(...this.languageKeys(), ...this.switchKeys());
    if (focus) /** @type {HTMLElement|null} */ (bar.querySelector(`[data-tool="${focus}"]`))?.focus();
  }

  /** The languages not spoken now, each named in itself: one touch for whoever needs it. */
  languageKeys() {
    return this.languages.filter((language) => language !== lang()).map((language) =>
      tool(language, "languages", say(`language_${language}`), {
        lang: language,
        onclick: () => this.change(() => setLang(language)),
      }));
  }

  switchKeys() {
    return SWITCHES.map(({ name, text, icon: picture }) =>
      tool(name, picture, say(text), {
        "aria-pressed": String(this.on.has(name)),
        onclick: () => this.change(() => this.on.delete(name) || this.on.add(name)),
      }));
  }

  /** @param {() => void} act */
  change(act) {
    act();
    this.apply();
    this.changed();
  }
}

/** @param {string} name @param {string} picture @param {string} label @param {Record<string, any>} more */
function tool(name, picture, label, more) {
  return h("button", { class: "button tool", type: "button", "data-tool": name, ...more },
    icon(picture), h("span", { class: "tool-label" }, label));
}
