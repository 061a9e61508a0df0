/** A kiosk or display enrols with the token in its link: `…#enrol=TOKEN`. @module */

import { post } from "./api.js";

const MARK = "#enrol=";

/**
 * Trades the token in the address for the device cookie and drops it from the address, so that it is neither
 * shown nor kept in the history. Without a token: does nothing.
 * @returns {Promise<"none"|"enrolled"|"refused"|"offline">}  offline: the token stays for another try
 */
export async function enrolFromHash() {
  if (!location.hash.startsWith(MARK)) return "none";
  const token = decodeURIComponent(location.hash.slice(MARK.length));
  try {
    await post("/api/v1/enrol", { token });
  } catch (trouble) {
    if (/** @type {import("./api.js").ApiError} */ (trouble).code === "offline") return "offline";
    dropHash();
    return "refused";
  }
  dropHash();
  return "enrolled";
}

function dropHash() {
  history.replaceState(history.state, "", location.pathname + location.search);
}
