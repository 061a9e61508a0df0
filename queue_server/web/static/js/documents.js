/**
 * The documents the server tells, as the public contract has them. Types only: nothing here runs.
 *
 * @typedef {{id: string, [lang: string]: string}} Words  the same text in several languages
 * @typedef {{low_s: number, high_s: number}} Range  seconds
 *
 * @typedef {object} Call  an occurrence: announced once, never replaced
 * @property {number|string} epoch  names one history; a restored backup begins another
 * @property {number} revision
 * @property {number|null} previous  revision of the call before this one
 * @property {string} number
 * @property {string} counter
 * @property {string} counter_name
 * @property {string} service
 * @property {"call"|"recall"} kind
 * @property {string} called_at
 * @property {string} expires_at
 * @property {Record<string, string[]>} clips  "id": the whole announcement, "id_short": number and counter only
 *
 * @typedef {object} BoardCounter
 * @property {string} id
 * @property {string} name
 * @property {boolean} open
 * @property {"idle"|"called"|"serving"|"closed"} state
 * @property {string|null} number
 *
 * @typedef {object} BoardService
 * @property {string} id
 * @property {string} name
 * @property {string} prefix
 * @property {number} waiting
 * @property {boolean} open
 * @property {Range|null} estimate
 *
 * @typedef {object} Board
 * @property {string} site
 * @property {number|string} epoch  names one history; a restored backup begins another
 * @property {number} revision
 * @property {number|null} last_call
 * @property {string} now
 * @property {BoardCounter[]} counters
 * @property {Call[]} recent  newest first, each number once
 * @property {BoardService[]} services
 *
 * @typedef {object} Queue
 * @property {string} site
 * @property {string} service
 * @property {number|string} epoch  names one history; a restored backup begins another
 * @property {number} revision
 * @property {string[]} order  of arrival
 * @property {number[]} places  how many are called before each
 * @property {number} counters_open  that serve it; 0: nobody can call now
 * @property {([number, number]|null)[]} estimates
 *
 * @typedef {object} Ticket
 * @property {string} id
 * @property {string} [token]
 * @property {string} [url]
 * @property {string} number
 * @property {string} site
 * @property {string} service
 * @property {string} class
 * @property {"waiting"|"called"|"serving"|"held"|"no_show"|"completed"|"cancelled"|"expired"} state
 * @property {string} issued_at
 * @property {string} since  when it came into its state: for one that is called, when that was
 * @property {string|null} called_at  by whomever it was called first
 * @property {string|null} counter
 * @property {number} calls  how often it was called by the last counter that called it; 0: never
 * @property {number|null} ahead
 * @property {Range|null} estimate
 * @property {number|null} counters_open  that serve it, while it waits
 * @property {string[]} [can]  what whoever looks at it can do with it now
 * @property {string|null} return_until  who was missed and comes back by then keeps their place
 * @property {number|string} epoch  names one history; a restored backup begins another
 * @property {number} revision
 *
 * @typedef {object} Desk
 * @property {string} site
 * @property {string} counter
 * @property {boolean} open
 * @property {string|null} officer
 * @property {Ticket|null} ticket
 * @property {string|null} since
 * @property {{service: string, count: number, longest_wait_s: number}[]} waiting
 * @property {{number: string, service: string, class: string, waited_s: number}[]} upcoming
 * @property {Ticket[]} held
 * @property {Ticket[]} no_shows
 * @property {number|string} epoch  names one history; a restored backup begins another
 * @property {number} revision
 *
 * @typedef {object} Beat
 * @property {number|string} epoch  names one history; a restored backup begins another
 * @property {number} revision
 * @property {number|null} last_call
 * @property {string} now
 * @property {string} build
 *
 * @typedef {object} Calls  the answer of calls?after=
 * @property {number|string} epoch  names one history; a restored backup begins another
 * @property {number} revision
 * @property {number|null} last_call
 * @property {Call[]} calls  oldest first
 *
 * @typedef {object} Agency
 * @property {string} id
 * @property {string} name
 * @property {string} short_name
 * @property {Words} task
 * @property {string|null} icon
 * @property {string|null} color
 *
 * @typedef {object} ReasonDetail
 * @property {string} [opens_at]
 * @property {string} [since]
 * @property {string} [until]
 * @property {string} [holiday]
 *
 * @typedef {object} Service
 * @property {string} id
 * @property {string} agency
 * @property {string} prefix
 * @property {string} zone
 * @property {Words} name
 * @property {number|null} target_minutes
 * @property {boolean} kiosk
 * @property {string[]} classes
 * @property {boolean} open
 * @property {string|null} reason
 * @property {ReasonDetail} reason_detail
 * @property {number} waiting
 * @property {Range|null} estimate
 * @property {Record<string, number>} quota
 * @property {number|null} quota_total
 * @property {Record<string, number>} quota_reserved
 * @property {Record<string, number|null>} quota_left  what each class can still take
 * @property {number|null} quota_total_left
 * @property {string|null} numbers_again_at  where a class is full: when numbers begin anew
 * @property {Record<string, string[]>|null} requirements
 * @property {Words|null} cost
 * @property {string[]} outcomes
 * @property {string[]} next
 * @property {string[]|null} days
 * @property {Record<string, string[]>|null} hours
 *
 * @typedef {object} Counter
 * @property {string} id
 * @property {string} name
 * @property {string} tile  what stands in its tile: "5" of a "Loket 5", else the whole name
 * @property {string} agency
 * @property {string} zone
 * @property {string[]} services
 * @property {boolean} open
 *
 * @typedef {object} Former  a service that the site file no longer has
 * @property {string} id
 * @property {string} agency
 * @property {string} agency_name
 * @property {string} prefix
 * @property {Words} name
 * @property {number|null} target_minutes
 * @property {null} zone
 * @property {string[]} classes
 * @property {null} requirements
 *
 * @typedef {object} SiteInfo
 * @property {string} id
 * @property {string} name
 * @property {string} short_name
 * @property {string} owner
 * @property {string} address
 * @property {string} timezone
 * @property {string} timezone_name  its short name now: WIB, WITA or WIT
 * @property {string[]} languages
 * @property {boolean} demo
 * @property {string} day
 * @property {string} now
 * @property {number|string} epoch  names one history; a restored backup begins another
 * @property {number} revision
 * @property {{farthest_viewer_m: number, screen_inches: number, zones: string[], recent_per_zone: number}} wall  recent_per_zone: of a board's `recent`, at most
 * @property {{recalls: number, return_within_minutes: number}} missed_call
 * @property {Record<string, number>} order
 * @property {boolean} finish_on_next  calling the next visitor finishes the one being served
 * @property {Record<string, string[]>|"always"} hours
 * @property {number} cutoff_minutes
 * @property {Agency[]} agencies
 * @property {Service[]} services
 * @property {Former[]} former
 * @property {Counter[]} counters
 *
 * @typedef {object} PageData  what every page carries; a page adds its own
 * @property {string} build
 * @property {string} lang
 * @property {string[]} langs
 * @property {Record<string, Record<string, string>>} texts
 * @property {SiteInfo|null} site
 * @property {string} now
 */

export {};
