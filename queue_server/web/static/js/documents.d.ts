/** The documents that the server tells, from `queue_server/documents`. Made by `make types`: types only. */

/** The account that is signed in. */
export interface Account {
  id: string;
  username: string;
  name: string;
  roles: Role[];
  /** may have a counter open */
  works: boolean;
  /** may act at somebody else's counter */
  oversees: boolean;
  /** may close, reopen and open a service day at its sites */
  runs_day: boolean;
  /** may see to accounts */
  manages: boolean;
  /** may look at them */
  sees_accounts: boolean;
  /** what it chooses from after signing in */
  picks: ("halls" | "counters" | "front_desks")[];
  /** all that it may act at */
  sites: string[];
  /** none: of every agency */
  agencies: string[];
  /** where it helps out until the day closes */
  lent: LentTo[];
}

/** All that the caller may see to, by name. */
export interface Accounts {
  accounts: Managed[];
}

/** A supervisor sees to it. */
export interface Acknowledged {
  /** their name */
  by: string | null;
  at: string;
}

/** Something to see to, from ``at`` on: a document may tell of it ahead. */
export interface Alarm {
  class: Class | null;
  /** the same for the same trouble, as long as it lasts */
  id: string;
  kind: "help" | "over_target" | "stuck_call" | "nobody_open" | "unstaffed" | "device" | "break_over" | "left_open" | "wait_over" | "idle" | "out_of_order" | "quota";
  at: string;
  since: string | null;
  counter: string | null;
  service: string | null;
  left: number | null;
  quota: number | null;
  device: string | null;
  /** what the device was called when it was added */
  name: string | null;
  screen: "kiosk" | "wall" | "counter" | null;
  /** of a device */
  fault: "dead" | "mute" | null;
  /** who should sit at the counter, by the roster */
  person: string | null;
  /** of a call: whose; of calls out of order, whose was the last */
  number: string | null;
  /** of a device, a wait: how many seconds; of calls: how many */
  value: number | null;
  limit: number | null;
  /** how bad it is; one more whenever its time has doubled */
  level: number;
  /** who sees to it; null again once it is worse than they knew */
  acknowledged: Acknowledged | null;
}

export type Alarms = Alarm[];

/** One that was set aside or missed, in the lists of a counter. */
export interface AsideTicket {
  class: Class;
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  id: string;
  number: string;
  site: string;
  service: string;
  /** that came with it */
  people: number;
  state: State;
  issued_at: string;
  /** when it came into its state: for one that is called, when that was */
  since: string;
  /** by whomever it was called first */
  called_at: string | null;
  counter: string | null;
  /** how often the last counter that called it did so; 0: never */
  calls: number;
  ahead: number | null;
  estimate: Estimate | null;
  /** booked, and here before that: not called earlier; null from then on */
  callable_from: string | null;
  /** who was missed, or fetches missing papers, and is back by then, keeps their place */
  return_until: string | null;
  /** the papers that were found missing last */
  missing: SitePaper[];
  /** it ended, for its holder has a place on another day */
  carried: KeptPlace | null;
  served_at: string | null;
  /** the visitor asked to be guided to the counter; for staff alone */
  escort: boolean;
  /** the counter that a transfer wished for */
  wish: string | null;
  target_s: number | null;
  /** what can be done with it at that counter now */
  can: Verb[];
}

/** Somebody wants an enrolled screen to do something where it stands; an occurrence, told once. */
export interface Ask {
  id: number;
  act: "reload" | "identify" | "test" | "revoked";
  test: "sound" | "picture" | "clock" | "network" | null;
}

/** On a weekday in an hour. */
export interface AskedCell {
  weekday: number;
  hour: number;
  issued: number;
  refused: number;
}

/** In the hour that begins so. */
export interface AskedHour {
  asked: number;
  issued: number;
  refused: number;
  refused_quota: number;
  refused_closed: number;
  refused_interruption: number;
  hour: number;
}

/** One of the nine, in one language; that of the cost is there for each scale that may be asked. */
export interface AskedQuestion {
  key: "requirements" | "procedure" | "time" | "cost" | "product" | "competence" | "conduct" | "complaints" | "facilities";
  scale: "paid" | "free" | null;
  ask: string;
  /** four, from the worst to the best */
  answers: string[];
}

/** Of one service. */
export interface AskedService {
  asked: number;
  issued: number;
  refused: number;
  refused_quota: number;
  refused_closed: number;
  refused_interruption: number;
  id: string;
  agency: string;
  name: Words;
}

/** On a weekday (0 is Monday); ``days``: of the period on which anybody asked. */
export interface AskedWeekday {
  asked: number;
  issued: number;
  refused: number;
  refused_quota: number;
  refused_closed: number;
  refused_interruption: number;
  weekday: number;
  days: number;
}

/** A page of it, the latest first; ``next``: where to go on (``before``), null at the end. */
export interface Audit {
  entries: AuditEntry[];
  /** those of the entries' days that are over */
  seals: DaySeal[];
  next: string | null;
  /** how far back was looked, where there is more */
  looked_until: string | null;
}

/** An act: who did what, when, where, why. A refused sign-in is no event: a count of an hour, without a place. */
export interface AuditEntry {
  at: string;
  /** the service day; of what the whole server did the date at the site */
  day: string;
  kind: string;
  epoch: number | null;
  revision: number | null;
  n: number | null;
  /** the name of whoever did it; null: nobody known, visitor or clock */
  who: string | null;
  who_id: string | null;
  /** what did it; null: the release of that time did not say, or nobody known */
  what: "account" | "kiosk" | "display" | "visitor" | "system" | null;
  /** those that the account had then */
  roles: Role[];
  /** whose work it counts as, if somebody else's */
  officer: string | null;
  /** the account that something was done to */
  about: string | null;
  number: string | null;
  service: string | null;
  service_name: string | null;
  counter: string | null;
  counter_name: string | null;
  device: string | null;
  address: string | null;
  browser: string | null;
  reason_code: string | null;
  reason: string | null;
  /** a note was written, which is opened by number and not told here */
  noted: boolean;
  before: Record<string, any> | null;
  after: Record<string, any> | null;
  count?: number;
  /** the clock of that moment was not to be believed */
  clock_suspect: boolean;
}

/** The record, which stands in the page itself. */
export interface AuditPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/** The heartbeat. */
export interface Beat {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  last_call: number;
  now: string;
  build: string;
}

/** What a wall shows. */
export interface Board {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  last_call: number;
  now: string;
  counters: BoardCounter[];
  /** newest first, each number once */
  recent: Call[];
  services: BoardService[];
  interruptions: Interruption[];
  /** that are not over, in the order in which they are told */
  notices: Notice[];
  /** places that are kept on days to come */
  carried: KeptPlaces[];
}

/** What a counter does now. */
export interface BoardCounter {
  id: string;
  name: string;
  open: boolean;
  state: Standing;
  number: string | null;
  /** because of which it cannot work */
  interruption: string | null;
  /** of a break: when the officer means to be back */
  until: string | null;
}

/** How many wait for a service. */
export interface BoardService {
  id: string;
  name: string;
  prefix: string;
  waiting: number;
  /** waiting counts numbers; a group's number is one */
  people_waiting: number;
  open: boolean;
  estimate: Estimate | null;
}

/** What can be booked stands in the page itself; ``hall``: its id. */
export interface BookPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  hall: string;
  site: null;
  found: Slots | null;
}

/** One booked place; ``number``: of whoever came with it. */
export interface Booked {
  id: string;
  service: string;
  slot: string;
  people: number;
  state: BookingState;
  late: boolean;
  number: string | null;
  /** booked on the hall's own page, not by a list */
  own: boolean;
  /** of such a one: it was said the day before that somebody will come */
  confirmed: boolean;
  /** of such a one: why it was given back */
  ended: Ended | null;
  /** expected, but the service is not given at that time any more */
  gone: boolean;
}

/** Where a booking stands. */
export type BookingState = "booked" | "checked_in" | "missed" | "cancelled";

/** A day's bookings within the reader's agencies, in the order of their times. */
export interface Bookings {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  day: string;
  services: BookingsOfService[];
  bookings: Booked[];
}

/** One service's. */
export interface BookingsOfService {
  /** all but those given back */
  booked: number;
  /** with those who came too late and were let in */
  came: number;
  came_late: number;
  /** their time was over, and nobody came */
  missed: number;
  /** cancelled before their time */
  given_back: number;
  /** still expected */
  to_come: number;
  service: string;
  /** in the bookings that were not given back */
  people: number;
  /** how many the class may have that day; null: no limit */
  quota: number | null;
}

/** A day's booked places, which stand in the page itself. */
export interface BookingsPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/** The break that a counter's officer is on. */
export interface Break {
  since: string;
  /** when the officer means to be back */
  until: string | null;
  reason: "rest" | "meal" | "prayer" | "other";
}

/** One occurrence: a number is called to a counter. Announced once, never replaced. */
export interface Call {
  epoch: number;
  revision: number;
  /** revision of the call before this one; 0: there was none */
  previous: number;
  number: string;
  counter: string;
  counter_name: string;
  service: string;
  kind: "call" | "recall";
  called_at: string;
  expires_at: string;
  clips: Clips;
}

/** A time that the number was announced; ``taken_back``: it was undone. */
export interface CallOfTicket {
  at: string;
  kind: "call" | "recall";
  counter: string | null;
  taken_back: boolean;
}

/** Today's calls after a revision, oldest first. */
export interface Calls {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  last_call: number;
  calls: Call[];
}

/** The number that its holder had on an earlier day. */
export interface CarriedFrom {
  day: string;
  number: string;
}

/** The places that are kept by giving up for the day, or would be now. */
export interface CarryOver {
  places: KeptPlaces[];
  numbers: number;
  people: number;
}

export type Class = "priority" | "regular" | "booked";

/** Another class; never why. */
export interface ClassChange {
  at: string;
  was: Class;
  to: Class;
}

/** Names of the voice clips of a call: the whole announcement, and number and counter only. */
export interface Clips {
  id: string[];
  id_short: string[];
}

/** A quarter whose figures are frozen. */
export interface ClosedQuarter {
  quarter: string;
  version: number;
  closed_at: string;
  result: Ikm;
}

