/** What the display above one counter says: pure, from the board. @module */

import { interruptionOf } from "../static/js/interruptions.js";
import { isClosed } from "./wall_model.js";

/**
 * @typedef {import("../static/js/documents.js").Board} Board
 * @typedef {import("../static/js/documents.js").Call} Call
 * @typedef {import("./directory.js").Directory} Directory
 *
 * @typedef {object} CounterView
 * @property {import("../static/js/documents.js").Standing} state
 * @property {string} number  empty unless someone is called or served
 * @property {string} service  id of the service the number is here for; empty if nobody knows
 * @property {number} call  revision of the call shown, 0 if none: a higher one is a new call
 * @property {import("../static/js/documents.js").Interruption|undefined} trouble  because of which it cannot work
 * @property {string|null} until  of a break: when the officer means to be back
 * @property {string[]} instead  names of counters that call from one of the same services, while this one does not
 */

/**
 * @param {Board} board
 * @param {string} counter
 * @param {Directory} directory
 * @returns {CounterView}
 */
export function counterView(board, counter, directory) {
  const here = board.counters.find((one) => one.id === counter);
  if (!here) {
    return { state: "closed", number: "", service: "", call: 0, trouble: undefined, until: null, instead: [] };
  }
  const number = here.number || "";
  const call = board.recent.find((one) => one.number === number && one.counter === counter);
  return {
    state: here.state === "idle" && isClosed(board) ? "closed" : here.state, // what the wall says is true here too
    number,
    service: call ? call.service : "",
    call: call ? call.revision : 0,
    trouble: interruptionOf(board, here.interruption),
    until: here.until,
    instead: ["closed", "break"].includes(here.state) || here.interruption
      ? openInstead(board, counter, directory) : [],
  };
}

/**
 * Where to go while a counter does not call. @param {Board} board @param {string} counter @param {Directory} directory
 */
export function openInstead(board, counter, directory) {
  const own = directory.counters.get(counter);
  const open = new Set(board.counters.filter((one) => one.open && one.state !== "break").map((one) => one.id));
  return directory.site.counters
    .filter((one) => own && one.id !== counter && open.has(one.id)
      && one.services.some((service) => own.services.includes(service)))
    .map((one) => one.name);
}
