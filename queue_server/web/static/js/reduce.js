/**
 * What a screen knows, as values: pure functions from state and message to new state. No clock, no network, no DOM.
 *
 * Documents: a newer revision of the same epoch replaces the older, whichever way it came; a new epoch replaces
 * everything, and an epoch once left never comes back. Calls are occurrences: each is handed on exactly once, oldest
 * first, and a hole in their chain (`previous`, `last_call`) is noticed so that the caller can fetch what is missing.
 * @module
 */

/**
 * @typedef {import("./documents.js").Call} Call
 * @typedef {import("./documents.js").Board} Board
 * @typedef {{epoch: number, revision: number, now?: string, service?: string, counter?: string|null, id?: string}}
 *   Document
 *   as much of any document as is looked at here
 * @typedef {{call: Call, recovered: boolean}} Delivery  recovered: fetched after a cut, not heard live
 *
 * @typedef {object} State
 * @property {number|null} epoch
 * @property {number[]} left  epochs that were replaced
 * @property {Record<string, Document>} documents  by slot, such as `board`, `queue:ktp-cetak`
 * @property {number|null} floor  every call up to this revision was handed on; null before the first board
 * @property {Call[]} held  live calls beyond a hole, oldest first
 * @property {number[]} early  revisions above the floor that were handed on without waiting for the hole to close
 */

/** @returns {State} */
export function blank() {
  return { epoch: null, left: [], documents: {}, floor: null, held: [], early: [] };
}

/**
 * The slot a document lives in: one per kind and thing.
 * @param {string} kind
 * @param {Document} doc
 */
export function slot(kind, doc) {
  const things = { queue: doc.service, desk: doc.counter, ticket: doc.id };
  const thing = /** @type {Record<string, string|null|undefined>} */ (things)[kind];
  return thing === undefined ? kind : `${kind}:${thing}`;
}

/**
 * The state within the given epoch, or null for a message from an epoch that was left behind.
 * @param {State} state
 * @param {number} epoch
 * @returns {State|null}
 */
function within(state, epoch) {
  if (state.epoch === epoch) return state;
  if (state.left.includes(epoch)) return null;
  return { ...blank(), epoch, left: state.epoch === null ? [] : [...state.left, state.epoch] };
}

/**
 * Takes a document of any kind. Of two with one revision the later reading wins (what is open also follows the clock).
 * @param {State} state
 * @param {string} kind
 * @param {Document} doc
 * @returns {{state: State, accepted: boolean}}
 */
export function takeDocument(state, kind, doc) {
  const here = within(state, doc.epoch);
  if (!here) return { state, accepted: false };
  const place = slot(kind, doc);
  const old = here.documents[place];
  if (old && isOlder(doc, old)) return { state: here, accepted: false };
  return { state: { ...here, documents: { ...here.documents, [place]: doc } }, accepted: true };
}

/** @param {Document} doc @param {Document} old */
function isOlder(doc, old) {
  if (doc.revision !== old.revision) return doc.revision < old.revision;
  return Boolean(doc.now && old.now && doc.now < old.now);
}

/**
 * Looks at the newest call that a board or beat knows. The first board sets the floor: its calls that are still
 * running at `now` are handed on, what is older is history.
 * @param {State} state
 * @param {{epoch: number, last_call: number, recent?: Call[]}} mark  a board or a beat
 * @param {number} now  ms since 1970
 * @returns {{state: State, deliver: Delivery[], gap: boolean}}
 */
export function takeMark(state, mark, now) {
  const here = within(state, mark.epoch);
  if (!here) return { state, deliver: [], gap: false };
  if (here.floor === null) return mark.recent ? begin(here, mark.last_call || 0, mark.recent, now) : nothing(here);
  return { state: here, deliver: [], gap: (mark.last_call || 0) > here.floor };
}

/** @param {State} state @returns {{state: State, deliver: Delivery[], gap: boolean}} */
function nothing(state) {
  return { state, deliver: [], gap: false };
}

/** @param {State} state @param {number} floor @param {Call[]} recent @param {number} now */
function begin(state, floor, recent, now) {
  const running = recent.filter((call) => call.revision <= floor && Date.parse(call.expires_at) > now).sort(byRevision);
  const heard = new Set(state.held.map((call) => call.revision));
  const deliver = running.map((call) => ({ call, recovered: !heard.has(call.revision) }));
  return climb({ ...state, floor }, deliver);
}

/**
 * Takes a call heard live. In order: handed on at once. Beyond a hole: held, and `gap` asks for what is missing.
 * @param {State} state
 * @param {Call} call
 * @returns {{state: State, deliver: Delivery[], gap: boolean}}
 */
export function takeCall(state, call) {
  const here = within(state, call.epoch);
  if (!here) return nothing(state);
  if (known(here, call.revision)) return { ...nothing(here), gap: here.floor !== null && here.held.length > 0 };
  return climb({ ...here, held: [...here.held, call].sort(byRevision) }, []);
}

/** @param {State} state @param {number} revision */
function known(state, revision) {
  const passed = state.floor !== null && revision <= state.floor;
  return passed || state.early.includes(revision) || state.held.some((call) => call.revision === revision);
}

/**
 * Takes the answer of `calls?after=`: hands on what was missing, then what waited for it.
 * @param {State} state
 * @param {import("./documents.js").Calls} answer
 * @returns {{state: State, deliver: Delivery[], gap: boolean}}
 */
export function takeCalls(state, answer) {
  const here = within(state, answer.epoch);
  if (!here || here.floor === null) return nothing(here || state);
  const newest = answer.calls.reduce((most, call) => Math.max(most, call.revision), answer.last_call || 0);
  const heard = new Map(here.held.filter((call) => call.revision <= newest).map((call) => [call.revision, call]));
  const missing = answer.calls.filter((call) => !heard.has(call.revision) && !known(here, call.revision));
  const deliver = [
    ...missing.map((call) => ({ call, recovered: true })),
    ...Array.from(heard.values(), (call) => ({ call, recovered: false })),
  ].sort((a, b) => byRevision(a.call, b.call));
  return climb({ ...here, floor: Math.max(here.floor, newest) }, deliver);
}

/**
 * Hands on the held calls without waiting longer: a fetch that hangs must not delay a call heard live.
 * @param {State} state
 * @returns {{state: State, deliver: Delivery[], gap: boolean}}
 */
export function letGo(state) {
  const deliver = state.held.map((call) => ({ call, recovered: false }));
  const early = [...state.early, ...state.held.map((call) => call.revision)];
  return { state: { ...state, held: [], early }, deliver, gap: deliver.length > 0 };
}

/**
 * Raises the floor over every held call that now stands in an unbroken chain.
 * @param {State} state
 * @param {Delivery[]} deliver
 */
function climb(state, deliver) {
  if (state.floor === null) return nothing(state);
  let floor = state.floor;
  const held = [];
  const out = [...deliver];
  for (const call of state.held) {
    if (call.revision <= floor) continue;
    if ((call.previous || 0) <= floor && !held.length) {
      out.push({ call, recovered: false });
      floor = call.revision;
    } else {
      held.push(call);
    }
  }
  const early = state.early.filter((revision) => revision > floor);
  return { state: { ...state, floor, held, early }, deliver: out, gap: held.length > 0 };
}

/** @param {Call} a @param {Call} b */
function byRevision(a, b) {
  return a.revision - b.revision;
}
