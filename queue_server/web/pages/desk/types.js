/**
 * What the officer's page speaks of. Types only: nothing here runs.
 *
 * @typedef {import("../../static/js/documents.js").Site} Site
 * @typedef {import("../../static/js/documents.js").SiteService} Service
 * @typedef {import("../../static/js/documents.js").SiteCounter} Counter
 * @typedef {import("../../static/js/documents.js").Ticket} Ticket
 * @typedef {import("../../static/js/documents.js").DeskTicket} DeskTicket
 * @typedef {import("../../static/js/documents.js").HeldTicket} HeldTicket
 * @typedef {import("../../static/js/documents.js").AsideTicket} AsideTicket
 * @typedef {import("../../static/js/documents.js").Upcoming} Upcoming
 * @typedef {import("../../static/js/documents.js").Mine} Mine
 * @typedef {import("../../static/js/documents.js").Desk} Desk
 * @typedef {import("../../static/js/documents.js").Account} Account
 * @typedef {import("../../static/js/documents.js").Standing} Standing
 *
 * @typedef {import("../../static/js/documents.js").DeskPage} Data
 *
 * @typedef {import("../../static/js/documents.js").Verb} Verb
 *
 * @typedef {{tone: "good"|"info"|"warn"|"bad", text: string, strong?: string, aside?: string, link?: {href: string,
 *   text: string},
 *   passing?: boolean}} Message  strong: the part of the text in bold; passing: goes away by itself
 */

export {};
