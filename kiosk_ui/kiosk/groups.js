/** An agency of very many services: first which part of the alphabet, as in a dictionary, then the service. @module */

import { say } from "../../static/js/texts.js";
import { h } from "../../static/js/dom.js";
import { lengthOf, wordEms } from "../../static/js/lettering.js";
import { button, paragraph } from "./parts.js";
import { nameOf } from "./words.js";

/** @typedef {import("../../static/js/documents.js").SiteService} Service */

const MANY = 16; // services up to these stand on a few pages; more are looked for by their names
const GROUP = 9; // services of a group, or more where that made too many groups
const GROUPS = 12;

/**
 * The services by name, in groups of about the same size; one group where they are not many.
 * @param {Service[]} services
 * @param {string} language
 * @returns {Service[][]}
 */
export function groupsOf(services, language) {
  if (services.length <= MANY) return [services];
  const sorted = [...services].sort(
    (one, other) => nameOf(one).localeCompare(nameOf(other), language) || (one.id < other.id ? -1 : 1));
  const count = Math.min(GROUPS, Math.ceil(sorted.length / GROUP));
  return Array.from({ length: count }, (_, n) => sorted.slice(edge(n), edge(n + 1)));

  /** @param {number} n */
  function edge(n) {
    return Math.round((n * sorted.length) / count);
  }
}

/**
 * The key of one group: from which name to which, and how many.
 * @param {Service[]} group
 * @param {number} n
 * @param {() => void} onclick
 */
export function groupKey(group, n, onclick) {
  const [first, last] = [group[0], group[group.length - 1]].map(nameOf);
  return button(`group-${n}`, "choice group", onclick,
    h("span", { class: "choice-text" },
      h("b", { class: `choice-name${lengthOf(first)}`, "--ems": String(wordEms(first)) }, first),
      paragraph(say("group_until", { name: last }), "choice-line group-last"),
      paragraph(say("group_count", { n: group.length }), "choice-line")));
}