/** Every reason for which a request is not carried out; the web layer maps each to one HTTP status. */
export type Code = "idempotency_key_missing" | "idempotency_key_reused" | "reply_forgotten" | "service_closed" |
  "quota_full" | "service_interrupted" | "already_interrupted" | "day_closed" | "not_interrupted" | "nobody_waiting" |
  "no_next_day" | "not_at_kiosk" | "class_not_offered" | "group_too_large" | "counter_taken" | "counter_busy" |
  "counter_closed" | "counter_on_break" | "last_counter" | "reason_missing" | "officer_busy" | "not_your_counter" |
  "no_counter" | "illegal_transition" | "other_officer" | "other_number" | "unknown_number" | "unknown_service" |
  "unknown_counter" | "unknown_outcome" | "unknown_paper" | "unknown_booking" | "booking_cancelled" | "slot_full" |
  "slot_gone" | "bookings_held" | "too_early" | "too_late" | "already_answered" | "not_finished" | "not_found" |
  "unauthorized" | "login_failed" | "wrong_password" | "wrong_code" | "password_short" | "password_common" |
  "username_taken" | "last_admin" | "account_changed" | "forbidden" | "bad_origin" | "method_not_allowed" |
  "payload_too_large" | "unsupported_media_type" | "broken_json" | "invalid" | "structure_changed" | "roster_changed" |
  "targets_changed" | "districts_changed" | "notice_changed" | "notices_full" | "media_changed" | "media_full" |
  "too_many_requests" | "busy" | "storage_full" | "keys_unwritable" | "storage_corrupt" | "internal";

/** The one who comes to a counter that asked for help, and since when that is known. */
export interface Coming {
  by: string | null;
  at: string;
}

/** Halls beside one another, which stand in the page itself. */
export interface ComparePage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
  account: Account;
}

/** The halls in the period before. */
export interface ComparedBefore {
  from: string;
  to: string;
  sites: ComparedSite[];
}

/** One hall; ``targets``: its own, that hold on the period's last day. */
export interface ComparedSite {
  site: string;
  name: string;
  days: number;
  totals: Measured;
  targets: JudgedTarget[];
}

/** Halls beside one another, within the reader's agencies. */
export interface Comparison {
  from: string;
  to: string;
  made_at: string;
  filters: Filters;
  sites: ComparedSite[];
  previous: ComparedBefore;
}

/** The register of complaints: counts alone, the latest months first. */
export interface Complaints {
  site: string;
  totals: ComplaintsTotal;
  complaints: ComplaintsLine[];
}

/** Of those that came in a month by one way; ``agency``: whose they are, null: the hall's. */
export interface ComplaintsLine {
  month: string;
  channel: "desk" | "lapor" | "phone" | "letter" | "online";
  agency: string | null;
  received: number;
  in_work: number;
  done: number;
  at: string;
}

/** All of them together. */
export interface ComplaintsTotal {
  received: number;
  in_work: number;
  done: number;
}

/** What was put right of a day afterwards, when last, and how many things. */
export interface Corrected {
  day: string;
  at: string;
  why: "paper" | "date" | "reopening" | "restore" | "interruption";
  n: number;
}

/** The counter of the display. */
export interface CounterDisplayPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  counter: string;
  here: ShownCounter;
}

/** A closed day's digest, hexadecimal; of a day that a supervisor went back to there are several. */
export interface DaySeal {
  day: string;
  digest: string;
  /** so many it covers */
  events: number;
  at: string;
}

/** A day on which there are slots; ``left``: places in all of them. */
export interface DayWithSlots {
  date: string;
  left: number;
}

/** What a measure is: its unit, how it is reckoned, and which rule or law asks for it, in words. */
export interface Definition {
  unit: "count" | "seconds" | "share";
  title: Words;
  formula: Words;
  source: Words;
}

/** Of every measure, under its name. */
export interface Definitions {
  issued: Definition;
  called: Definition;
  begun: Definition;
  served: Definition;
  people: Definition;
  no_show: Definition;
  no_show_share: Definition;
  given_up: Definition;
  papers: Definition;
  carried: Definition;
  refused: Definition;
  refused_quota: Definition;
  refused_closed: Definition;
  refused_interruption: Definition;
  missing: Definition;
  waits: Definition;
  wait_p50_s: Definition;
  wait_p90_s: Definition;
  wait_in_promise: Definition;
  wait_in_promise_without: Definition;
  walk_p50_s: Definition;
  walk_p90_s: Definition;
  service_p50_s: Definition;
  service_p90_s: Definition;
  service_s: Definition;
  service_in_promise: Definition;
  service_in_promise_without: Definition;
  hold_s: Definition;
  wait_left_out_s: Definition;
  left_out_s: Definition;
  open_s: Definition;
  break_s: Definition;
  idle_s: Definition;
  utilisation: Definition;
  overtaken: Definition;
  overtook: Definition;
  booked: Definition;
  came: Definition;
  came_late: Definition;
  missed: Definition;
  given_back: Definition;
  foretold: Definition;
  as_told: Definition;
}

/** The study of need of a period; ``summary``: the same in sentences, made of these figures by fixed rules. */
export interface Demand {
  from: string;
  site: string;
  name: string;
  to: string;
  days: number;
  made_at: string;
  filters: Filters;
  totals: Requested;
  services: AskedService[];
  hours: AskedHour[];
  weekdays: AskedWeekday[];
  cells: AskedCell[];
  origins: OriginsTold;
  districts: Districts;
  /** by language */
  summary: Record<string, string[]>;
}

/** One of the demo's people, for whoever tries it. */
export interface DemoAccount {
  username: string;
  password: string;
  roles: Role[];
  name: string;
  site: string;
  agency: string;
  counter?: string;
  /** where it goes after signing in */
  page: string;
}

/** What an officer needs at one glance. */
export interface Desk {
  break: Break | null;
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  counter: string;
  open: boolean;
  /** the name of whoever has it open */
  officer: string | null;
  /** whose account that is: two may bear one name */
  officer_id: string | null;
  ticket: DeskTicket | null;
  since: string | null;
  waiting: DeskWaiting[];
  upcoming: Upcoming[];
  /** of its services, whose time comes first; not in `waiting` */
  early: Early[];
  held: HeldTicket[];
  no_shows: AsideTicket[];
  /** by whoever has the counter open, or may open a closed one */
  can: Verb[];
  /** by a supervisor, while somebody else has the counter open */
  overseer_can: Verb[];
  /** by any officer, while somebody else has the counter open */
  colleague_can: Verb[];
  undo_until: string | null;
  /** whose call or transfer that is */
  undo_number: string | null;
  /** seconds until then, when the document was written */
  undo_left_s: number | null;
  recalls: number;
  /** about the visitor there; null: there are some, told to the officer alone */
  notes: Note[] | null;
  help: Help | null;
  /** how long a break may last that begins now, or has begun */
  break_longest_s: number;
  /** of whoever has the counter open */
  mine: Mine;
  /** of the counter, or of what it serves */
  interruptions: Interruption[];
  overseen: Overseen | null;
  /** people wait within hours: whoever closes it says why */
  close_reason: boolean;
  /** why nobody can come to this counter any more today */
  shut: string | null;
  /** only where a key was asked for: was its request carried out? */
  recorded?: boolean;
}

/** The desk, and the day of the officer who looks. */
export interface DeskPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  counter: string;
  desk: Desk;
  officer: Account;
  mine: Mine;
  /** where the officer sits today, by the rosters */
  sits: Sitting[];
}

/** A ticket as its officer sees it: no token, no link. */
export interface DeskTicket {
  class: Class;
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  id: string;
  number: string;
  site: string;
  service: string;
  /** that came with it */
  people: number;
  state: State;
  issued_at: string;
  /** when it came into its state: for one that is called, when that was */
  since: string;
  /** by whomever it was called first */
  called_at: string | null;
  counter: string | null;
  /** how often the last counter that called it did so; 0: never */
  calls: number;
  ahead: number | null;
  estimate: Estimate | null;
  /** booked, and here before that: not called earlier; null from then on */
  callable_from: string | null;
  /** who was missed, or fetches missing papers, and is back by then, keeps their place */
  return_until: string | null;
  /** the papers that were found missing last */
  missing: SitePaper[];
  /** it ended, for its holder has a place on another day */
  carried: KeptPlace | null;
  served_at: string | null;
  /** the visitor asked to be guided to the counter; for staff alone */
  escort: boolean;
  /** the counter that a transfer wished for */
  wish: string | null;
  target_s: number | null;
}

/** One of the counter's services. */
export interface DeskWaiting {
  service: string;
  count: number;
  longest_wait_s: number;
}

/** What a device's token or cookie stands for now. */
export interface Device {
  kind: "kiosk" | "display" | null;
  site: string | null;
}

export type Devices = Registered[];

/** The register of devices, which stands in the page itself. */
export interface DevicesPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/** What an office wrote down of a kecamatan; null: not known. ``distance_km``: by road, to the hall. */
export interface District {
  id: string;
  name: string;
  distance_km: number | null;
  /** inhabitants */
  population: number | null;
}

/** All of the site's; ``at``: when it was written down, null: never. The version is what a change is based on. */
export interface Districts {
  site: string;
  version: string;
  at: string | null;
  source: string | null;
  year: number | null;
  districts: District[];
}

/** When one who has booked comes in time. */
export interface DoorRule {
  from: string;
  until: string;
}

/** What works, but will trouble somebody. */
export interface Doubt {
  key: string;
  reason: string;
}

/** One who has booked, came early, and sits beside the line: nobody is to call them before their time. */
export interface Early {
  number: string;
  service: string;
  callable_from: string;
}

/** One of the nine. */
export interface ElementIndex {
  key: "requirements" | "procedure" | "time" | "cost" | "product" | "competence" | "conduct" | "complaints" | "facilities";
  n: number;
  /** the mean of 1 to 4 (nilai rata-rata), for the eye: two decimals */
  nrr: number | null;
  /** rounded once, half up, to two decimals; null: not told */
  index: number | null;
  letter: "A" | "B" | "C" | "D" | null;
  /** who left this question out, of all who began */
  skipped: number;
}

/** Why a place of the hall's own page was given back. */
export type Ended = "holder" | "unconfirmed";

/** As what a screen is enrolled. */
export interface Enrolled {
  id: string;
  name: string;
  kind: "kiosk" | "display";
  site: string;
}

/** The one shape of an error. */
export interface Error {
  error: ErrorBody;
}

/** What went wrong. */
export interface ErrorBody {
  code: Code;
  message: string;
  details?: ErrorDetails;
}

/** What a page may need to know of a refusal; which of it is there depends on the code. */
export interface ErrorDetails {
  class?: Class;
  /** when the hall lets one in */
  from?: string;
  /** of what was sent */
  field?: string;
  /** what is wrong with it, in the words of the validation */
  problem?: string;
  reason?: string;
  service?: string;
  /** that nobody would call from */
  services?: string[];
  /** how many would be left waiting */
  waiting?: number;
  site?: string;
  counter?: string;
  number?: string;
  /** what is not done to a ticket in this state */
  action?: string;
  /** of the ticket; null: there is none */
  state?: string | null;
  /** when numbers are given again */
  opens_at?: string;
  since?: string;
  until?: string;
  holiday?: string;
  /** the one that lasts already */
  interruption?: string;
  hours_today?: boolean;
  counters_open?: number;
  /** numbers that can still be given */
  left?: number;
  /** for how many a number was asked */
  people?: number;
  /** for how many one may be given */
  most?: number;
  /** the date that the server would go by */
  clock?: string;
  retry_after_s?: number;
  /** how many it is at least */
  limit?: number;
  /** what somebody else has changed meanwhile, in the structure */
  paths?: string[];
  /** the version of the structure that holds */
  version?: number;
  /** the time that was booked */
  slot?: string;
  rule?: DoorRule;
  /** the classes of which a number can be taken, and front_desk */
  alternatives?: string[];
  /** how many problems there are, if not all are listed */
  total?: number;
  /** everything that is wrong with what was sent */
  problems?: Problem[];
}

