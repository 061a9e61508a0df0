/** Texts in the languages of the page: `config/text/*.toml`, sent along by the server. @module */

/** @type {Record<string, Record<string, string>>} */
let all = {};
let current = "id";

/**
 * @param {Record<string, Record<string, string>>} texts  language -> key -> text
 * @param {string} language  the language to speak first
 */
export function useTexts(texts, language) {
  all = texts;
  setLang(language);
}

/** @param {string} language  an unknown one leaves the language as it is */
export function setLang(language) {
  if (all[language]) current = language;
  document.documentElement.lang = current;
}

/** The language spoken now. */
export function lang() {
  return current;
}

/** Whether the page has a text of this name. @param {string} key */
export function hasText(key) {
  return Boolean((all[current] || {})[key] || (all.id || {})[key]);
}

/**
 * The text of a key in the present language, else in Indonesian, else the key itself (so that a gap is seen and
 * reported, not silent). `{name}` is replaced by `values.name`.
 * @param {string} key
 * @param {Record<string, string|number>} [values]
 */
export function say(key, values = {}) {
  const text = (all[current] || {})[key] || (all.id || {})[key] || key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * A text with a count in it: `key_one` for exactly one where the language has it, else `key`; the count is `{n}`.
 * @param {string} key
 * @param {number} n
 */
export function sayCount(key, n) {
  const one = (all[current] || {})[`${key}_one`];
  return say(n === 1 && one ? `${key}_one` : key, { n });
}

/**
 * The present language's text of a name that a site file gives in several languages.
 * @param {import("./documents.js").Words|null|undefined} words
 */
export function sayWords(words) {
  return words ? words[current] || words.id || "" : "";
}
