/**
 * Which keys can act now, as values: pure. The server decides, and its document says what can be done; this only reads
 * that for the account that looks, and lets a time run out between two documents.
 * @module
 */

/**
 * @typedef {import("./types.js").Desk} Desk
 * @typedef {import("./types.js").Verb} Verb
 * @typedef {import("./types.js").Account} Account
 * @typedef {import("./types.js").Standing} Standing
 */

/** @type {Record<Standing, Verb>} */
const NEXT = { closed: "open", break: "resume", idle: "call-next", called: "serve", serving: "finish" };

/** What the counter does now. @param {Desk} desk @returns {Standing} */
export function standing(desk) {
  if (!desk.open) return "closed";
  if (desk.break) return "break";
  if (!desk.ticket) return "idle";
  return desk.ticket.state === "serving" ? "serving" : "called";
}

/** Whether this account has the counter open. @param {Desk} desk @param {Account} account */
export function isMine(desk, account) {
  return desk.open && desk.officer_id === account.id;
}

/**
 * Whether the verb is an overseer's at somebody else's counter, so that it needs a reason.
 * @param {Desk} desk
 * @param {Account} account
 */
export function oversees(desk, account) {
  return desk.open && !isMine(desk, account) && account.oversees;
}

/**
 * @param {Verb} verb
 * @param {Desk} desk
 * @param {Account} account
 * @param {Date} now  by the server's clock
 */
export function can(verb, desk, account, now) {
  if (!account.works) return false;
  const theirs = [...(desk.colleague_can || []), ...(oversees(desk, account) ? desk.overseer_can : [])];
  const verbs = isMine(desk, account) || !desk.open ? desk.can : theirs;
  return (verbs || []).includes(verb) && (verb !== "undo" || undoLeft(desk, now) > 0);
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
  if (!desk.undo_until) return 0;
  const left = Math.ceil((Date.parse(desk.undo_until) - now.getTime()) / 1000);
  // this machine's idea of the server's time may be a moment behind
  return Math.min(desk.undo_left_s || 0, Math.max(0, left));
}

/** The next step: the large key's verb. @param {Desk} desk @returns {Verb} */
export function nextStep(desk) {
  return NEXT[standing(desk)];
}

/**
 * Whether the verb ends the visit of who is served here: then outcome, quantity and note go with it.
 * @param {Verb} verb
 * @param {Desk} desk
 */
export function endsService(verb, desk) {
  return standing(desk) === "serving" && (verb === "finish" || verb === "call-next");
}

/**
 * Whether the visitor was called often enough to be taken for a no-show.
 * @param {Desk} desk
 * @param {number} recalls  by the site's rule
 */
export function seemsGone(desk, recalls) {
  return desk.ticket?.state === "called" && desk.recalls >= recalls;
}
