/** A called visitor who cannot see or walk to the counter, and says so only now, is guided by somebody. @module */

/** @param {import("./model.js").Model} model */
export function mayEscort({ desk, account }) {
  return Boolean(desk.ticket && desk.ticket.state === "called" && account.works && desk.officer_id === account.id);
}

/**
 * Asks for a guide, or for none after all. It shows as the visitor's mark, and at the front desk.
 * @param {import("./model.js").Model} model @param {import("./model.js").Act} act
 * @returns {Promise<{number: string, error: import("../../static/js/api.js").ApiError, key: string}|null>}
 */
export async function askEscort(model, act) {
  const { number, escort } = /** @type {import("./types.js").DeskTicket} */ (model.desk.ticket);
  const path = /** @type {const} */ (`/api/v1/sites/${model.site.id}/tickets/by-number/${number}/escort`);
  const done = await act.send("escort", path, { escort: !escort });
  if ("error" in done) return { number, ...done };
  const own = await act.look();
  if (own) act.offer(own);
  return null;
}
