/**
 * One wish for one number: never two tickets, never none.
 *
 * The wish gets its idempotency key when it is first felt and keeps it until the visitor has the number: a double tap,
 * a reload, a browser killed and started again and a lost reply all send the same key again, and the server answers
 * with the same ticket.
 * @module
 */

import { newKey, post } from "../../static/js/api.js";

/**
 * @typedef {`/api/v1/sites/${string}/tickets`|`/api/v1/sites/${string}/check-in`} Path  where numbers are taken
 * @typedef {{key: string, path: Path, body: Record<string, string|number>, at: number, printed?: boolean}} Intent
 *   printed: its slip went to the printer
 * @typedef {import("../../static/js/documents.js").Ticket} Ticket
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 * @typedef {{ticket?: Ticket, refusal?: ApiError, lost?: boolean}} Outcome  lost: no answer within the life of the wish
 */

// Not the session's: a browser that is started anew begins another. Each hall's kiosk has a wish of its own.
const STORE = `kiosk-intent ${location.pathname}`;
const LIFE_MS = 60000; // older than this the visitor has walked away
const PATIENCE_MS = 5000; // for one answer, before the same question is asked again
const RETRY_MS = 1500;

/**
 * A new wish, written down before it is sent.
 * @param {Path} path
 * @param {Record<string, string|number>} body
 * @returns {Intent}
 */
export function begin(path, body) {
  const intent = { key: newKey(), path, body, at: Date.now() };
  keep(intent);
  return intent;
}

/** The wish that a reload or a restart interrupted, if it is still young. @returns {Intent|null} */
export function pending() {
  const intent = kept();
  if (intent && age(intent) < LIFE_MS) return intent;
  end();
  return null;
}

/**
 * What was written down. A store that a power cut spoilt holds nothing, and must not stop the kiosk.
 * @returns {Intent|null}
 */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(STORE) || "null");
  } catch (_) {
    return null;
  }
}

/** @param {Intent} intent */
export function keep(intent) {
  localStorage.setItem(STORE, JSON.stringify(intent));
}

/** The visitor has their answer: the wish is over. */
export function end() {
  localStorage.removeItem(STORE);
}

/**
 * Sends the wish until there is an answer, always with its own key.
 * @param {Intent} intent
 * @param {() => void} onSlow  told when an answer did not come and the wish is sent again
 * @returns {Promise<Outcome>}
 */
export async function send(intent, onSlow) {
  while (age(intent) < LIFE_MS) {
    try {
      const { body } = await within(PATIENCE_MS, post(intent.path, intent.body, { key: intent.key }));
      return { ticket: body };
    } catch (error) {
      const trouble = /** @type {ApiError} */ (error);
      if (!worthRepeating(trouble)) return { refusal: trouble };
    }
    onSlow();
    await sleep(RETRY_MS);
  }
  return { lost: true };
}

/** No answer, a busy server or a broken one: the same question may still be answered. @param {ApiError} trouble */
function worthRepeating({ code, status }) {
  return code === "offline" || status === 429 || status >= 500;
}

/** @param {Intent} intent */
function age(intent) {
  return Math.abs(Date.now() - intent.at);
}

/** @param {number} ms */
function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * @template T
 * @param {number} ms
 * @param {Promise<T>} answer
 * @returns {Promise<T>}
 */
function within(ms, answer) {
  const late = sleep(ms).then(() => Promise.reject({ code: "offline", status: 0 }));
  return Promise.race([answer, /** @type {Promise<never>} */ (late)]);
}
