/** What each screen hears live, and where it fetches the first of that. Made by `make types`. @module */

export const LIVE = /** @type {const} */ ({
  counter: { hears: ["board"], source: "/api/v1/sites/{site}/board" },
  desk: { hears: ["desk"], source: "/api/v1/sites/{site}/counters/{counter}/desk" },
  device: { hears: ["board"], source: "/api/v1/sites/{site}/board" },
  overview: { hears: ["board"], source: "/api/v1/sites/{site}/board" },
  phone: { hears: ["ticket", "queue"], source: "/api/v1/tickets/{token}" },
  supervisor: { hears: ["board"], source: "/api/v1/sites/{site}/board" },
  wall: { hears: ["board"], source: "/api/v1/sites/{site}/board" },
});
