/** From where a visitor comes: told once, and tied to nobody. @module */

import { post } from "./api.js";

export const OTHER = "other";

/**
 * @param {string} token
 * @param {string} origin  a district of the site, or OTHER
 * @returns {Promise<string>}  the name of the text that says what became of it
 */
export async function tellOrigin(token, origin) {
  try {
    await post(`/api/v1/tickets/${token}/origin`, { origin });
    return "origin_thanks";
  } catch (error) {
    const { code } = /** @type {import("./api.js").ApiError} */ (error);
    return code === "already_answered" ? "origin_thanks" : "origin_failed";
  }
}
