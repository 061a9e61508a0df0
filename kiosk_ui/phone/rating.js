/** One touch after the visit: no survey, and never mixed with one. @module */

import { post } from "../../static/js/api.js";

/**
 * @param {string} token
 * @param {number} score  1 to 4
 * @returns {Promise<string>}  the name of the text that says what became of it
 */
export async function touch(token, score) {
  try {
    await post(`/api/v1/tickets/${token}/rating`, { score });
    return "rate_thanks";
  } catch (error) {
    const { code } = /** @type {import("../../static/js/api.js").ApiError} */ (error);
    return code === "already_answered" ? "rate_already" : "rate_failed";
  }
}
