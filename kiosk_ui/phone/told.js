/** What the hall and the ticket's agency tell its holder: urgent notices above all, others below the number. @module */

import { h } from "../../static/js/dom.js";
import { noticesAt, wordsOf } from "../../static/js/notice.js";
import { say } from "../../static/js/texts.js";

/**
 * Both the ticket and its queue bring them; the newer one is right.
 * @param {import("../../static/js/documents.js").Ticket} ticket
 * @param {import("../../static/js/documents.js").Queue|null} queue
 * @param {import("../../static/js/documents.js").Site} site
 * @param {Date} now  by the server's clock
 */
export function toldOn(ticket, queue, site, now) {
  const newer = queue && queue.epoch === ticket.epoch && queue.revision > ticket.revision ? queue : ticket;
  const lines = (/** @type {boolean} */ urgent) => noticesAt(newer, "phone", now)
    .filter((one) => one.urgent === urgent)
    .map((one) => h("p", { class: urgent ? "told is-urgent" : "told", role: urgent ? "alert" : null },
      urgent ? h("b", {}, `${say("notice_urgent")}: `) : null, h("bdi", {}, wordsOf(one, site))));
  const others = lines(false);
  return { urgent: lines(true),
    others: others.length ? h("section", { class: "tellings", "aria-label": say("notices_title") }, others) : null };
}
