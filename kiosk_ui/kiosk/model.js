/** What the kiosk's parts are given: what is known, and what they may do. None of them knows the page. @module */

/**
 * @typedef {import("./visit.js").Visit} Visit
 *
 * @typedef {object} Model  what is known now
 * @property {Visit} visit
 * @property {import("./hall.js").Hall} hall
 * @property {HTMLElement} stage  where a screen must find room
 * @property {Date|null} offlineSince
 * @property {import("./enrolment.js").Enrolment} enrolment
 * @property {boolean} landscape
 * @property {boolean} wheelchair  keys within reach of somebody who sits
 * @property {() => Date} now  by the server's clock
 * @property {(screen: string) => boolean} homeIs  where a visit begins in this hall
 *
 * @typedef {object} Act  what a part may do
 * @property {(screen: string, more?: Partial<Visit>) => void} go
 * @property {() => void} back
 * @property {(page: number) => void} turn
 * @property {() => void} startOver  for the next visitor
 * @property {() => void} draw
 * @property {(agency: string) => void} chooseAgency
 * @property {(service: string) => void} chooseService
 * @property {(service: string, type: import("../../static/js/documents.js").Class) => void} take  a number
 * @property {(code?: string) => void} checkIn  with a code; without one, ask for it
 * @property {(code: string) => void} type  as far as a code was typed
 * @property {() => void} moreTime
 * @property {(wanted: boolean) => void} escort  somebody shall guide to the counter
 * @property {() => void} revoked  the server says that this kiosk may not give numbers
 */

export {};
