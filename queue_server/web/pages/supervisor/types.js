/**
 * What the supervisor's page is told. Types only: nothing here runs.
 *
 * @typedef {import("../../static/js/documents.js").SiteInfo} SiteInfo
 * @typedef {import("../../static/js/documents.js").Range} Range
 *
 * @typedef {object} HallCounter
 * @property {string} id
 * @property {string} name
 * @property {string|null} officer  the name of whoever has it open
 * @property {boolean} open
 * @property {"idle"|"called"|"serving"|"closed"} state
 * @property {string|null} number
 * @property {string|null} service
 * @property {string|null} since  when the number was called, or its service began
 * @property {number|null} target_s
 * @property {number} waiting  people for any of its services
 *
 * @typedef {object} HallService
 * @property {string} id
 * @property {string} name
 * @property {boolean} former  the site file no longer has it
 * @property {boolean} open
 * @property {string|null} reason
 * @property {number} counters_open
 * @property {number} waiting
 * @property {string|null} first  the earliest issue among those who wait
 * @property {Range|null} estimate
 *
 * @typedef {object} Alarm
 * @property {string} id  the same as long as the trouble lasts
 * @property {"over_target"|"stuck_call"|"nobody_open"|"device"|"idle"|"quota"} kind
 * @property {string} at  when it becomes an alarm: it may lie ahead
 * @property {string|null} since
 * @property {string|null} counter
 * @property {string|null} service
 * @property {string|null} class
 * @property {number|null} left
 * @property {number|null} quota
 * @property {string|null} device
 * @property {string|null} name  what the device is called
 * @property {"kiosk"|"wall"|"counter"|null} screen
 *
 * @typedef {{site: string, epoch: number, revision: number, now: string, day: string|null, day_closed: boolean, open_until: string|null,
 *   counters: HallCounter[], services: HallService[], alarms: Alarm[]}} Hall
 *
 * @typedef {{n: number, sum_s: number, median_min: number|null, p90_min: number|null}} Spread
 * @typedef {{now: string, completed: number, wait: Spread, within_target_percent: number|null,
 *   services: {id: string, wait: Spread, within_target_percent: number|null}[]}} Today
 *
 * @typedef {import("../../static/js/documents.js").PageData & {site: SiteInfo, hall: Hall}} Data
 */

export {};
