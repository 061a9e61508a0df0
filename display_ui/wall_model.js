/** What a wall shows, worked out from what it knows: pure functions, no DOM. @module */

/**
 * @typedef {import("../static/js/documents.js").Board} Board
 * @typedef {import("../static/js/documents.js").Call} Call
 * @typedef {import("./directory.js").Directory} Directory
 */

/**
 * The newest call of each number, newest first: the board's, and live calls the board does not know yet.
 * @param {Board|null} board
 * @param {Call[]} fresh  calls heard since
 * @returns {Call[]}
 */
export function latestCalls(board, fresh) {
  const newer = fresh.filter((call) => !board || (call.epoch === board.epoch && call.revision > board.revision));
  const all = [...newer, ...(board ? board.recent : [])].sort((a, b) => b.revision - a.revision);
  const seen = new Set();
  return all.filter((call) => !seen.has(call.number) && seen.add(call.number));
}

/**
 * Whether a call still stands. One that was taken back has left `recent` although older calls of its zone are there;
 * one pushed out of the list by newer calls has not been taken back.
 * @param {Call} call
 * @param {Board|null} board
 * @param {Directory} directory
 */
export function standing(call, board, directory) {
  if (!board || board.epoch !== call.epoch || board.revision < call.revision) {
    return !board || board.epoch === call.epoch;
  }
  const zone = directory.zoneOf(call.counter);
  const there = board.recent.filter((one) => directory.zoneOf(one.counter) === zone);
  if (there.some((one) => one.number === call.number && one.revision >= call.revision)) return true;
  const full = there.length >= directory.site.wall.recent_per_zone
    && there.every((one) => one.revision > call.revision);
  return full;
}

/**
 * Whether a call fetched after a cut still belongs into the band: young, or its visitor is still expected.
 * @param {Call} call
 * @param {Board|null} board
 * @param {number} now  ms since 1970
 */
export function worthShowing(call, board, now) {
  return Date.parse(call.expires_at) >= now || expected(call, board);
}

/** Whether the call's visitor is still expected at the counter. @param {Call} call @param {Board|null} board */
export function expected(call, board) {
  const counter = board && board.counters.find((one) => one.id === call.counter);
  return Boolean(counter && counter.state === "called" && counter.number === call.number);
}

/**
 * The lists under the band. One list per zone; a single zone, or too little width, gives one list that runs through
 * all columns.
 * @param {Call[]} calls  newest first
 * @param {(string|null)[]} zones  one entry per list; [null]: all calls together
 * @param {{columns: number, rows: number}} plan
 * @param {Directory} directory
 * @returns {{zone: string|null, calls: Call[]}[]}  one per column
 */
export function columnsOf(calls, zones, plan, directory) {
  if (zones.length > 1) {
    return zones.map((zone) => ({
      zone, calls: calls.filter((call) => directory.zoneOf(call.counter) === zone).slice(0, plan.rows),
    }));
  }
  return Array.from({ length: plan.columns }, (_, n) => ({
    zone: zones[0], calls: calls.slice(n * plan.rows, (n + 1) * plan.rows),
  }));
}

/**
 * Nobody can take a number, nobody waits and nobody is at a counter.
 * @param {Board} board
 */
export function isClosed(board) {
  const busy = board.counters.some((one) => one.state === "called" || one.state === "serving");
  return !busy && board.services.every((one) => !one.open && one.waiting === 0);
}