/** A wait in seconds, as a range: right four times in five. */
export interface Estimate {
  low_s: number;
  high_s: number;
  /** the same in whole minutes, rounded outwards */
  minutes: [number, number];
  /** as people are told it: edges, in minutes, of the fewest boxes that hold it; null: none */
  boxes: [number | null, number | null];
}

/** Minutes within which nine of ten who wait now are called, from when they came. */
export interface Expected {
  /** if nothing is done */
  before: number;
  /** if it is done */
  after: number;
}

/** A service's visitors of one day: how often they were overtaken, and how often they overtook. */
export interface FairnessDay {
  day: string;
  service: string;
  /** what the service was called on that day */
  name: Words;
  overtakes: Overtakes;
  /** of those suffered: by a turn that the wheels did not give */
  out_of_order: number;
}

/** How often somebody was called before one who had come earlier; a pair of visitors counts once a day. */
export interface FairnessReport {
  from: string;
  site: string;
  to: string;
  agency: string | null;
  service: string | null;
  made_at: string;
  /** on which anything is recorded */
  days: number;
  overtakes: Overtakes;
  out_of_order: number;
  /** who were overtaken at least once */
  visitors: number;
  /** how often the one was that was overtaken most */
  most: number;
  rows: FairnessDay[];
  /** oldest first */
  calls: TurnOutOfOrder[];
}

/** What the figures are limited to; null: to nothing. */
export interface Filters {
  class: string | null;
  agency: string | null;
  service: string | null;
  counter: string | null;
  weekday: number | null;
  hour: number | null;
  segment: string | null;
  outcome: string | null;
}

/** What is done about an element. */
export interface Followup {
  id: string;
  period: string;
  element: "requirements" | "procedure" | "time" | "cost" | "product" | "competence" | "conduct" | "complaints" | "facilities";
  act: string;
  /** an office or a post, never a person */
  who: string;
  due: string;
  agency: string | null;
  done: string | null;
  proof: string | null;
  state: "planned" | "late" | "done";
}

/** The register of follow-up, the latest period first. */
export interface Followups {
  site: string;
  followups: Followup[];
}

/** An hour of the day; ``expected``: how many come in it on the same weekdays, null where too few are known. */
export interface ForecastHour {
  hour: number;
  expected: number | null;
  arrived: number;
}

/** A page of the tickets that fit, the newest first; ``total``: how many fit. */
export interface FoundTickets {
  tickets: DeskTicket[];
  total: number;
}

/** The front desk: what was found stands in the page itself. */
export interface FrontDeskPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/** What a screen says of itself when it connects; the rooms that it may hear are the server's choice. */
export interface Greeting {
  screen: "wall" | "counter" | "device" | "supervisor" | "overview" | "desk" | "phone";
  /** of all but phones, whose ticket knows it */
  site?: string;
  /** of an officer's page and a counter's display */
  counter?: string;
  /** of a wall that shows one zone */
  zone?: string | null;
  /** of a phone: the secret in its ticket's link */
  token?: string;
}

/** A guide for staff, which stands in the page itself. */
export interface GuidePage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
  guide: string;
}

/** A whole site at one glance, for its supervisors. */
export interface Hall {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  now: string;
  day: string | null;
  day_closed: boolean;
  /** numbers are given until then, whatever hours and calendar say */
  open_until: string | null;
  counters: HallCounter[];
  services: HallService[];
  interruptions: Interruption[];
  /** places that are kept on days to come */
  carried: KeptPlaces[];
  /** the latest first */
  set_today: SetToday[];
  /** the hours in which anybody comes, or usually does */
  forecast: ForecastHour[];
  alarms: Alarm[];
}

/** A counter, as a supervisor sees it; ``waiting``: people for any of its services. */
export interface HallCounter {
  id: string;
  name: string;
  /** the name of whoever has it open */
  officer: string | null;
  open: boolean;
  state: Standing;
  number: string | null;
  service: string | null;
  /** when the number was called, its service or the break began */
  since: string | null;
  /** of a break: when the officer means to be back */
  until: string | null;
  target_s: number | null;
  waiting: number;
  /** because of which it cannot work */
  interruption: string | null;
  /** of a closed one: that people waited for its services, and why */
  left: Left | null;
}

/** The first run is over: the hall's id, and where its administrator goes on once the server serves it. */
export interface HallMade {
  site: string;
  path: string;
}

/**
 * A service, as a supervisor sees it; ``first``: the earliest issue among those who wait. ``former``: the site file no
 * longer has it, and no counter's queue; who waits is called by number.
 */
export interface HallService {
  /** here before their booked time, and not among those who wait */
  early: number;
  /** null: none was made, and none can be */
  bookings: Went | null;
  id: string;
  name: string;
  former: boolean;
  open: boolean;
  reason: string | null;
  counters_open: number;
  waiting: number;
  /** waiting counts numbers; a group's number is one */
  people_waiting: number;
  first: string | null;
  estimate: Estimate | null;
  /** because of which one may wait longer */
  interruption: string | null;
}

/** What came of one that was taken. */
export interface Happened {
  /** whether the record has it that the counter did so, or another served */
  done: boolean;
  /** how many of those who waited then have been called */
  called: number;
  of: number;
  /** within which nine of ten of them were called; null while somebody still waits */
  minutes: number | null;
}

export type Health = HealthEntry[];

/** One finding; of those that are well there is nothing to do. */
export interface HealthEntry {
  /** the question that found it */
  id: string;
  level: "ok" | "warn" | "bad";
  what: string;
  /** when the running server found it first */
  since: string | null;
  todo: string;
  /** the name of what is said, for other languages; empty if all is well */
  text: string;
  /** its values; `site`: the one hall that it concerns */
  about: Record<string, string | number>;
  /** that puts it right, typed on the server */
  command: string | null;
}

/** The doctor's findings, which stand in the page itself. */
export interface HealthPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
  account: Account;
}

/** One that its officer has set aside. */
export interface HeldTicket {
  class: Class;
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  id: string;
  number: string;
  site: string;
  service: string;
  /** that came with it */
  people: number;
  state: State;
  issued_at: string;
  /** when it came into its state: for one that is called, when that was */
  since: string;
  /** by whomever it was called first */
  called_at: string | null;
  counter: string | null;
  /** how often the last counter that called it did so; 0: never */
  calls: number;
  ahead: number | null;
  estimate: Estimate | null;
  /** booked, and here before that: not called earlier; null from then on */
  callable_from: string | null;
  /** who was missed, or fetches missing papers, and is back by then, keeps their place */
  return_until: string | null;
  /** the papers that were found missing last */
  missing: SitePaper[];
  /** it ended, for its holder has a place on another day */
  carried: KeptPlace | null;
  served_at: string | null;
  /** the visitor asked to be guided to the counter; for staff alone */
  escort: boolean;
  /** the counter that a transfer wished for */
  wish: string | null;
  target_s: number | null;
  /** what can be done with it at that counter now */
  can: Verb[];
  held_at: string;
}

/** A counter's officer has asked for help; told to staff alone. */
export interface Help {
  id: string;
  counter: string;
  since: string;
  /** who comes; null: nobody has said so */
  acknowledged: Coming | null;
}

/** The choice of screens. */
export interface HomePage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
  account: Account | null;
  demo_accounts: DemoAccount[];
}

/** How it was reckoned: the hall was played on so many times, each time with the same people and the same luck. */
export interface How {
  plays: number;
  /** of the plays that ended within `within_percent` of `after` */
  near_percent: number;
  within_percent: number;
  /** what one person of the service takes, of late and before */
  minutes_each: number;
  /** for how long a closed counter was opened in them */
  opened_minutes: number | null;
}

/** The index of a hall, of one of its agencies or services, or of several halls (``site`` null). */
export interface Ikm {
  /** rounded once, half up, to two decimals; null: not told */
  ikm: number | null;
  letter: "A" | "B" | "C" | "D" | null;
  /** respondents: who answered all nine */
  n: number;
  /** who answered fewer; in no index */
  n_incomplete: number;
  /** fewer than ten, or another figure would show such a one */
  withheld: boolean;
  site: string | null;
  agency: string | null;
  service: string | null;
  period: Period;
  /** of the frozen quarter; 0: worked out now from the same answers */
  version: number;
  /** of all respondents together; the letter is that of this one */
  pooled: number | null;
  /** the simple mean of the units that are told */
  mean_of_units: number | null;
  units: Unit[];
  elements: ElementIndex[];
  /** of each element, exactly */
  weight: "1/9";
  /** in which words the cost was asked about */
  cost_scale: "paid" | "free" | "both" | null;
}

/** What a file changed; ``doubled``: lines that stood there twice; ``ignored``: sheets that are no list. */
export interface ImportedBookings {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  lists: OfList[];
  doubled: number;
  ignored: string[];
}

/** Something that cannot work; it lasts. */
export interface Interruption {
  id: string;
  scope: InterruptionScope;
  reason: "power" | "network" | "central_system" | "equipment" | "staff" | "other";
  /** in staff's own words, for everybody */
  notice: string | null;
  since: string;
  /** what is announced; it ends nothing */
  until: string | null;
  /** whether numbers are given: as ever, with a warning, or not at all */
  issuing: "go_on" | "warn" | "stop";
  /** a supervisor stands for it */
  confirmed: boolean;
  /** a supervisor looked at it, and does not stand for it */
  rejected: boolean;
}

/** What it concerns: one of the three, or none for the whole site. */
export interface InterruptionScope {
  agency?: string;
  service?: string;
  counter?: string;
}

/** A site's interruptions from one day to another, the latest first. */
export interface Interruptions {
  site: string;
  interruptions: PastInterruption[];
}

/** One that holds on the last day of a period; ``met``: by the period's figure, null: there is none. */
export interface JudgedTarget {
  from: string;
  measure: string;
  value: number | null;
  at: string;
  met: boolean | null;
}

