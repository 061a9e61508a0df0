/**
 * What the supervisor's page speaks of. Types only: nothing here runs.
 *
 * @typedef {import("../../static/js/documents.js").Site} Site
 * @typedef {import("../../static/js/documents.js").Hall} Hall
 * @typedef {import("../../static/js/documents.js").HallCounter} HallCounter
 * @typedef {import("../../static/js/documents.js").HallService} HallService
 * @typedef {import("../../static/js/documents.js").Alarm} Alarm
 * @typedef {import("../../static/js/documents.js").Spread} Spread
 * @typedef {import("../../static/js/documents.js").Today} Today
 *
 * @typedef {import("../../static/js/documents.js").SupervisorPage} Data
 */

export {};
