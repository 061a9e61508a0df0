/** What the hall will be asked about: services, never a counter or whoever sits there. @module */

import { byId, h } from "../../static/js/dom.js";
import { minutesOf } from "../../static/js/format.js";
import { icon } from "../../static/js/icons.js";
import { say, sayCount, sayWords } from "../../static/js/texts.js";
import { replace } from "./figures.js";

const ICON = { over_target: "clock", nobody_open: "users", quota: "ticket" };

/** @typedef {import("../../static/js/documents.js").Overview} Overview */

/** @param {Overview} overview @param {Date} now */
export function drawTopics({ topics }, now) {
  const list = byId("topics");
  const rows = topics.map((one) => row(one, now));
  const left = Number(list.dataset.out || 0);
  const size = `${list.clientWidth} ${list.clientHeight} ${rows.length}`;
  if (replace(list, rows.slice(0, rows.length - left)) || list.dataset.size !== size) fit(list, rows, size);
  const out = Number(list.dataset.out);
  byId("more-topics").hidden = !out;
  byId("more-topics").textContent = out ? say("more_topics", { n: out }) : "";
  byId("no-topics").hidden = topics.length > 0;
}

/** As many as there is room for; the gravest come first. @param {HTMLElement} list @param {HTMLElement[]} rows */
function fit(list, rows, /** @type {string} */ size) {
  list.replaceChildren(...rows);
  while (list.children.length > 1 && list.scrollHeight > list.clientHeight + 1) list.lastElementChild?.remove();
  list.dataset.out = String(rows.length - list.children.length);
  list.dataset.size = size;
}

/** @param {Overview["topics"][0]} topic @param {Date} now */
function row({ id, kind, name, since, count, quota, class: class_ }, now) {
  const values = {
    service: sayWords(name), n: count, people: sayCount("people", count),
    time: since ? minutesOf((now.getTime() - Date.parse(since)) / 1000) : "",
    class: say(class_ ? `class_${class_}` : "class_all"), quota: quota || 0, used: (quota || 0) - count,
  };
  const title = kind === "quota" && !count ? "topic_quota_full" : `topic_${kind}`;
  return h("li", { class: "now-topic", "data-kind": kind, "data-topic": id }, icon(ICON[kind]),
    h("p", {}, h("b", {}, say(title, values)), h("span", {}, say(`topic_${kind}_detail`, values))));
}
