/**
 * The picture beside the last call, while nobody is called. Which one it is follows from the server's clock alone, so
 * that all walls show the same. One that does not load is left out; nothing flashes. The films lie in wall_film.js.
 * @module
 */

import { serverNow } from "../static/js/clock.js";
import { byId } from "./dom.js";
import { Film } from "./wall_film.js";

const LOOK_MS = 1000;
const NONE = { turn: undefined, into_s: 0 };
const UPRIGHT = matchMedia("(max-aspect-ratio: 3/2)"); // there is no room beside a call

/** @typedef {import("../static/js/documents.js").MediaTurn} Turn */

export class Media {
  /**
   * @param {import("./directory.js").Directory} directory
   * @param {string|null} zone
   * @param {{beside: (on: boolean) => void, resting: () => boolean, heard: () => boolean}} of
   *   beside: hears whether a picture stands there; resting: nobody is called; heard: the wall speaks
   */
  constructor(directory, zone, { beside, resting, heard }) {
    this.directory = directory;
    this.zone = zone;
    this.beside = beside;
    this.resting = resting;
    this.film = new Film(heard);
    this.stale = false;
    this.wanted = "";
    this.image = /** @type {HTMLImageElement} */ (byId("band-media"));
    setInterval(() => this.look(), LOOK_MS);
  }

  /** What a wall that hears nothing shows may be over. @param {boolean} stale */
  setStale(stale) {
    this.stale = stale;
    this.look();
  }

  look() {
    const now = serverNow().getTime();
    const { turn, into_s } = this.stale || UPRIGHT.matches ? NONE : inTurn(this.turns(now), now);
    const url = turn ? turn.url : "";
    this.film.follow(turn, into_s, this.resting());
    if (url === this.wanted) return;
    this.wanted = url;
    if (url) this.load(url);
    else this.show(false);
  }

  /** Takes the place of the one before once it is whole: a broken one never stands there. @param {string} url */
  load(url) {
    const next = new Image();
    next.onload = () => {
      if (url !== this.wanted) return;
      this.image.src = url;
      this.show(true);
    };
    next.onerror = () => {
      if (url === this.wanted) this.show(false);
    };
    next.src = url;
  }

  /** @param {boolean} on */
  show(on) {
    this.image.hidden = !on;
    this.beside(on);
  }

  /** Those of this wall now; a server of before has none. @param {number} now  ms, by the server's clock */
  turns(now) {
    return (this.directory.site.media || []).filter(({ from, until, zones }) =>
      (!from || Date.parse(from) <= now) && (!until || now < Date.parse(until))
      && (!this.zone || !zones.length || zones.includes(this.zone)));
  }
}

/**
 * The one whose turn it is, and how much of it is over.
 * @param {Turn[]} turns
 * @param {number} now  ms
 * @returns {{turn: Turn|undefined, into_s: number}}
 */
function inTurn(turns, now) {
  const whole = turns.reduce((sum, { seconds }) => sum + seconds, 0);
  let into_s = (now / 1000) % (whole || 1);
  for (const turn of turns) {
    if (into_s < turn.seconds) return { turn, into_s };
    into_s -= turn.seconds;
  }
  return NONE;
}
