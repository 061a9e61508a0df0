/**
 * The live connection of a screen: the socket tells, `reduce.js` decides what is new, the screen draws.
 * First paint, live update and recovery go the same way; nothing but a dead server can stop it, and that for no longer
 * than the server is dead.
 * @module
 */

import { io } from "../vendor/socket.io-client.js";
import { get } from "./api.js";
import { hearClock, serverNow } from "./clock.js";
import { ContactWatch } from "./contact.js";
import { watchEarlyEnd } from "./early_end.js";
import { hearBuild, keepFresh } from "./fresh.js";
import { markAlive } from "./page.js";
import { blank, letGo, takeCall, takeCalls, takeDocument, takeMark } from "./reduce.js";
import { LIVE } from "./screens.js";
import { StructureWatch } from "./structure_watch.js";

const LOOK_MS = 1000;
const POLL_MS = 15000;
// A socket that is silent so long is dead, whatever the library believes (beats come every 10 s).
const SILENT_MS = 25000;
const FIRST_POLL_MS = 3000;
const CUT_MS = 2000; // a line that is back sooner was not worth a word
const HOLD_MS = 1500; // how long a live call waits for the one missing before it
const PHONE_HEAL_MS = 60000;

/**
 * @typedef {import("./documents.js").Board} Board
 * @typedef {import("./documents.js").Call} Call
 * @typedef {keyof typeof LIVE} ScreenWord
 * @typedef {(typeof LIVE)[ScreenWord]["hears"][number]} Kind
 *
 * @typedef {import("./documents.js").Messages} Messages
 * @typedef {{[K in Kind]?: (doc: Messages[K]) => void}} Drawing  how each document is drawn
 *
 * @typedef {object} Hearing
 * @property {(call: Call, how: {recovered: boolean}) => void} [call]
 * @property {(error: import("./api.js").ApiError) => void} [refused]  a poll was refused, as by an ended session
 * @property {() => void} [admitted]  a document came, be it new or not: what was refused no longer is
 *
 * @typedef {Drawing & Hearing} Handlers
 *
 * @typedef {object} Options
 * @property {import("./documents.js").Site} site  as the page was given it
 * @property {(site: import("./documents.js").Site) => void} renew  draws the site that was changed meanwhile
 * @property {{screen: ScreenWord, counter?: string, token?: string, zone?: string}} auth
 * @property {string} build  the page's own build
 * @property {Handlers} on
 * @property {(status: import("./contact.js").Status) => void} [onStatus]
 * @property {() => boolean} [idle]  may the page reload now?
 * @property {boolean} [prompt]  say within seconds that the line is cut: to people who act, not to those who look up
 * @property {() => boolean|null} [sound]  displays only: does the sound work (null: not meant to)? Given, each beat
 *   is answered with `seen`
 * @property {Minder} [device]  displays only: what those who keep it want of it from afar (`device.js`)
 *
 * @typedef {{on: (message: any, take: (said: any) => void) => void}} Socket
 * @typedef {{attach: (socket: Socket, say: (more: object) => void) => void, facts: (build: string) => object}} Minder
 *
 * @typedef {{offer: <K extends Kind>(kind: K, doc: Messages[K]) => void, close: () => void}} Live
 */

/**
 * @param {Options} options
 * @returns {Live}
 */
export function openLive(options) {
  const link = new Link(options);
  link.open();
  return { offer: (kind, doc) => link.offer(kind, doc), close: () => link.close() };
}