/** One as those who write them see it. */
export interface KeptNotice {
  from: string;
  id: string;
  /** one line by language; who has none of their own reads id */
  text: Words;
  where: ("wall" | "kiosk" | "phone" | "public")[];
  /** of the hall on whose walls it stands; empty: on all */
  zones: string[];
  /** whose it is; null: the whole hall's */
  agency: string | null;
  /** null: until somebody ends it */
  until: string | null;
  /** told before all else, in every place */
  urgent: boolean;
  /** a change says which it is based on */
  version: number;
  state: "running" | "planned" | "over";
  /** who left it so, by name */
  by: string | null;
  at: string;
  /** the reader may change and end it */
  can: boolean;
}

/** The place of one whose number ended. */
export interface KeptPlace {
  day: string;
  number: string;
  /** when it is let in; null: it was, or nobody knows yet */
  callable_from: string | null;
}

/** The places of a service on a day: how many numbers, and people with them. */
export interface KeptPlaces {
  service: string;
  day: string;
  /** when they are let in, ahead of everybody else */
  opens_at: string;
  numbers: number;
  people: number;
  /** the day on which they waited in vain */
  since: string;
}

/** Whether this browser may give numbers. */
export interface KioskPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  /** its words, by what they follow from: the classes of a service with their weights */
  orders: Record<string, Words>;
  enrolled: boolean;
}

/** The last test that somebody asked for from afar. */
export interface LastTest {
  at: string;
  kind: "sound" | "picture" | "clock" | "network";
  /** null: it has not answered */
  ok: boolean | null;
  /** clock: s ahead; network: ms; picture: pictures a second */
  value: number | null;
}

/** How a counter was closed while people waited for its services. */
export interface Left {
  at: string;
  /** the name of who closed it */
  by: string | null;
  /** how many waited for its services then */
  waiting: number;
  /** in their words; null once it was purged */
  reason: string | null;
  /** the reason as a word of the published list, which is kept; null: in words of one's own, if any */
  reason_code: ReasonCode | null;
}

/** An account that helps out at an agency's counters until the day closes; ``by`` whom it was lent. */
export interface Lending {
  account: string;
  name: string;
  agency: string;
  by: string | null;
  by_id: string;
  at: string;
}

/** Those of a site that the reader may see, the oldest first. */
export interface Lendings {
  lendings: Lending[];
}

/** An agency at whose counters an account helps out until the day closes. */
export interface LentTo {
  site: string;
  agency: string;
}

/** Where to go after signing in; who is signed in already. */
export interface LoginPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
  next: string | null;
  account: Account | null;
  /** a session ended: how many an account may have, which may be why */
  over: number | null;
}

/** An account, without a secret. */
export interface Managed {
  id: string;
  username: string;
  name: string;
  roles: Role[];
  /** none: all, tomorrow's too */
  sites: string[];
  /** none: all */
  agencies: string[];
  /** an agency's id, or pemda; null: not said */
  organisation: string | null;
  disabled_at: string | null;
  /** how many it has now */
  sessions: number;
  /** what a change is based on */
  version: number;
  /** where it helps out until the day closes */
  lent: LentTo[];
}

/** One's own account. */
export interface Me {
  id: string;
  username: string;
  name: string;
  roles: Role[];
  /** none: all, tomorrow's too */
  sites: string[];
  /** none: all */
  agencies: string[];
  organisation: string | null;
  /** where it helps out until the day closes */
  lent: LentTo[];
  /** where it sits today, by the rosters */
  sits: Sitting[];
}

/** Every measure; null: there is none, or such rows cannot have it. Times in whole seconds, shares from 0 to 1. */
export interface Measured {
  issued: number | null;
  called: number | null;
  begun: number | null;
  served: number | null;
  people: number | null;
  no_show: number | null;
  no_show_share: number | null;
  given_up: number | null;
  papers: number | null;
  carried: number | null;
  refused: number | null;
  refused_quota: number | null;
  refused_closed: number | null;
  refused_interruption: number | null;
  missing: number | null;
  waits: number | null;
  wait_p50_s: number | null;
  wait_p90_s: number | null;
  wait_in_promise: number | null;
  wait_in_promise_without: number | null;
  walk_p50_s: number | null;
  walk_p90_s: number | null;
  service_p50_s: number | null;
  service_p90_s: number | null;
  service_s: number | null;
  service_in_promise: number | null;
  service_in_promise_without: number | null;
  hold_s: number | null;
  wait_left_out_s: number | null;
  left_out_s: number | null;
  open_s: number | null;
  break_s: number | null;
  idle_s: number | null;
  utilisation: number | null;
  overtaken: number | null;
  overtook: number | null;
  booked: number | null;
  came: number | null;
  came_late: number | null;
  missed: number | null;
  given_back: number | null;
  foretold: number | null;
  as_told: number | null;
}

/** A site's pictures and playlist, for those who see to them. */
export interface Media {
  site: string;
  /** of the playlist: a change says which it is based on; 0: none was set */
  version: number;
  playlist: MediaTurn[];
  /** the oldest first */
  pictures: MediaPicture[];
  /** that all but the videos take */
  bytes: number;
  most_bytes: number;
  /** that all videos take */
  video_bytes: number;
  most_video_bytes: number;
  /** pictures that there may be */
  most: number;
}

/** The pictures and their order, which stand in the page itself. */
export interface MediaPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/** A picture or video, as it was encoded anew. */
export interface MediaPicture {
  id: string;
  url: string;
  /** its film; null: a picture that does not move */
  video: string | null;
  /** that the film lasts; 0: none */
  seconds: number;
  /** whether anything is heard in it */
  sound: boolean;
  name: string;
  bytes: number;
  width: number;
  height: number;
  /** who added it, by name */
  by: string | null;
  at: string;
}

/** One turn of the playlist. A wall shows it between its two times by the server's clock. */
export interface MediaTurn {
  from: string | null;
  picture: string;
  /** of the picture, at this server; of a video the one that stands for it */
  url: string;
  /** its film, at this server; null: a picture that does not move */
  video: string | null;
  /** the film is heard where a wall speaks */
  sound: boolean;
  seconds: number;
  until: string | null;
  /** on whose walls; empty: on all */
  zones: string[];
}

/** The officer's own day. */
export interface Mine {
  served: number;
  median_service_s: number | null;
  within_target: number | null;
  within_target_percent: number | null;
  /** newest first */
  last: Served[];
}

/** A password that is shown once. */
export interface NewPassword {
  id: string;
  password: string;
}

/** What a colleague wrote about the visitor. */
export interface Note {
  at: string;
  by: string | null;
  counter: string | null;
  text: string;
}

/** All that is still kept of one number, the first one first. */
export interface Notes {
  notes: Note[];
}

/** What visitors are told. A screen shows it between its two times by the server's clock, and of itself. */
export interface Notice {
  from: string;
  id: string;
  /** one line by language; who has none of their own reads id */
  text: Words;
  where: ("wall" | "kiosk" | "phone" | "public")[];
  /** of the hall on whose walls it stands; empty: on all */
  zones: string[];
  /** whose it is; null: the whole hall's */
  agency: string | null;
  /** null: until somebody ends it */
  until: string | null;
  /** told before all else, in every place */
  urgent: boolean;
}

/** A site's notices: those on show, those to come, and those that were over no longer than a month ago. */
export interface Notices {
  site: string;
  notices: KeptNotice[];
}

/** The notices and their form, which stand in the page itself. */
export interface NoticesPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/** A number that a figure is made of; ``seconds``: what it brought to a figure of times. */
export interface NumberBehind {
  class: string | null;
  day: string;
  number: string;
  service: string;
  counter: string | null;
  hour: number;
  people: number;
  outcome: string;
  seconds: number | null;
}

/** The numbers behind a figure: of times the longest first, else the latest first. */
export interface NumbersBehind {
  from: string;
  site: string;
  to: string;
  filters: Filters;
  measure: string;
  total: number;
  page: number;
  tickets: NumberBehind[];
}

/** What a list changed of one day and service. */
export interface OfList {
  date: string;
  service: string;
  added: number;
  /** another time or number of people, or given back before */
  changed: number;
  /** no more in the list: cancelled, their places given back */
  gone: number;
  unchanged: number;
  /** people, of this list and of what was booked otherwise */
  booked: number;
  /** how many the class may have that day; null: no limit */
  quota: number | null;
}

/** A period, line by line. */
export interface OfficersFigures {
  from: string;
  to: string;
  rows: PeriodRow[];
  /** lines that are held back: fewer than ten visitors stand behind them */
  few: number;
}

/** The same; ``officer``: an account's id. */
export interface OfficersFilters {
  class: string | null;
  agency: string | null;
  service: string | null;
  counter: string | null;
  weekday: number | null;
  hour: number | null;
  segment: string | null;
  outcome: string | null;
  officer: string | null;
}

/** Figures by officer: the reader's own (``own``: those alone), or of the officers of their agencies. */
export interface OfficersReport {
  from: string;
  to: string;
  rows: PeriodRow[];
  /** lines that are held back: fewer than ten visitors stand behind them */
  few: number;
  site: string;
  name: string;
  by: string;
  made_at: string;
  filters: OfficersFilters;
  own: boolean;
  previous: OfficersFigures;
}

/** What is no number: days, refused requests, an interruption, corrections; ``count`` of them. */
export interface OpenBeside {
  kind: "days" | "refused" | "interruption" | "corrected";
  /** of a refusal or an interruption; of a correction, what it was */
  cause: string;
  count: number;
  /** whether a supervisor stands for an interruption */
  verdict: "confirmed" | "rejected" | "open" | "";
  /** how long an interruption lasted */
  minutes: number | null;
  /** of refusals; empty of all else */
  service: string;
  hour_from: number | null;
  hour_to: number | null;
}

/** What those rows come to. */
export interface OpenBesideFigures {
  /** on which numbers were taken */
  days: number;
  refused: number;
  interruptions: number;
  interrupted_min: number;
  interruptions_confirmed: number;
  interruptions_rejected: number;
  corrected_paper: number;
  /** days */
  corrected_date: number;
  /** days */
  corrected_reopening: number;
  /** days */
  corrected_restore: number;
  corrected_interruption: number;
}

/** What a column means. */
export interface OpenColumn {
  unit: "id" | "month" | "hour" | "word" | "minutes" | "count";
  meaning: Words;
}

/** A closed month. */
export interface OpenData {
  site: string;
  month: string;
  first_day: string;
  last_day: string;
  /** on which numbers were taken */
  days: number;
  least: number;
  /** fewer numbers than that were taken in all: nothing is told */
  withheld: boolean;
  columns: Record<string, OpenColumn>;
  figures: OpenFigures;
  services: OpenService[];
  rows: OpenRow[];
  beside: OpenBeside[];
  beside_figures: OpenBesideFigures;
}

