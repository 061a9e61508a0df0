/**
 * A kiosk or display enrols with the token in its link: `…#enrol=TOKEN`. Only the server's word that it does not know
 * the token ends the trying: a busy server, a limit, a proxy or a lost line say nothing about a token.
 * @module
 */

import { post } from "./api.js";

const MARK = "#enrol=";
const AGAIN_MS = 5000;
const FINAL = [401, 422]; // unknown or revoked; not a token at all

/**
 * Trades the token in the address for the device cookie and drops it from the address, so that it is neither
 * shown nor kept in the history. Without a token: does nothing.
 * @returns {Promise<"none"|"enrolled"|"refused"|"later">}  later: not answered yet, the token stays for another try
 */
export async function enrolFromHash() {
  const asked = inHash();
  if (!asked) return "none";
  try {
    await post("/api/v1/enrol", { token: asked.token });
  } catch (trouble) {
    const { status } = /** @type {import("./api.js").ApiError} */ (trouble);
    if (!FINAL.includes(status)) return "later";
    leave(asked.options);
    return "refused";
  }
  leave(asked.options);
  return "enrolled";
}

/**
 * For a display, which shows the same without a token. Tries until there is an answer.
 * @param {() => void} enrolled  it is
 */
export async function keepEnrolling(enrolled) {
  let outcome = await enrolFromHash();
  while (outcome === "later") {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    outcome = await enrolFromHash();
  }
  if (outcome === "enrolled") enrolled();
}

/** Whether the address brings a token that was not yet traded. */
export function bringsToken() {
  return location.hash.startsWith(MARK);
}

/** The token, and the options that were written behind it instead of before: `#enrol=TOKEN?slip=58`. */
function inHash() {
  if (!bringsToken()) return null;
  const hash = decoded(location.hash.slice(MARK.length));
  const [, token, rest] = /** @type {RegExpMatchArray} */ (hash.match(/^\s*([\w-]*)([^]*)$/));
  return { token, options: /^[?&]/.test(rest) ? rest.slice(1) : "" };
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch (_) {
    return text; // a lone % is no token's, and no reason to stop
  }
}

/** Options that came behind the token take effect: the page is loaded anew with them. @param {string} options */
function leave(options) {
  if (!options) return history.replaceState(history.state, "", location.pathname + location.search);
  const search = new URLSearchParams(location.search);
  new URLSearchParams(options).forEach((value, name) => search.set(name, value));
  return location.replace(`${location.pathname}?${search}`);
}