class Link {
  /** @param {Options} options */
  constructor(options) {
    this.options = options;
    this.state = blank();
    this.structure = new StructureWatch(options.site, options.renew, options.auth.screen === "phone");
    this.contact = new ContactWatch(options.onStatus || (() => {}));
    this.polledAt = performance.now() - POLL_MS + FIRST_POLL_MS;
    this.healedAt = -PHONE_HEAL_MS;
    this.catching = false;
    this.closed = false;
    this.toldAt = performance.now(); // when the socket last spoke or was begun anew
    /** @type {number|null} since when the line is cut */
    this.cutAt = null;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.retry = undefined;
    this.socket = io("/live", {
      auth: { site: options.site.id, ...options.auth },
      // Said before the server counts strangers: many phones come from one address of their network.
      query: options.auth.token ? { ticket: options.auth.token } : {},
      transports: ["websocket"],
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
      randomizationFactor: 0.5,
      timeout: options.auth.screen === "phone" ? 20000 : 8000, // phones are many, and wait in line after a power cut
    });
    this.watchLine = watchEarlyEnd(this.socket);
    this.wake = (/** @type {Event} */ event) => {
      const firstShown = event.type === "pageshow" && !(/** @type {PageTransitionEvent} */ (event).persisted);
      if (!document.hidden && !firstShown) this.poll(); // the page brought its document, and the socket tells the next
    };
  }

  open() {
    const { socket } = this;
    for (const kind of LIVE[this.options.auth.screen].hears) {
      socket.on(kind, (doc) => this.told(() => this.offer(kind, doc)));
    }
    socket.on("call", (call) => this.told(() => this.hand(takeCall(this.state, call))));
    socket.on("beat", (beat) => this.told(() => this.beat(beat)));
    if (this.options.device) this.options.device.attach(socket, (more) => this.saySeen(more));
    socket.on("connect", () => {
      this.toldAt = performance.now();
      this.cutAt = null;
    });
    socket.on("connect_error", () => this.cut());
    socket.on("disconnect", (why) => {
      this.cut();
      // The server hung up on purpose: who acts learns at once why, and does not look for a broken line.
      if (this.options.prompt && why === "io server disconnect") this.poll();
    });
    this.timer = setInterval(() => this.look(), LOOK_MS);
    // A phone that wakes, a page that comes back, a network that returns: look at once.
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("online", this.wake);
    window.addEventListener("pageshow", this.wake);
    this.connect();
  }

  close() {
    clearInterval(this.timer);
    clearTimeout(this.retry);
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("online", this.wake);
    window.removeEventListener("pageshow", this.wake);
    this.closed = true;
    if (this.socket.connected) this.socket.disconnect();
    else this.socket.on("connect", () => this.socket.disconnect()); // cut off while it opens, it would be an error
  }

  cut() {
    if (this.cutAt === null) this.cutAt = performance.now();
    this.again();
  }

  /** Whether the line is cut, and nothing was heard on any other way since. */
  isCut() {
    return this.cutAt !== null && performance.now() - this.cutAt > CUT_MS && this.contact.heardAt < this.cutAt;
  }

  /** The client library retries a lost network, not a refusal or a goodbye from the server: this covers those. */
  again() {
    if (this.closed || this.retry) return;
    this.retry = setTimeout(() => {
      this.retry = undefined;
      if (!this.socket.active) this.begin();
    }, 1000 + Math.random() * 4000);
  }

  /**
   * Begins the connection anew. Never while the library is at it: a second greeting on one line makes the server hang
   * up, and the library then holds the dead line for a living one.
   */
  begin() {
    this.toldAt = performance.now();
    this.socket.disconnect();
    this.connect();
  }

  connect() {
    this.socket.connect();
    this.watchLine();
  }

  /** The socket spoke. @param {() => void} take */
  told(take) {
    this.toldAt = performance.now();
    this.heard(take);
  }

  /** The server spoke, on whatever way. @param {() => void} take */
  heard(take) {
    this.contact.heard();
    take();
  }

  /**
   * Passes a document through the same gate, however it came.
   * @template {Kind} K
   * @param {K} kind
   * @param {Messages[K]} doc
   */
  offer(kind, doc) {
    if ("now" in doc) hearClock(doc.now);
    if (this.options.on.admitted) this.options.on.admitted();
    const { state, accepted } = takeDocument(this.state, kind, doc);
    this.state = state;
    if (accepted) this.structure.hear(doc);
    if (accepted) this.show(kind, doc);
    if ("recent" in doc) this.hand(takeMark(this.state, doc, serverNow().getTime()));
  }