/** What rows come to; null where fewer than ``least`` tell it. */
export interface OpenFigures {
  numbers: number;
  served: number;
  no_show: number;
  given_up: number;
  waits: number;
  half_under_min: number | null;
  nine_under_min: number | null;
  promised: number;
  kept: number | null;
  kept_percent: number | null;
  /** called first after a range of waits had been told */
  foretold: number;
  as_told: number | null;
  as_told_percent: number | null;
}

/** One number; whoever knows its service and hour finds at least ``least`` rows that fit as well. */
export interface OpenRow {
  service: string;
  hour_from: number;
  hour_to: number;
  outcome: string;
  wait_min: number | null;
  service_min: number | null;
  promise: "kept" | "broken" | "";
  /** the range of waits told with the number */
  foretold: "within" | "outside" | "";
}

/** The same of one service, or of all that too few came for. */
export interface OpenService {
  numbers: number;
  served: number;
  no_show: number;
  given_up: number;
  waits: number;
  half_under_min: number | null;
  nine_under_min: number | null;
  promised: number;
  kept: number | null;
  kept_percent: number | null;
  /** called first after a range of waits had been told */
  foretold: number;
  as_told: number | null;
  as_told_percent: number | null;
  service: string;
  name: Words | null;
}

/** One kecamatan; ``share``: of all answers; ``visits``: that share of the numbers given in these months. */
export interface OriginRow {
  id: string;
  name: string;
  /** rounded to five; null: fewer than five, perhaps none */
  answers: number | null;
  share: number | null;
  visits: number | null;
  distance_km: number | null;
  population: number | null;
  /** visits to ten thousand inhabitants */
  visits_per_10000: number | null;
}

/**
 * From where visitors came: of the whole months of the period that are over, rounded. ``months``: the first and the
 * last, null: there is none; ``issued``: numbers that the asking services gave in them; ``unlisted``: answers that name
 * none of the districts.
 */
export interface OriginsTold {
  /** whether anybody is asked now */
  on: boolean;
  one_in: number;
  months: string[] | null;
  issued: number;
  /** rounded to five; null: fewer than five, perhaps none */
  answers: number | null;
  rows: OriginRow[];
  /** rounded to five; null: fewer than five, perhaps none */
  unlisted: number | null;
}

/** A call by number of somebody who waited; ``passed``: how many turns of others came later than theirs would. */
export interface OutOfOrder {
  at: string;
  number: string;
  counter: string | null;
  service: string | null;
  /** the name of who called */
  by: string | null;
  passed: number;
  /** in their words; null once it was purged */
  reason: string | null;
  /** the reason as a word of the published list, which is kept; null: in words of one's own, if any */
  reason_code: ReasonCode | null;
}

/** An outage's paper, which stands in the page itself. */
export interface OutagePage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/**
 * What a colleague, a supervisor or the front desk last did at a counter of somebody else's. Until that one acts there
 * again.
 */
export interface Overseen {
  verb: "close" | "take-over" | "hold" | "return" | "no-show" | "cancel";
  number: string | null;
  by: string | null;
  by_id: string | null;
  /** whose counter it was */
  officer_id: string | null;
  /** told to the one whose counter it was, and to who acted */
  reason: string | null;
  at: string;
  revision: number;
}

/** How often somebody else's turn came first though they had come later, and how often one's own did. */
export interface Overtakes {
  suffered: number;
  made: number;
}

/** A whole site at one glance, for its leaders and for a lobby. */
export interface Overview {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  now: string;
  day: string | null;
  day_closed: boolean;
  /** numbers are given until then, whatever hours and calendar say */
  open_until: string | null;
  waiting: number;
  /** waiting counts numbers; a group's number is one */
  people_waiting: number;
  /** the earliest issue among those who wait */
  first: string | null;
  /** counters with somebody served */
  serving: number;
  counters: number;
  /** with an officer who is on no break */
  counters_open: number;
  agencies: OverviewAgency[];
  topics: Topic[];
}

/** An agency's lines and counters. */
export interface OverviewAgency {
  id: string;
  /** the short one */
  name: string;
  color: string | null;
  waiting: number;
  /** waiting counts numbers; a group's number is one */
  people_waiting: number;
  /** the earliest issue among those who wait */
  first: string | null;
  counters: number;
  /** with an officer who is on no break */
  counters_open: number;
  /** of services that somebody waits for, the longest first */
  lines: OverviewLine[];
}

/** The people who wait for one service; ``first``: the earliest issue among them. */
export interface OverviewLine {
  service: string;
  name: Words;
  waiting: number;
  first: string;
}

/** The hall for its leaders. Not even who looks is named: the page may hang in a lobby. */
export interface OverviewPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  overview: Overview;
}

/** The same for whoever has its link: the code for kiosk and front desk, and the link. */
export interface OwnBooking {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  service: string;
  date: string;
  time: string;
  slot: string;
  people: number;
  state: BookingState;
  /** why it was given back */
  ended: Ended | null;
  late: boolean;
  callable_from: string;
  until: string;
  confirmed: boolean;
  confirm_from: string | null;
  confirm_until: string | null;
  may_confirm: boolean;
  may_cancel: boolean;
  gone: boolean;
  number: string | null;
  code: string;
  url: string;
}

/** A booked place, which stands in the page itself. */
export interface OwnBookingPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  hall: string;
  site: null;
  token: string;
}

/** What every page carries; most add their own. */
export interface PageData {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
}

/** Where a screen that is a device already is wanted; the zone in which times are told. */
export interface PairPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
  path: string | null;
  timezone: string;
}

/** What it has become, and the page to show. */
export interface Paired {
  id: string;
  name: string;
  kind: "kiosk" | "display";
  site: string;
  path: string;
}

/** A new screen's code, which it shows, and its secret, which it keeps. */
export interface Pairing {
  code: string;
  poll: string;
  expires_at: string;
}

/** Nobody has typed its code yet. */
export interface PairingWaits {
  expires_at: string;
}

/** One of the record, with its end. */
export interface PastInterruption {
  id: string;
  scope: InterruptionScope;
  reason: "power" | "network" | "central_system" | "equipment" | "staff" | "other";
  /** in staff's own words, for everybody */
  notice: string | null;
  since: string;
  /** what is announced; it ends nothing */
  until: string | null;
  /** whether numbers are given: as ever, with a warning, or not at all */
  issuing: "go_on" | "warn" | "stop";
  /** a supervisor stands for it */
  confirmed: boolean;
  /** a supervisor looked at it, and does not stand for it */
  rejected: boolean;
  day: string;
  /** null: it lasts */
  ended_at: string | null;
  entered_later: boolean;
  /** who began it; null: their name is not for the reader */
  by: string | null;
}

/** Whole months that are over, both days within. */
export interface Period {
  from: string;
  to: string;
}

/** A period, in all and line by line. */
export interface PeriodFigures {
  from: string;
  to: string;
  /** on which numbers were taken */
  days: number;
  totals: Measured;
  rows: PeriodRow[];
  targets: JudgedTarget[];
}

/** A period's figures, beside those of the period before. */
export interface PeriodReport {
  from: string;
  to: string;
  /** on which numbers were taken */
  days: number;
  totals: Measured;
  rows: PeriodRow[];
  targets: JudgedTarget[];
  site: string;
  name: string;
  by: string | null;
  made_at: string;
  filters: Filters;
  previous: PeriodFigures;
  corrected: Corrected[];
}

/** One line; ``key``: the id, date, hour or weekday (0 is Monday) that it is of; ``name``: of that day. */
export interface PeriodRow {
  issued: number | null;
  called: number | null;
  begun: number | null;
  served: number | null;
  people: number | null;
  no_show: number | null;
  no_show_share: number | null;
  given_up: number | null;
  papers: number | null;
  carried: number | null;
  refused: number | null;
  refused_quota: number | null;
  refused_closed: number | null;
  refused_interruption: number | null;
  missing: number | null;
  waits: number | null;
  wait_p50_s: number | null;
  wait_p90_s: number | null;
  wait_in_promise: number | null;
  wait_in_promise_without: number | null;
  walk_p50_s: number | null;
  walk_p90_s: number | null;
  service_p50_s: number | null;
  service_p90_s: number | null;
  service_s: number | null;
  service_in_promise: number | null;
  service_in_promise_without: number | null;
  hold_s: number | null;
  wait_left_out_s: number | null;
  left_out_s: number | null;
  open_s: number | null;
  break_s: number | null;
  idle_s: number | null;
  utilisation: number | null;
  overtaken: number | null;
  overtook: number | null;
  booked: number | null;
  came: number | null;
  came_late: number | null;
  missed: number | null;
  given_back: number | null;
  foretold: number | null;
  as_told: number | null;
  key: string | number | null;
  name: Words | null;
}

/** A visitor's ticket, and what the counter is called that it was called to. */
export interface PhonePage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  /** its words, by what they follow from: the classes of a service with their weights */
  orders: Record<string, Words>;
  token: string;
  ticket: Ticket;
  counter_name: string | null;
}

/** One thing that is wrong: where, and why, in the words of ``queue-server check``. */
export interface Problem {
  key: string;
  reason: string;
  /** of a list of bookings; 0: all of it */
  line?: number;
  /** of a workbook */
  sheet?: string;
}

/** Where the result was published. */
export interface Publication {
  id: string;
  period: string;
  kind: "print" | "screen" | "social" | "website" | "app" | "billboard" | "other";
  medium: string;
  day: string;
  proof: string | null;
}

/** The register of publications, the latest first. */
export interface Publications {
  site: string;
  publications: Publication[];
}

/** The waiting numbers of a service in the order of arrival; ``places``: how many are called before each. */
export interface Queue {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  service: string;
  order: string[];
  places: number[];
  /** as places, but of people: a group's number is one */
  people_places: number[];
  /** that serve it; 0: nobody can call now */
  counters_open: number;
  /** when the first of them is back, if all that are open rest */
  back_at: string | null;
  /** of each: from, to, in seconds */
  estimates: ([number, number] | null)[];
  /** the same as people are told them */
  minutes: ([number, number] | null)[];
  /** of each: as in an estimate */
  boxes: ([number | null, number | null] | null)[];
  /** the number of the service that was called last today */
  last_called: string | null;
  /** those because of which they may wait longer */
  interruptions: Interruption[];
  /** for the phones of those who wait */
  notices: Notice[];
}

export type ReasonCode = "back" | "complete" | "helped" | "short_question" | "sent_here" | "came_late" |
  "called_wrongly" | "fetches_papers" | "stepped_out" | "left" | "two_numbers" | "wrong_number" | "shift_ended" |
  "shift_change" | "called_away" | "trouble" | "officer_gone" | "colleague_asked" | "held_up" | "our_fault" |
  "wrong_time" | "long_queue" | "few_officers" | "supplies" | "as_usual" | "clock_wrong" | "no_holiday" |
  "extra_service" | "disruption" | "power" | "network" | "central_system" | "equipment" | "staff";

