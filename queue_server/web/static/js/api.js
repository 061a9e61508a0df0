/** HTTP to our own server: JSON in, JSON out, one kind of error. @module */

import { lang } from "./texts.js";

const TIMEOUT_MS = 10000;

/** What went wrong, in the words of the contract: a code for the program, a message for people. */
export class ApiError extends Error {
  /**
   * @param {number} status  0 when the server was not reached
   * @param {string} code  `offline` when the server was not reached
   * @param {string} message  in the page's language
   * @param {import("./documents.js").ErrorDetails} [details]
   */
  constructor(status, code, message, details) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/**
 * @template {string} Address
 * @typedef {{status: number, body: import("./documents.js").Answer<Address>}} Reply
 */

/**
 * @template {string} Address
 * @param {Address} path  such as `/api/v1/sites/lebak`
 * @returns {Promise<Reply<Address>>}
 */
export function get(path) {
  return send("GET", path, undefined, {});
}

/**
 * @template {string} Address
 * @param {Address} path
 * @param {object} body
 * @param {{key?: string}} [options]  key: the idempotency key; send the same one again when a reply was lost
 * @returns {Promise<Reply<Address>>}
 */
export function post(path, body, { key } = {}) {
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/json" };
  if (key) headers["Idempotency-Key"] = key;
  return send("POST", path, JSON.stringify(body), headers);
}

/**
 * @template {string} Address
 * @param {Address} path
 * @param {object} body
 * @returns {Promise<Reply<Address>>}
 */
export function put(path, body) {
  return ask("PUT", path, body);
}

/**
 * A request of any method: what is put, patched or deleted.
 * @template {string} Address
 * @param {"GET"|"POST"|"PUT"|"PATCH"|"DELETE"} method
 * @param {Address} path
 * @param {object} [body]  none: nothing is sent along
 * @param {string} [key]  by which the server knows the same request again
 * @returns {Promise<Reply<Address>>}
 */
export function ask(method, path, body, key) {
  if (body === undefined) return send(method, path, undefined, {});
  const said = { "Content-Type": "application/json", ...(key ? { "Idempotency-Key": key } : {}) };
  return send(method, path, JSON.stringify(body), said);
}

/**
 * A file as it is, under its own media type.
 * @template {string} Address
 * @param {Address} path
 * @param {Blob} file
 * @param {string} kind
 * @param {string} key
 * @returns {Promise<Reply<Address>>}
 */
export function postFile(path, file, kind, key) {
  return send("POST", path, file, { "Content-Type": kind, "Idempotency-Key": key });
}

/** A fresh idempotency key: 128 random bits. `crypto.randomUUID` is absent on plain HTTP. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @template {string} Address
 * @param {string} method
 * @param {Address} path
 * @param {string|Blob|undefined} body
 * @param {Record<string, string>} headers
 * @returns {Promise<Reply<Address>>}
 */
async function send(method, path, body, headers) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(path, {
      method, body, signal: abort.signal, cache: "no-store", credentials: "same-origin",
      headers: { ...headers, Accept: "application/json", "Accept-Language": lang() },
    });
    const text = await response.text();
    if (!response.ok) throw refusal(response, text);
    return { status: response.status, body: text ? JSON.parse(text) : null };
  } catch (trouble) {
    if (trouble instanceof ApiError) throw trouble;
    throw new ApiError(0, "offline", String(trouble));
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Response} response @param {string} text */
function refusal(response, text) {
  try {
    const { code, message, details } = JSON.parse(text).error;
    return new ApiError(response.status, code, message, details);
  } catch (_) {
    // Not our server's shape: a proxy speaking for a server that is down is as good as no answer.
    return new ApiError(response.status, response.status >= 500 ? "offline" : "unexpected", response.statusText);
  }
}
