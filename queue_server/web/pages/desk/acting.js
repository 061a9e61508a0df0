/**
 * Carries out a verb, once: one request at a time, one idempotency key per key press, one more try with the same key
 * when the reply was lost. Nothing is queued for later.
 * @module
 */

import { get, newKey, post } from "../../static/js/api.js";

const AGAIN_MS = 300;

/**
 * @typedef {import("./types.js").Verb} Verb
 * @typedef {import("./types.js").Desk} Desk
 * @typedef {import("../../static/js/api.js").ApiError} ApiError
 * @typedef {{error: ApiError, key: string}|{refused: "busy"}} Failed
 * @typedef {{desk: Desk}|Failed} Outcome
 */

export class Acting {
  /**
   * @param {`/api/v1/sites/${string}/counters/${string}`} path  the counter's address in the API
   * @param {() => void} changed  told when a request begins and ends
   */
  constructor(path, changed) {
    this.path = path;
    this.changed = changed;
    /** @type {Verb|"issue"|null} */
    this.busy = null;
  }

  /**
   * @param {Verb} verb
   * @param {object} [body]
   * @returns {Promise<Outcome>}
   */
  async act(verb, body = {}) {
    const done = await this.send(verb, `${this.path}/${verb}`, body);
    return "body" in done ? { desk: /** @type {Desk} */ (done.body) } : done; // every verb at a counter answers with it
  }

  /**
   * @template {string} Address
   * @param {Verb|"issue"} name
   * @param {Address} path
   * @param {object} body
   * @param {string} [key]  of an earlier press whose reply never came: should it have arrived, nothing is done twice
   * @returns {Promise<{body: import("../../static/js/documents.js").Answer<Address>}|Failed>}
   */
  async send(name, path, body, key = newKey()) {
    if (this.busy) return { refused: "busy" };
    this.busy = name;
    this.changed();
    try {
      return { body: (await twice(path, body, key)).body };
    } catch (trouble) {
      return { error: /** @type {ApiError} */ (trouble), key };
    } finally {
      this.busy = null;
      this.changed();
    }
  }

  /**
   * The desk as it truly is, and whether the press with that key was recorded; null while the server cannot be reached.
   * @param {string} [key] @returns {Promise<Desk|null>}
   */
  async look(key) {
    try {
      const asked = key ? get(`${this.path}/desk?key=${key}`) : get(`${this.path}/desk`);
      return (await asked).body;
    } catch (_) {
      return null;
    }
  }
}

/** @template {string} Address @param {Address} path @param {object} body @param {string} key */
async function twice(path, body, key) {
  try {
    return await post(path, body, { key });
  } catch (trouble) {
    const { status, code } = /** @type {ApiError} */ (trouble);
    if (code !== "offline" && status < 500) throw trouble;
  }
  await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  return post(path, body, { key });
}