/** Why a screen is not connected. */
export interface Refusal {
  message: Code;
}

/** An enrolled kiosk or display, and how it is. */
export interface Registered {
  id: string;
  name: string;
  kind: "kiosk" | "display";
  state: "well" | "late" | "dead" | "mute" | "old" | "paper_low" | "paper_out" | "trouble" | "unknown";
  /** when that state began */
  since: string | null;
  /** last heard; null: never, or by another process right now */
  seen: string | null;
  /** of the page that it shows */
  build: string | null;
  /** null: it is not meant to speak */
  sound: boolean | null;
  /** its size in pixels: 1920x1080 */
  screen: string | null;
  printer: "ok" | "trouble" | null;
  paper: "ok" | "low" | "out" | null;
  /** whether it can play one; null: none was */
  video: "ok" | "no" | "slow" | null;
  /** how far its own clock is ahead */
  clock_s: number | null;
  shows: "kiosk" | "wall" | "counter" | null;
  /** of a counter's display */
  counter: string | null;
  zone: string | null;
  last_test: LastTest | null;
}

/** The hall of a moment, which stands in the page itself. */
export interface ReplayPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/** A report, of the day or of a period, and the numbers behind it. */
export interface ReportPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/** Requests for a number: ``issued`` and ``refused``, by why. */
export interface Requested {
  asked: number;
  issued: number;
  refused: number;
  refused_quota: number;
  refused_closed: number;
  refused_interruption: number;
}

/** What an identity is for. */
export type Role = "officer" | "front_desk" | "supervisor" | "leader" | "admin" | "auditor" | "content" | "kiosk" |
  "display" | "visitor" | "system";

export type Roster = Shift[];

/** A day's roster, which stands in the page itself. */
export interface RosterPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
}

/** It was taken; nothing of it can be asked for again. */
export interface SaidSo {
  said: true;
}

/** A display's answer to a beat; a screen of an older release says no more than the first two. */
export interface Seen {
  /** the newest that it has shown */
  revision: number;
  /** does its sound work? null: it is not meant to have any */
  sound: boolean | string | null;
  /** of its page */
  build?: string;
  /** its size in pixels: 1920x1080 */
  screen?: string;
  /** how far its own clock is ahead */
  clock_s?: number;
  printer?: "ok" | "trouble";
  paper?: "ok" | "low" | "out";
  test?: TestResult;
}

/** One of the officer's last tickets. */
export interface Served {
  number: string;
  outcome: string | null;
  service_s: number;
}

/** One place where an account is signed in. */
export interface Session {
  id: string;
  began_at: string;
  /** what it is called, and its system */
  browser: string | null;
  /** the one that asks */
  current: boolean;
}

/** The newest first. */
export interface Sessions {
  sessions: Session[];
}

/** A lever that holds until the next day opens: of a counter its services, of a service its quota. */
export interface SetToday {
  counter: string | null;
  service: string | null;
  services: string[] | null;
  /** what differs from the structure; null: unlimited */
  quota: Record<string, number | null> | null;
  declared_services: string[] | null;
  /** by class and in total, as ever */
  declared_quota: Record<string, number | null> | null;
  at: string;
  by: string | null;
  reason: string | null;
  /** the reason as a word of the published list, which is kept; null: in words of one's own, if any */
  reason_code: ReasonCode | null;
}

/** What a hall may begin with at the first run: a word for each; the time zones it may be in. */
export interface Setup {
  start_from: string[];
  timezones: string[];
}

/** The first run: what a hall may begin with stands in the page itself. */
export interface SetupPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
}

/** An account at a counter, from when to when (``HH:MM`` at the site; the end of the day is ``24:00``). */
export interface Shift {
  from: string;
  to: string;
  counter: string;
  account: string;
  /** of the account */
  name: string | null;
}

/** A call that stands in the page itself. */
export interface ShownCall {
  number: string;
  tile: string;
  /** the word for a counter stands over its tile */
  numbered: boolean;
}

/** What stands in a counter's display before its scripts run. */
export interface ShownCounter {
  number: string | null;
  state: Standing | null;
  tile: string;
  numbered: boolean;
}

/** A whole site. */
export interface Site {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  id: string;
  name: string;
  short_name: string;
  address: string | null;
  timezone: string;
  /** its short name now: WIB, WITA or WIT */
  timezone_name: string;
  demo: boolean;
  owner: string | null;
  languages: string[];
  day: string | null;
  now: string;
  wall: SiteWall;
  missed_call: SiteMissedCall;
  complaint: SiteChannel | null;
  maklumat: Words | null;
  order: Partial<Record<Class, number>>;
  /** people that may come with one number of a kiosk; staff give to more */
  group_max: number;
  /** calling the next visitor finishes the one being served */
  finish_on_next: boolean;
  /** by weekday, as it holds today: first opening, last closing */
  hours: Record<string, string[]> | "always";
  /** by weekday, as it holds today: each opening and closing */
  periods: Record<string, string[][]> | "always";
  /** the same in words; null: around the clock */
  week: Words | null;
  cutoff_minutes: number;
  /** those that last */
  interruptions: Interruption[];
  /** that are not over, in the order in which they are told */
  notices: Notice[];
  /** what walls show in turn while nobody is called */
  media: MediaTurn[];
  /** places that are kept on days to come */
  carried: KeptPlaces[];
  /** those of today or to come, the next first */
  spans: SiteSpan[];
  agencies: SiteAgency[];
  services: SiteService[];
  former: SiteFormer[];
  counters: SiteCounter[];
  /** from where one may say to come, the most frequent first; none: not asked */
  origins: SiteDistrict[];
}

/** An office at the site. */
export interface SiteAgency {
  id: string;
  name: string;
  short_name: string;
  task: Words;
  icon: string | null;
  color: string | null;
  complaint: SiteChannel | null;
}

/** When they who have booked a place may come, in minutes before and after the booked time. */
export interface SiteBooking {
  early_minutes: number;
  late_minutes: number;
  /** whether anybody may book a slot of it on the hall's own page */
  own_slots: boolean;
}

/** What to bring in one case. */
export interface SiteCase {
  /** null: always */
  when: Words | null;
  items: Record<string, string[]>;
}

/** Where one complains. */
export interface SiteChannel {
  phone: string | null;
  address: string | null;
  link: string | null;
}

/** A counter of the site. */
export interface SiteCounter {
  id: string;
  name: string;
  /** what stands in its tile: 5 of a Loket 5, else the whole name */
  tile: string;
  agency: string;
  zone: string;
  services: string[];
  open: boolean;
}

/** A kecamatan that visitors may say they come from. */
export interface SiteDistrict {
  id: string;
  name: string;
}

/** What one thing costs. */
export interface SiteFee {
  name: Words;
  /** in rupiah; 0 is free of charge */
  amount: number;
  per: Words | null;
  note: Words | null;
}

/** A service that the site file no longer has; people may still hold its numbers. */
export interface SiteFormer {
  id: string;
  agency: string;
  agency_name: string;
  prefix: string;
  name: Words;
  target_minutes: number | null;
  zone: null;
  classes: Class[];
  requirements: null;
}

/** What happens to who does not come when called. */
export interface SiteMissedCall {
  recalls: number;
  return_within_minutes: number;
}

/** What can be done without a visit. */
export interface SiteOnline {
  text: Words;
  url: string;
}

/** A paper that may be missing. */
export interface SitePaper {
  id: string;
  name: Words;
}

/** A service, with open or why not. */
export interface SiteService {
  id: string;
  agency: string;
  prefix: string;
  zone: string;
  name: Words;
  target_minutes: number | null;
  kiosk: boolean;
  classes: Class[];
  open: boolean;
  reason: string | null;
  reason_detail: Partial<Record<"opens_at" | "since" | "until" | "holiday" | "cause", string>>;
  /** because of which one may wait longer */
  interruption: string | null;
  waiting: number;
  /** waiting counts numbers; a group's number is one */
  people_waiting: number;
  estimate: Estimate | null;
  quota: Partial<Record<Class, number>>;
  quota_total: number | null;
  quota_reserved: Partial<Record<Class, number>>;
  /** what each class can still take */
  quota_left: Partial<Record<Class, number | null>>;
  quota_total_left: number | null;
  /** where a class is full: when numbers begin anew */
  numbers_again_at: string | null;
  /** all cases in one list */
  requirements: Record<string, string[]> | null;
  cases: SiteCase[];
  bring: Words | null;
  cost: Words | null;
  fees: SiteFee[];
  pay: Words | null;
  procedure: Words | null;
  completion: Words | null;
  product: Words | null;
  complaints: Words | null;
  /** its agency's, else the hall's */
  complaint: SiteChannel | null;
  basis: Words | null;
  checked: string | null;
  online: SiteOnline | null;
  papers: SitePaper[];
  segment: "citizen" | "business" | null;
  wait_target_minutes: number | null;
  /** of its numbers on paper; null: it has no sheet */
  outage_prefix: string | null;
  /** null: no places of it are booked beforehand */
  booking: SiteBooking | null;
  outcomes: string[];
  next: string[];
  /** as they hold today; so hours and quotas */
  days: string[] | null;
  /** by weekday: first opening, last closing */
  hours: Record<string, string[]> | null;
  /** by weekday: each opening and closing */
  periods: Record<string, string[][]> | null;
}

/** Dates on which the hall works otherwise. */
export interface SiteSpan {
  name: Words;
  first_day: string;
  last_day: string;
  /** whether it holds today */
  now: boolean;
}

/** How far and how large the wall display is. */
export interface SiteWall {
  farthest_viewer_m: number;
  screen_inches: number;
  zones: string[];
  /** of a board's recent calls, at most so many of each zone */
  recent_per_zone: number;
}

/** The sites of this server. */
export interface Sites {
  sites: Site[];
}

/** Where one's own account sits today. */
export interface Sitting {
  from: string;
  to: string;
  site: string;
  counter: string;
}

/** One slot that can still be booked, or (``left`` 0) was full. */
export interface SlotOfDay {
  /** HH:MM at the site */
  time: string;
  left: number;
}

/** A service's slots of a day, and the days that have any. */
export interface Slots {
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  service: string;
  date: string;
  minutes: number;
  /** that one booking may be for */
  people_most: number;
  early_minutes: number;
  late_minutes: number;
  days: DayWithSlots[];
  slots: SlotOfDay[];
}

/** How durations spread, in seconds, and in minutes as pages write them; nulls: there is none. */
export interface Spread {
  n: number;
  sum_s: number;
  median_s: number | null;
  p90_s: number | null;
  median_min: number | null;
  p90_min: number | null;
}

export type Standing = "idle" | "called" | "serving" | "break" | "closed";

/** Where a ticket stands. */
export type State = "waiting" | "called" | "serving" | "held" | "no_show" | "completed" | "cancelled" | "expired";

