/** The choice of languages in the head of a visitor's page. @module */

import { byId, h } from "./dom.js";
import { say, setLang } from "./texts.js";

/**
 * Fill the list of languages; what is chosen is spoken from then on.
 * @param {{langs: string[], lang: string}} data
 * @param {(language: string) => void} chosen
 */
export function offerLanguages(data, chosen) {
  const select = /** @type {HTMLSelectElement} */ (byId("language"));
  select.replaceChildren(...data.langs.map((language) =>
    h("option", { value: language, lang: language, selected: language === data.lang }, say(`language_${language}`))));
  select.addEventListener("change", () => {
    setLang(select.value);
    chosen(select.value);
  });
}