  /** @template {Kind} K @param {K} kind @param {Messages[K]} doc */
  show(kind, doc) {
    const draw = /** @type {Drawing} */ (this.options.on)[kind];
    if (draw) draw(doc);
  }

  /** @param {{state: import("./reduce.js").State, deliver: import("./reduce.js").Delivery[], gap: boolean}} step */
  hand({ state, deliver, gap }) {
    this.state = state;
    for (const { call, recovered } of deliver) {
      if (this.options.on.call) this.options.on.call(call, { recovered });
    }
    if (gap) this.catchUp();
  }

  /** Fetches the calls missed. A live call beyond the hole waits for it, but not long. */
  async catchUp() {
    if (this.catching || !this.options.on.call) return;
    this.catching = true;
    const patience = setTimeout(() => this.hand({ ...letGo(this.state), gap: false }), HOLD_MS);
    try {
      const { body } = await get(`/api/v1/sites/${this.options.site.id}/calls?after=${this.state.floor}`);
      this.catching = false;
      this.contact.heard();
      this.hand(takeCalls(this.state, body));
    } catch (_) {
      // The next call, board, beat or poll sees the same hole and asks again.
      this.catching = false;
    } finally {
      clearTimeout(patience);
      this.hand({ ...letGo(this.state), gap: false });
    }
  }

  /** @param {import("./documents.js").Beat} beat */
  beat(beat) {
    hearClock(beat.now);
    this.hand(takeMark(this.state, beat, serverNow().getTime()));
    this.saySeen(this.options.device ? this.options.device.facts(beat.build) : {});
    if (beat.epoch !== this.state.epoch || beat.revision > this.revision()) this.heal();
    if (beat.epoch === this.state.epoch) this.structure.hear(beat);
    hearBuild(this.options.build, beat.build);
  }

  /** @param {object} more */
  saySeen(more, { sound } = this.options) {
    if (sound) this.socket.emit("seen", { revision: this.revision(), sound: sound(), ...more });
  }

  /** The newest revision shown. */
  revision() {
    return Object.values(this.state.documents).reduce((most, doc) => Math.max(most, doc.revision), 0);
  }

  /** A last message may have been lost: look. Phones are many and mostly unconcerned, so they look rarely. */
  heal() {
    const now = performance.now();
    if (this.options.auth.screen === "phone" && now - this.healedAt < PHONE_HEAL_MS) return;
    this.healedAt = now;
    this.poll();
  }

  look() {
    markAlive();
    this.contact.look(Boolean(this.options.prompt) && this.isCut());
    keepFresh(this.options.idle || (() => true));
    const dead = performance.now() - this.toldAt > SILENT_MS;
    if (dead) this.begin();
    if ((dead || !this.socket.connected) && performance.now() - this.polledAt >= POLL_MS) this.poll();
  }

  async poll() {
    this.polledAt = performance.now();
    const { kind, path } = source(this.options);
    try {
      const { body } = await get(path);
      this.heard(() => this.offer(kind, /** @type {Messages[Kind]} */ (body)));
    } catch (error) {
      const trouble = /** @type {import("./api.js").ApiError} */ (error);
      if (trouble.code !== "offline" && this.options.on.refused) this.options.on.refused(trouble);
    }
  }
}

/**
 * Where a screen's own document can be fetched.
 * @param {Options} options
 * @returns {{kind: Kind, path: string}}
 */
function source({ site, auth }) {
  const { hears, source: path } = LIVE[auth.screen];
  /** @type {Record<string, string|undefined>} */
  const values = { site: site.id, counter: auth.counter, token: auth.token };
  return { kind: hears[0], path: path.replace(/\{(\w+)\}/g, (_, name) => values[name] || "") };
}