/** A stretch of a ticket's life: ``end`` null: it still lasts. */
export interface Stay {
  kind: "early" | "wait" | "walk" | "service" | "hold" | "away";
  start: string;
  end: string | null;
  counter: string | null;
  service: string | null;
}

/** A revision of a day: what it began with. */
export interface Step {
  epoch: number;
  revision: number;
  at: string;
  kind: string;
  number: string | null;
  counter: string | null;
}

/** The revisions of a day that a slider walks, the first one first; and its calls out of order. */
export interface Steps {
  site: string;
  day: string;
  steps: Step[];
  out_of_order: OutOfOrder[];
}

/** One version; ``from``: the day with which it takes effect, null: at once. ``structure``: a site file's keys. */
export interface Structure {
  from: string | null;
  version: number;
  by: string;
  at: string | null;
  source: "file" | "screen" | "shell" | null;
  structure: Record<string, any>;
  doubts?: Doubt[];
}

/** What the hall is made of, and which row of it is shown; ``fresh``: a new one. */
export interface StructurePage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  account: Account;
  version: number;
  structure: Record<string, any>;
  part: string;
  row: string | null;
  fresh: boolean;
  saved: string | null;
}

/** One line of the list; ``replaced_by``: the version that stands in its place; an older one: it was withdrawn. */
export interface StructureVersion {
  from: string | null;
  version: number;
  based_on: number;
  by: string;
  at: string;
  why: string | null;
  source: "file" | "screen" | "shell";
  in_force_at: string | null;
  replaced_by: number | null;
  in_force: boolean;
  changes: string[];
}

/** All that was ever saved, the latest first. */
export interface StructureVersions {
  versions: StructureVersion[];
}

/** One to be taken or declined, or (`taken`) one that was taken today. */
export interface Suggestion {
  id: string;
  act: "open" | "serve" | "resume";
  counter: string;
  service: string;
  /** what the counter would serve */
  services: string[];
  why: Why | null;
  expected: Expected;
  how: How | null;
  taken: Taken | null;
}

export type Suggestions = Suggestion[];

/** The hall. */
export interface SupervisorPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  hall: Hall;
  account: Account;
}

/** The hall that asks. */
export interface SurveyHall {
  id: string;
  name: string;
}

/** The nine questions: for the holder of a ticket, for a tablet of the hall, for the front desk. */
export interface SurveyPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
  hall: SurveyHall;
  /** null: nobody may answer here */
  way: "phone" | "tablet" | "assisted" | null;
  token?: string;
  ticket: SurveyTicket | null;
  strict: boolean;
  questions: Record<string, AskedQuestion[]>;
  profile: Record<string, string[]>;
}

/** Whom a tablet has before it: what is asked depends on the service. */
export interface SurveyTicket {
  service: string;
  cost_scale: "paid" | "free";
  /** what it costs officially, by language */
  fee: Record<string, string> | null;
}

/** That it was taken: by whom, when, and what came of it. */
export interface Taken {
  at: string;
  by: string | null;
  happened: Happened;
}

/**
 * What a hall set itself for a measure: seconds, or from 0 to 1; null: from then on nothing. ``at``: when it was
 * written down, which may be after it begins.
 */
export interface Target {
  from: string;
  measure: string;
  value: number | null;
  at: string;
}

/** All of them, by measure and day. The version is what a change is based on. */
export interface Targets {
  site: string;
  version: string;
  targets: Target[];
}

/** What came of a test that it was asked for. */
export interface TestResult {
  /** of the asking */
  id: number;
  ok: boolean;
  value?: number | null;
}

/** A ticket, as its holder may see it. */
export interface Ticket {
  class: Class;
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  id: string;
  number: string;
  site: string;
  service: string;
  /** that came with it */
  people: number;
  state: State;
  issued_at: string;
  /** when it came into its state: for one that is called, when that was */
  since: string;
  /** by whomever it was called first */
  called_at: string | null;
  counter: string | null;
  /** how often the last counter that called it did so; 0: never */
  calls: number;
  ahead: number | null;
  estimate: Estimate | null;
  /** booked, and here before that: not called earlier; null from then on */
  callable_from: string | null;
  /** who was missed, or fetches missing papers, and is back by then, keeps their place */
  return_until: string | null;
  /** the papers that were found missing last */
  missing: SitePaper[];
  /** it ended, for its holder has a place on another day */
  carried: KeptPlace | null;
  /** as ahead, but of people: a group's number is one */
  people_ahead: number | null;
  /** that serve it, while it waits; 0: nobody can call it now */
  counters_open: number | null;
  /** when the first of them is back, if all that are open rest */
  back_at: string | null;
  /** while it waits: the number of its service called last today */
  last_called: string | null;
  /** what its holder had when a hall gave up for the day */
  carried_from: CarriedFrom | null;
  /** its holder asked to be guided to the counter */
  escort: boolean;
  /** what its holder can do with it now */
  can: Verb[];
  /** its holder may be asked from where they come (site.origins) */
  asks_origin: boolean;
  /** those because of which it may wait longer */
  interruptions: Interruption[];
  /** for its holder's phone */
  notices: Notice[];
  token: string;
  url: string;
  /** four letters by which a tablet in the hall knows its holder, with the number */
  word: string;
}

/** One ticket of a day, all that staff may know of it; place and estimate only while it waits. */
export interface TicketStory {
  ticket: DeskTicket;
  /** what its holder had when a hall gave up for the day */
  carried_from: CarriedFrom | null;
  ahead: number | null;
  people_ahead: number | null;
  estimate: Estimate | null;
  /** that serve it, while it waits */
  counters_open: number | null;
  stays: Stay[];
  calls: CallOfTicket[];
  classes: ClassChange[];
  overtakes: Overtakes;
  /** whether somebody wrote a note about it */
  notes: boolean;
  /** what the reader can do with it by number now */
  can: Verb[];
}

/** The day's figures so far, made at most every fifteen seconds. */
export interface Today {
  within_target: number | null;
  within_target_percent: number | null;
  completed: number;
  wait: Spread;
  services: TodayService[];
  epoch: number;
  revision: number;
  structure: number;
  levers: number;
  site: string;
  now: string;
}

/** A service's wait today, and the share of its services within the promise. */
export interface TodayService {
  within_target: number | null;
  within_target_percent: number | null;
  id: string;
  wait: Spread;
}

/** Something that the hall will be asked about; of a service, never of a counter or whoever sits there. */
export interface Topic {
  class: Class | null;
  /** the same for the same matter, as long as it lasts */
  id: string;
  kind: "over_target" | "nobody_open" | "quota";
  service: string;
  name: Words;
  since: string | null;
  /** people who wait, or are served longer than promised; numbers left */
  count: number;
  quota: number | null;
}

/** Before travelling: the page itself says everything; its script searches. */
export interface TravelPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site | null;
  /** words that say nothing of what somebody wants */
  ignored: string[];
}

/** With who gave the turn, and why in their words: for those who answer for the hall, else null. */
export interface TurnOutOfOrder {
  at: string;
  number: string;
  service: string;
  counter: string;
  how: "number" | "walk_in";
  /** the numbers that saw it pass, in the order of arrival */
  passed: string[];
  day: string;
  by: string | null;
  /** null, too, once it was purged */
  reason: string | null;
  /** the reason as a word of the published list, which is kept; null: in words of one's own, if any */
  reason_code: ReasonCode | null;
}

/** A part: an agency of a hall, a service of an agency, a hall of several. */
export interface Unit {
  /** rounded once, half up, to two decimals; null: not told */
  ikm: number | null;
  letter: "A" | "B" | "C" | "D" | null;
  /** respondents: who answered all nine */
  n: number;
  /** who answered fewer; in no index */
  n_incomplete: number;
  /** fewer than ten, or another figure would show such a one */
  withheld: boolean;
  id: string;
  name: string;
}

/** One whom the counter would call. */
export interface Upcoming {
  class: Class;
  number: string;
  service: string;
  people: number;
  escort: boolean;
  /** when the document was written */
  waited_s: number;
  /** the counter that a transfer wished for */
  wish: string | null;
  /** what can be done with it at that counter now */
  can: Verb[];
}

/** The word in the API's paths and in a document's ``can``. */
export type Verb = "issue" | "enter-outage" | "import-bookings" | "check-in" | "give-up" | "open" | "close" |
  "take-over" | "help" | "break" | "resume" | "call-next" | "call" | "walk-in" | "recall" | "serve" | "finish" |
  "no-show" | "hold" | "return" | "transfer" | "move" | "reclass" | "people" | "escort" | "reprint" | "undo" | "cancel"
  | "close-day" | "carry-over" | "give-place-up" | "reopen-day" | "open-day" | "confirm-day" | "interrupt" |
  "end-interruption" | "confirm-interruption" | "reject-interruption" | "save-structure" | "withdraw-structure";

/** How many waits lasted from so many seconds to less than so many; null: or longer. */
export interface WaitBin {
  from_s: number;
  to_s: number | null;
  n: number;
}

/** How the waits of a period spread. */
export interface WaitsReport {
  from: string;
  site: string;
  to: string;
  filters: Filters;
  waits: number;
  wait_p50_s: number | null;
  wait_p90_s: number | null;
  bins: WaitBin[];
}

/** What is shown; which clips it will need, if it speaks. */
export interface WallPage {
  build: string;
  lang: string;
  langs: string[];
  texts: Record<string, Words>;
  now: string;
  site: Site;
  zone: string | null;
  voice: boolean;
  clips: string[] | null;
  shown: ShownCall[];
}

/** How many bookings of a day and service. */
export interface Went {
  /** all but those given back */
  booked: number;
  /** with those who came too late and were let in */
  came: number;
  came_late: number;
  /** their time was over, and nobody came */
  missed: number;
  /** cancelled before their time */
  given_back: number;
  /** still expected */
  to_come: number;
}

/** How it stands now. */
export interface Why {
  /** how many wait for the service */
  waiting: number;
  /** counters that call for it now */
  counters_open: number;
  /** who can do it: planned at the closed counter, or on a break there */
  person: string | null;
  /** of a break: until when it was announced */
  back_at: string | null;
}

export type Words = Record<string, string>;

/** What a socket tells. */
export interface Messages {
  board: Board;
  queue: Queue;
  ticket: Ticket;
  desk: Desk;
  call: Call;
  device: Enrolled;
  ask: Ask;
  beat: Beat;
  connect_error: Refusal;
}

