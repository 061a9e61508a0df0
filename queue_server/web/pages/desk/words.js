/** How the officer's page words things: pure, from documents to text. @module */

import { clock } from "../../static/js/format.js";
import { hasText, say, sayWords } from "../../static/js/texts.js";

/** @typedef {import("./types.js").Site} Site */
/** @typedef {import("../../static/js/documents.js").Words} Words */

/**
 * An outcome's code in words: the name of the missing paper that the hall declares (`kurang-<id>`), else the text of
 * `outcome_<code>`, else the code made readable.
 * @param {string|null} code
 * @param {{papers: {id: string, name: Words}[]}|undefined} [service]
 */
export function outcomeName(code, service) {
  if (!code) return say("outcome_none");
  const paper = service && service.papers.find(({ id }) => code === `kurang-${id}`);
  if (paper) return say("outcome_paper", { paper: sayWords(paper.name) });
  const plain = code.replace(/-/g, " ");
  return hasText(`outcome_${code}`) ? say(`outcome_${code}`) : plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** @param {Site} site @param {string} id */
export function serviceName(site, id) {
  const found = site.services.find((service) => service.id === id) || site.former.find((service) => service.id === id);
  return found ? sayWords(found.name) : id;
}

/**
 * One line about what was just done.
 * @param {import("./types.js").Verb|"undo-transfer"} verb
 * @param {string} number
 * @param {Date} now
 * @param {string} tz
 * @param {Record<string, string>} [more]
 */
export function didText(verb, number, now, tz, more = {}) {
  const key = verb === "call-next" ? "did_call" : `did_${verb.replace("-", "_")}`;
  return say(key, { number, time: clock(now, tz), ...more });
}

/** "Selesai K014". @param {import("./types.js").Verb} verb @param {string} number */
export function actionName(verb, number) {
  return say("action_on", { verb: say(`verb_${verb.replace("-", "_")}`), number }).trim();
}
