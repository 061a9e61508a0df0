/**
 * Plays the chime and the recorded words of a call. Sound that fails is shown, and never holds up the screen.
 * @module
 */

const CHIME = "chime";
const AFTER_CHIME_S = 0.15;
const LEAD_S = 0.05; // the first sample is scheduled this far ahead, so that none is cut off
const LOAD_MS = 3000;
const FETCH_MS = 10000; // a request that never ends must not keep its word silent for ever
const AT_ONCE = 4; // clips fetched ahead side by side: the words of a call that is due find a free line
const AGAIN_MS = 30000; // until what could not be had is asked for again
const START_MS = 3000; // a sound device, and a browser that may use it, are awake so long after the page at the latest
const GUARD_MS = 2000;
const FIRST_GUESS_MS = 6500;
const STILL_LISTENING_MS = 2000; // so soon after an announcement people need no chime to look up

export class Announcer {
  /**
   * @param {{folder: string, clips: string[], onChange: () => void}} options
   *   folder: address of the voice folder, with a slash at its end; clips: all that the hall's calls may name;
   *   onChange: `works()` may have changed
   */
  constructor({ folder, clips, onChange }) {
    this.folder = folder;
    this.clips = clips;
    this.onChange = onChange;
    /** @type {Map<string, Promise<AudioBuffer|null>>} */
    this.buffers = new Map();
    /** @type {Map<string, number>} ms */
    this.lengths = new Map();
    this.endedAt = -Infinity;
    this.openedAt = performance.now();
    this.audio = new AudioContext({ latencyHint: "playback" });
    this.audio.onstatechange = () => onChange();
    for (const touch of ["pointerdown", "keydown"]) {
      document.addEventListener(touch, () => this.unlock());
    }
    this.unlock();
    this.loadAll();
  }

  /** Whether a call would be heard now, as far as a browser can tell. */
  works() {
    return this.audio.state === "running";
  }

  /** Whether a call may still be heard: a sound device takes its moment to wake when the page has just opened. */
  mayWork() {
    return this.works() || performance.now() - this.openedAt < START_MS;
  }

  /** Browsers keep a page silent until a key or touch, unless started for a kiosk; trying costs nothing. */
  unlock() {
    if (this.audio.state !== "running") this.audio.resume().then(this.onChange, this.onChange);
  }

  /**
   * What is heard: the chime, then the clips; within a row of short announcements the chime only before the first.
   * @param {string[]} names
   * @param {boolean} short
   */
  sequence(names, short) {
    const listening = performance.now() - this.endedAt < STILL_LISTENING_MS;
    return short && listening ? names : [CHIME, ...names];
  }

  /**
   * How long an announcement will take, in ms; a guess until the list of clips is there.
   * @param {string[]} names
   * @param {boolean} short
   */
  length(names, short) {
    let sum = AFTER_CHIME_S * 1000;
    for (const name of this.sequence(names, short)) {
      const length = this.lengths.get(name);
      if (length === undefined) return FIRST_GUESS_MS;
      sum += length;
    }
    return sum;
  }

  /**
   * Plays an announcement without a gap. Resolves when its last clip has ended, or at once without sound.
   * @param {string[]} names  of clips
   * @param {boolean} short  one of several in a row
   */
  async play(names, short) {
    const sequence = this.sequence(names, short);
    const buffers = await Promise.all(sequence.map((name) => within(LOAD_MS, this.load(name))));
    while (!this.works()) {
      if (!this.mayWork()) return;
      await pause();
    }
    // A number with a word missing is another person's number: then the chime alone calls the eye to the screen.
    const whole = buffers.every((buffer) => buffer !== null);
    let at = this.audio.currentTime + LEAD_S;
    const begin = at;
    buffers.forEach((buffer, n) => {
      if (!buffer || !(whole || sequence[n] === CHIME)) return;
      this.schedule(buffer, at);
      at += buffer.duration + (sequence[n] === CHIME ? AFTER_CHIME_S : 0);
    });
    await this.until(at, (at - begin) * 1000 + GUARD_MS);
    this.endedAt = performance.now();
  }

  /** @param {AudioBuffer} buffer @param {number} at */
  schedule(buffer, at) {
    const source = this.audio.createBufferSource();
    source.buffer = buffer;
    source.connect(this.audio.destination);
    source.start(at);
  }

  /**
   * Waits for a moment of the audio clock, but no longer than the guard: a sound device may vanish meanwhile.
   * @param {number} moment  s
   * @param {number} guard_ms
   */
  async until(moment, guard_ms) {
    const started = performance.now();
    while (this.audio.currentTime < moment && performance.now() - started < guard_ms) {
      await pause();
    }
  }

  /**
   * Fetches every clip of the hall before the first call needs it: in a rush a call that waits for its words makes the
   * last ones late. The list of clips says how long each is, so that the first call, too, stands for as long as it is
   * spoken and no longer.
   */
  async loadAll() {
    await this.load(CHIME);
    const listed = await this.fetchFile("id/pack.json").then((answer) => answer.json()).catch(() => null);
    for (const name of Object.keys(listed || {})) {
      if (!this.lengths.has(name)) this.lengths.set(name, listed[name] * 1000);
    }
    const left = this.clips.slice();
    const loadNext = async () => {
      for (let name = left.shift(); name; name = left.shift()) await this.load(name);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, loadNext));
    if (!listed || [CHIME, ...this.clips].some((name) => !this.buffers.has(name))) {
      setTimeout(() => this.loadAll(), AGAIN_MS);
    }
  }

  /**
   * Fetches and decodes a clip once; null if it cannot be had (then the next call tries again).
   * @param {string} name
   * @returns {Promise<AudioBuffer|null>}
   */
  load(name) {
    const kept = this.buffers.get(name);
    if (kept) return kept;
    const loading = this.fetchClip(name).catch(() => {
      this.buffers.delete(name);
      return null;
    });
    this.buffers.set(name, loading);
    return loading;
  }

  /** @param {string} name */
  async fetchClip(name) {
    const response = await this.fetchFile(name === CHIME ? `${name}.mp3` : `id/${name}.mp3`);
    const buffer = await this.audio.decodeAudioData(await response.arrayBuffer());
    this.lengths.set(name, buffer.duration * 1000);
    return buffer;
  }

  /** @param {string} path  within the voice folder */
  async fetchFile(path) {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), FETCH_MS);
    try {
      const response = await fetch(this.folder + path, { signal: stop.signal });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return new Response(await response.arrayBuffer());
    } finally {
      clearTimeout(late);
    }
  }
}

/**
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @returns {Promise<T|null>}
 */
function within(ms, promise) {
  return Promise.race([promise,
    new Promise((/** @type {(none: null) => void} */ resolve) => setTimeout(() => resolve(null), ms))]);
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
