/**
 * Gives each call its turn in the band: one after another, none lost, none overlapping.
 *
 * A call stands 8 s, or as long as its announcement if that is longer; while others queue, as long as its
 * announcement but at least 3.5 s.
 * @module
 */

export const ALONE_MS = 8000;
export const QUEUED_MS = 3500;

/**
 * @typedef {import("../static/js/documents.js").Call} Call
 * @typedef {{call: Call, recovered: boolean}} Entry
 *
 * @typedef {object} Parts
 * @property {(entry: Entry, hold_ms: number) => void} show  puts the call into the band
 * @property {(hold_ms: number) => void} retime  the call now shown will stay so long from now on
 * @property {() => void} rest  nobody is being called
 * @property {(entry: Entry, queued: number) => {length_ms: number, done: Promise<void>}} speak
 *   announces, or not; queued counts this call and those behind it
 * @property {(entry: Entry) => boolean} stands  false once the call was taken back
 * @property {(entry: Entry) => boolean} late  true once nobody is expected by it any more
 */

export class Stage {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    /** @type {Entry[]} */
    this.queue = [];
    /** @type {Entry|null} */
    this.current = null;
    this.speaking = false;
    this.length_ms = 0;
    this.startedAt = 0;
    this.turn = 0;
  }

  /** @param {Entry} entry */
  add(entry) {
    this.queue.push(entry);
    if (!this.current) this.next();
    else this.plan(true);
  }

  /** The board changed: a call that was taken back leaves the band and the queue. */
  review() {
    this.queue = this.queue.filter((entry) => this.parts.stands(entry));
    if (this.current && !this.parts.stands(this.current) && !this.speaking) this.next();
  }

  next() {
    clearTimeout(this.timer);
    const entry = this.takeDue();
    const turn = ++this.turn;
    this.current = entry || null;
    if (!entry) {
      this.parts.rest();
      return;
    }
    this.startedAt = performance.now();
    this.speaking = true;
    const { length_ms, done } = this.parts.speak(entry, this.queue.length + 1);
    this.length_ms = length_ms;
    this.parts.show(entry, this.hold());
    const spoken = () => this.spoken(turn);
    done.then(spoken, spoken);
    this.plan(false);
  }

  /**
   * The next call that still concerns somebody. Where calls come faster than they can be shown, the band must not fall
   * behind without end: it would call people who were served long ago (the lists show every call at once).
   */
  takeDue() {
    while (this.queue.length > 1 && this.parts.late(this.queue[0])) this.queue.shift();
    return this.queue.shift();
  }

  /** How long the present call is to stand in all, in ms. */
  hold() {
    return Math.max(this.queue.length ? QUEUED_MS : ALONE_MS, this.length_ms);
  }

  /** @param {boolean} tell  the time left has changed: let the band know */
  plan(tell) {
    clearTimeout(this.timer);
    const left = Math.max(0, this.startedAt + this.hold() - performance.now());
    if (tell) this.parts.retime(left);
    this.timer = setTimeout(() => this.due(), left);
  }

  due() {
    if (!this.speaking) this.next(); // else: when the voice ends
  }

  /** @param {number} turn */
  spoken(turn) {
    if (turn !== this.turn) return;
    this.speaking = false;
    // What was reckoned before may have been a guess: the next call waits for the voice, not for the guess.
    const reckoned = this.hold();
    this.length_ms = Math.min(this.length_ms, performance.now() - this.startedAt);
    if (this.current && !this.parts.stands(this.current)) this.next();
    else if (performance.now() - this.startedAt >= this.hold()) this.next();
    else if (this.hold() < reckoned) this.plan(true);
  }
}