/** What the API answers, by address. */
export type Answer<Address extends string> = At<Address extends `${infer Path}?${string}` ? Path : Address>;
type At<Path extends string> =
  Path extends `/api/v1/sites/${string}/tickets/by-number/${string}/notes/open` ? Notes :
  Path extends `/api/v1/sites/${string}/structure/versions/${string}/withdraw` ? StructureVersions :
  Path extends `/api/v1/sites/${string}/tickets/by-number/${string}/cancel` | `/api/v1/sites/${string}/tickets/by-number/${string}/escort` | `/api/v1/sites/${string}/tickets/by-number/${string}/hold` | `/api/v1/sites/${string}/tickets/by-number/${string}/people` | `/api/v1/sites/${string}/tickets/by-number/${string}/reclass` ? DeskTicket :
  Path extends `/api/v1/sites/${string}/tickets/by-number/${string}/reprint` ? Ticket :
  Path extends `/api/v1/sites/${string}/tickets/by-number/${string}/return` | `/api/v1/sites/${string}/tickets/by-number/${string}/transfer` ? DeskTicket :
  Path extends `/api/v1/sites/${string}/alarms/${string}/acknowledge` ? Alarms :
  Path extends `/api/v1/sites/${string}/counters/${string}/break` | `/api/v1/sites/${string}/counters/${string}/call` | `/api/v1/sites/${string}/counters/${string}/call-next` | `/api/v1/sites/${string}/counters/${string}/cancel` | `/api/v1/sites/${string}/counters/${string}/close` | `/api/v1/sites/${string}/counters/${string}/desk` | `/api/v1/sites/${string}/counters/${string}/finish` | `/api/v1/sites/${string}/counters/${string}/help` | `/api/v1/sites/${string}/counters/${string}/hold` | `/api/v1/sites/${string}/counters/${string}/no-show` | `/api/v1/sites/${string}/counters/${string}/open` | `/api/v1/sites/${string}/counters/${string}/recall` | `/api/v1/sites/${string}/counters/${string}/reclass` | `/api/v1/sites/${string}/counters/${string}/resume` | `/api/v1/sites/${string}/counters/${string}/return` | `/api/v1/sites/${string}/counters/${string}/serve` ? Desk :
  Path extends `/api/v1/sites/${string}/counters/${string}/services` ? Hall :
  Path extends `/api/v1/sites/${string}/counters/${string}/take-over` | `/api/v1/sites/${string}/counters/${string}/transfer` | `/api/v1/sites/${string}/counters/${string}/undo` | `/api/v1/sites/${string}/counters/${string}/walk-in` ? Desk :
  Path extends `/api/v1/sites/${string}/devices/${string}/identify` | `/api/v1/sites/${string}/devices/${string}/reload` ? Registered :
  Path extends `/api/v1/sites/${string}/devices/${string}/revoke` ? Devices :
  Path extends `/api/v1/sites/${string}/devices/${string}/test` ? Registered :
  Path extends `/api/v1/sites/${string}/help/${string}/acknowledge` ? Help :
  Path extends `/api/v1/sites/${string}/interruptions/${string}/confirm` | `/api/v1/sites/${string}/interruptions/${string}/end` | `/api/v1/sites/${string}/interruptions/${string}/reject` ? Interruption :
  Path extends `/api/v1/sites/${string}/pairings/${string}/approve` ? Registered :
  Path extends `/api/v1/sites/${string}/services/${string}/quota` ? Hall :
  Path extends `/api/v1/sites/${string}/suggestions/${string}/answer` ? Suggestions :
  Path extends `/api/v1/sites/${string}/tickets/by-number/${infer Last}` ? Last extends `${string}/${string}` ? unknown : TicketStory :
  Path extends `/api/v1/accounts/${string}/lend/end` ? Lendings :
  Path extends `/api/v1/accounts/${string}/sessions/${infer Last}` ? Last extends `${string}/${string}` ? unknown : null :
  Path extends `/api/v1/sites/${string}/bookings/import` ? ImportedBookings :
  Path extends `/api/v1/sites/${string}/hall/overview` ? Overview :
  Path extends `/api/v1/sites/${string}/hall/steps` ? Steps :
  Path extends `/api/v1/sites/${string}/hall/today` ? Today :
  Path extends `/api/v1/sites/${string}/media/${infer Last}` ? Last extends `${string}/${string}` ? unknown : Media :
  Path extends `/api/v1/sites/${string}/media/videos` ? Media :
  Path extends `/api/v1/sites/${string}/notices/${infer Last}` ? Last extends `${string}/${string}` ? unknown : Notices :
  Path extends `/api/v1/sites/${string}/open-data/${string}.csv` ? null :
  Path extends `/api/v1/sites/${string}/open-data/${string}.json` ? OpenData :
  Path extends `/api/v1/sites/${string}/reports/${string}.csv` ? null :
  Path extends `/api/v1/sites/${string}/reports/${string}.json` ? PeriodReport :
  Path extends `/api/v1/sites/${string}/reports/${string}.pdf` | `/api/v1/sites/${string}/reports/${string}.xlsx` | `/api/v1/sites/${string}/reports/demand.docx` ? null :
  Path extends `/api/v1/sites/${string}/reports/demand.json` ? Demand :
  Path extends `/api/v1/sites/${string}/reports/demand.xlsx` | `/api/v1/sites/${string}/reports/evidence.zip` | `/api/v1/sites/${string}/reports/fairness.csv` ? null :
  Path extends `/api/v1/sites/${string}/reports/fairness.json` ? FairnessReport :
  Path extends `/api/v1/sites/${string}/reports/fairness.xlsx` | `/api/v1/sites/${string}/reports/officers.csv` ? null :
  Path extends `/api/v1/sites/${string}/reports/officers.json` ? OfficersReport :
  Path extends `/api/v1/sites/${string}/reports/officers.xlsx` | `/api/v1/sites/${string}/reports/skm.docx` | `/api/v1/sites/${string}/reports/skm.xlsx` | `/api/v1/sites/${string}/reports/summary.docx` | `/api/v1/sites/${string}/reports/summary.pdf` ? null :
  Path extends `/api/v1/sites/${string}/reports/tickets.json` ? NumbersBehind :
  Path extends `/api/v1/sites/${string}/reports/waits.json` ? WaitsReport :
  Path extends `/api/v1/sites/${string}/structure/versions` ? StructureVersions :
  Path extends `/api/v1/sites/${string}/survey/close` ? Ikm :
  Path extends `/api/v1/sites/${string}/survey/ticket` ? SurveyTicket :
  Path extends `/api/v1/accounts/${string}/disable` | `/api/v1/accounts/${string}/enable` ? Managed :
  Path extends `/api/v1/accounts/${string}/lend` ? Lendings :
  Path extends `/api/v1/accounts/${string}/password` ? NewPassword :
  Path extends `/api/v1/accounts/${string}/sessions` ? Sessions :
  Path extends `/api/v1/bookings/${string}/cancel` | `/api/v1/bookings/${string}/confirm` ? OwnBooking :
  Path extends `/api/v1/sites/${string}/alarms` ? Alarms :
  Path extends `/api/v1/sites/${string}/audit` ? Audit :
  Shorter<Path>;
type Shorter<Path extends string> =
  Path extends `/api/v1/sites/${string}/audit.csv` | `/api/v1/sites/${string}/audit.xlsx` ? null :
  Path extends `/api/v1/sites/${string}/board` ? Board :
  Path extends `/api/v1/sites/${string}/bookings` ? OwnBooking :
  Path extends `/api/v1/sites/${string}/calls` ? Calls :
  Path extends `/api/v1/sites/${string}/carry-over` ? CarryOver :
  Path extends `/api/v1/sites/${string}/check-in` ? Ticket :
  Path extends `/api/v1/sites/${string}/close-day` ? Board :
  Path extends `/api/v1/sites/${string}/complaints` ? Complaints :
  Path extends `/api/v1/sites/${string}/confirm-day` ? Board :
  Path extends `/api/v1/sites/${string}/devices` ? Devices :
  Path extends `/api/v1/sites/${string}/districts` ? Districts :
  Path extends `/api/v1/sites/${string}/followups` ? Followups :
  Path extends `/api/v1/sites/${string}/hall` ? Hall :
  Path extends `/api/v1/sites/${string}/ikm` ? Ikm :
  Path extends `/api/v1/sites/${string}/interruptions` ? Interruptions :
  Path extends `/api/v1/sites/${string}/lendings` ? Lendings :
  Path extends `/api/v1/sites/${string}/media` ? Media :
  Path extends `/api/v1/sites/${string}/notices` ? KeptNotice :
  Path extends `/api/v1/sites/${string}/open-day` ? Board :
  Path extends `/api/v1/sites/${string}/outage` ? FoundTickets :
  Path extends `/api/v1/sites/${string}/publications` ? Publications :
  Path extends `/api/v1/sites/${string}/reopen-day` ? Board :
  Path extends `/api/v1/sites/${string}/roster` ? Roster :
  Path extends `/api/v1/sites/${string}/slots` ? Slots :
  Path extends `/api/v1/sites/${string}/structure` ? Structure :
  Path extends `/api/v1/sites/${string}/suggestions` ? Suggestions :
  Path extends `/api/v1/sites/${string}/survey` ? SaidSo :
  Path extends `/api/v1/sites/${string}/targets` ? Targets :
  Path extends `/api/v1/sites/${string}/tickets` | `/api/v1/tickets/${string}/cancel` | `/api/v1/tickets/${string}/escort` ? Ticket :
  Path extends `/api/v1/tickets/${string}/origin` ? SaidSo :
  Path extends `/api/v1/tickets/${string}/private` ? Ticket :
  Path extends `/api/v1/tickets/${string}/rating` | `/api/v1/tickets/${string}/survey` ? SaidSo :
  Path extends `/api/v1/accounts/${infer Last}` ? Last extends `${string}/${string}` ? unknown : Managed :
  Path extends `/api/v1/me/password` ? null :
  Path extends `/api/v1/pairings/${infer Last}` ? Last extends `${string}/${string}` ? unknown : Paired :
  Path extends `/api/v1/reports/compare.csv` ? null :
  Path extends `/api/v1/reports/compare.json` ? Comparison :
  Path extends `/api/v1/reports/compare.xlsx` ? null :
  Path extends `/api/v1/sites/${infer Last}` ? Last extends `${string}/${string}` ? unknown : Site :
  Path extends `/api/v1/tickets/${infer Last}` ? Last extends `${string}/${string}` ? unknown : Ticket :
  Path extends `/api/v1/accounts` ? NewPassword :
  Path extends `/api/v1/definitions` ? Definitions :
  Path extends `/api/v1/device` ? Device :
  Path extends `/api/v1/enrol` ? null :
  Path extends `/api/v1/health` ? Health :
  Path extends `/api/v1/ikm` ? Ikm :
  Path extends `/api/v1/login` | `/api/v1/logout` ? null :
  Path extends `/api/v1/me` ? Me :
  Path extends `/api/v1/pairings` ? Pairing :
  Path extends `/api/v1/setup` ? HallMade :
  Path extends `/api/v1/sites` ? Sites :
  unknown;
