/**
 * What is spoken, as a pure rule. Everything stays visible; a loudspeaker that repeats itself or calls people who have
 * long been served does harm, so a call is spoken at most once per screen, in turn, and never late.
 * @module
 */

const LIVE_MAX_AGE_MS = 60000; // a call heard live is spoken if its turn comes within this time
const RECOVERED_MAX_AGE_MS = 25000; // one fetched after a cut
const FULL_FORM_QUEUE = 2; // with more than so many queued, its own turn included, the short form

/**
 * @typedef {import("../static/js/documents.js").Board} Board
 * @typedef {import("../static/js/documents.js").Call} Call
 *
 * @typedef {object} Turn
 * @property {Call} call  the call whose turn it is
 * @property {boolean} recovered  fetched after a cut, not heard live
 * @property {number} queued  calls that have not had their turn, this one included
 * @property {number} spokenUpTo  revision of the newest call this screen has begun to speak
 * @property {Board|null} board  the newest board
 * @property {number} now  server time, ms since 1970
 */

/**
 * In which form the call is spoken now, or null: not at all.
 * @param {Turn} turn
 * @returns {"full"|"short"|null}
 */
export function speechForm({ call, recovered, queued, spokenUpTo, board, now }) {
  if (call.revision <= spokenUpTo) return null;
  const age = now - Date.parse(call.called_at);
  if (age > (recovered ? RECOVERED_MAX_AGE_MS : LIVE_MAX_AGE_MS)) return null;
  if (!stillThere(call, board)) return null;
  return queued > FULL_FORM_QUEUE ? "short" : "full";
}

/**
 * Whether the ticket is still called or being served at the counter it was called to. A board older than the call
 * cannot know.
 * @param {Call} call
 * @param {Board|null} board
 */
export function stillThere(call, board) {
  if (!board || board.epoch !== call.epoch || board.revision < call.revision) return true;
  const counter = board.counters.find((one) => one.id === call.counter);
  return Boolean(counter && counter.number === call.number
    && (counter.state === "called" || counter.state === "serving"));
}

/**
 * The names of the clips to play. A server that sends no short form is heard in full.
 * @param {Call} call
 * @param {"full"|"short"} form
 * @returns {string[]}
 */
export function clipNames(call, form) {
  const full = call.clips.id || [];
  return form === "short" ? call.clips.id_short || full : full;
}
