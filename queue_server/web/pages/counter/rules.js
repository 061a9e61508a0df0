/**
 * Which keys can act now, as values: pure. The server decides; this only keeps a key that it would refuse from looking
 * ready. Mirrors the contract's table of a ticket's life.
 * @module
 */

/**
 * @typedef {import("./types.js").Desk} Desk
 * @typedef {import("./types.js").Verb} Verb
 * @typedef {import("./types.js").Account} Account
 * @typedef {import("./types.js").Standing} Standing
 */

/** @type {Partial<Record<Verb, string[]>>} the states of the counter's ticket in which a verb can act */
const FROM = {
  recall: ["called"], serve: ["called"], finish: ["serving"], "no-show": ["called"], hold: ["called", "serving"],
  return: ["called"], transfer: ["called", "serving"], cancel: ["called"],
};
const UNDO_S = 15;
const OVERSEEN = ["close", "hold", "return", "no-show"]; // what a supervisor may do at anybody's counter, with a reason

/** What the counter does now. @param {Desk} desk @returns {Standing} */
export function standing(desk) {
  if (!desk.open) return "closed";
  if (!desk.ticket) return "idle";
  return desk.ticket.state === "serving" ? "serving" : "called";
}

/** Whether this account has the counter open. @param {Desk} desk @param {Account} account */
export function isMine(desk, account) {
  return desk.open && desk.officer_id === account.id;
}

/** Whether the account works at counters at all; others only look. @param {Account} account */
export function works(account) {
  return account.role === "officer" || account.role === "supervisor";
}

/** Whether the verb is a supervisor's at somebody else's counter, so that it needs a reason. @param {Desk} desk @param {Account} account */
export function oversees(desk, account) {
  return desk.open && !isMine(desk, account) && account.role === "supervisor";
}

/**
 * @param {Verb} verb
 * @param {Desk} desk
 * @param {Account} account
 * @param {Date} now  by the server's clock
 */
export function can(verb, desk, account, now) {
  if (!works(account)) return false;
  if (verb === "open") return !desk.open;
  if (!isMine(desk, account) && !(oversees(desk, account) && OVERSEEN.includes(verb))) return false;
  if (verb === "undo") return undoLeft(desk, now) > 0;
  if (verb === "transfer" && !desk.ticket) return true; // somebody who waits is moved by number
  const from = FROM[verb];
  return from ? Boolean(desk.ticket && from.includes(desk.ticket.state)) : !desk.ticket;
}

/** How many wait for this counter's services, or are on hold for them. @param {Desk} desk */
export function peopleLeft(desk) {
  return desk.waiting.reduce((sum, one) => sum + one.count, 0) + desk.held.length;
}

/** Whether closing is asked back: somebody waits here within the hours. @param {Desk} desk */
export function leavesPeople(desk) {
  return !desk.shut && peopleLeft(desk) > 0;
}

/** Whole seconds left to take back the last call, or the last transfer. @param {Desk} desk @param {Date} now */
export function undoLeft(desk, now) {
  if (!desk.undo_until || (desk.ticket ? desk.ticket.state !== "called" : !desk.undo_number)) return 0;
  const left = Math.ceil((Date.parse(desk.undo_until) - now.getTime()) / 1000);
  return Math.min(UNDO_S, Math.max(0, left)); // this machine's idea of the server's time may be a moment behind
}

/** The next step: the large key's verb. @param {Desk} desk @returns {Verb} */
export function nextStep(desk) {
  return /** @type {Record<Standing, Verb>} */ ({ closed: "open", idle: "call-next", called: "serve", serving: "finish" })[standing(desk)];
}

/** Whether the visitor was called often enough to be taken for a no-show. @param {Desk} desk @param {number} recalls  by the site's rule */
export function seemsGone(desk, recalls) {
  return desk.ticket?.state === "called" && desk.recalls >= recalls;
}
