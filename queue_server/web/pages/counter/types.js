/**
 * What the officer's page is told, beyond the public documents. Types only: nothing here runs.
 *
 * @typedef {import("../../static/js/documents.js").SiteInfo} SiteInfo
 * @typedef {import("../../static/js/documents.js").Service} Service
 * @typedef {import("../../static/js/documents.js").Counter} Counter
 * @typedef {import("../../static/js/documents.js").Ticket} Ticket
 *
 * @typedef {Ticket & {since: string, served_at: string|null, calls: number, wish: string|null, target_s: number|null,
 *   held_at?: string, return_until?: string, can?: Verb[]}} DeskTicket
 *
 * @typedef {object} Upcoming
 * @property {string} number
 * @property {string} service
 * @property {string} class
 * @property {number} waited_s  when the document was written
 * @property {string|null} wish  the counter a transfer wished for
 * @property {Verb[]} can  what can be done with it here now
 *
 * @typedef {object} Mine  the officer's own day
 * @property {number} served
 * @property {number|null} median_service_s
 * @property {number|null} within_target_percent
 * @property {{number: string, outcome: string|null, service_s: number}[]} last  newest first
 *
 * @typedef {object} Desk
 * @property {string} site
 * @property {string} counter
 * @property {boolean} open
 * @property {string|null} officer  the name of whoever has it open
 * @property {string|null} officer_id  whose account that is: two may bear one name
 * @property {DeskTicket|null} ticket
 * @property {string|null} since
 * @property {{service: string, count: number, longest_wait_s: number}[]} waiting
 * @property {Upcoming[]} upcoming
 * @property {DeskTicket[]} held
 * @property {DeskTicket[]} no_shows
 * @property {Verb[]} can  what whoever has the counter open can do now; at a closed one, who opens it
 * @property {Verb[]} overseer_can  what a supervisor can do now while somebody else has it open
 * @property {string|null} undo_until
 * @property {string|null} undo_number  whose call or transfer that is
 * @property {number|null} undo_left_s  whole seconds until then, when the document was written
 * @property {number} recalls
 * @property {Mine} mine  of whoever has the counter open
 * @property {boolean} [recorded]  where it was asked: whether the press with that key was recorded
 * @property {{verb: Verb, number: string|null, by: string|null, by_id: string|null, officer_id: string|null, reason: string|null, at: string, revision: number}|null} overseen
 *   what a supervisor last did here today
 * @property {"day_closed"|"holiday"|"not_today"|"closed"|null} shut  why nobody can come any more today
 * @property {string} epoch
 * @property {number} revision
 *
 * @typedef {{id: string, username: string, name: string, works: boolean, oversees: boolean, picks: string[], sites: string[], agencies: string[]}} Account
 *   works: may have a counter open; oversees: may act at somebody else's; picks: what it chooses from after signing in
 * @typedef {import("../../static/js/documents.js").PageData & {site: SiteInfo, counter: string, officer: Account, mine: Mine, desk: Desk}} Data
 *
 * @typedef {"open"|"close"|"call-next"|"call"|"recall"|"serve"|"finish"|"no-show"|"hold"|"return"|"transfer"|"move"|"reclass"|"undo"|"cancel"} Verb
 *
 * @typedef {"closed"|"idle"|"called"|"serving"} Standing  what the counter does now
 *
 * @typedef {{tone: "good"|"info"|"warn"|"bad", text: string, strong?: string, aside?: string, link?: {href: string, text: string},
 *   passing?: boolean}} Message  strong: the part of the text in bold; passing: goes away by itself
 */

export {};
