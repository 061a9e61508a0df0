/** One visitor's way through the screens, as a value. @module */

/**
 * @typedef {object} Visit  one visitor's way through the screens
 * @property {string} screen
 * @property {string} agency
 * @property {string} service
 * @property {import("../../static/js/documents.js").Class} type  the class asked for
 * @property {number} people  that come with the number
 * @property {string} code  of a booking, as far as it was typed
 * @property {boolean} letters  are shown on the keypad
 * @property {number} page
 * @property {number|null} group  of an agency with very many services (groups.js); null: none is chosen
 * @property {boolean} slow  the answer is late
 * @property {import("../../static/js/documents.js").Ticket|null} ticket
 * @property {"none"|"printing"|"failed"} paper
 * @property {number} seconds  until the number goes from the screen
 * @property {number} originPage  of the names of kecamatan; -1: the question is over
 * @property {number} originUntil  so many seconds before the number goes the question does
 * @property {string} originSaid  the name of the text that says what became of the answer
 * @property {import("../../static/js/api.js").ApiError|null} refusal
 * @property {Map<string, import("../../static/js/api.js").ApiError>} refused  answers already had, by service
 * @property {import("../../static/js/documents.js").Site[]} elsewhere  other sites open for this service
 */

/**
 * A visit at its beginning. A hall with one agency, or with one service, begins further on.
 * @param {import("./hall.js").Choice[]} choices
 * @returns {Visit}
 */
export function freshVisit(choices) {
  const [{ agency, services }] = choices;
  const screen = choices.length > 1 ? "agencies" : services.length > 1 ? "services" : "details";
  return {
    screen, agency: agency.id, service: services[0].id, type: "regular", people: 1, code: "", letters: false,
    page: 0, group: null, slow: false,
    ticket: null,
    paper: "none", seconds: 0, originPage: 0, originUntil: 0, originSaid: "",
    refusal: null, refused: new Map(), elsewhere: [],
  };
}
