/** The server's clock, kept here: wall boxes and phones often have a wrong one of their own. @module */

const JITTER_MS = 500;
const TIMES_BEHIND = 4; // so many words in a row that lag behind, and agree, are no slow messages
const AGREE_MS = 1000; // but a server whose clock was set back
const SLEPT_MS = 2000;
const UNSURE_MS = 12000; // a beat comes every ten seconds

/** Server time minus this page's monotonic time, in ms; until the first word from the server our own clock. */
let ahead = Date.now() - performance.now();
let known = false;
/** How far this machine's own clock stood from the page's, which stands still while the machine sleeps. */
let apart = ahead;
let unsureUntil = 0; // on the page's clock
let afterSleep = 0; // how far ahead the server must be if it was a sleep
/** @type {number[]} what the latest words said, while they lag behind */
let behind = [];

/**
 * Takes the server's time from a document that has just arrived. A message may be late, never early: so a word that is
 * ahead of what we think is believed at once, one that lags only if others agree.
 * @param {string|null|undefined} iso
 */
export function hearClock(iso) {
  noticeSleep();
  const told = iso ? Date.parse(iso) : NaN;
  if (Number.isNaN(told)) return;
  const heard = told - performance.now();
  if (heard >= afterSleep) unsureUntil = 0;
  if (!known || heard > ahead) return believe(heard);
  if (heard > ahead - JITTER_MS) {
    behind = [];
    return;
  }
  behind = [...behind, heard].slice(-TIMES_BEHIND);
  const newest = Math.max(...behind);
  if (behind.length === TIMES_BEHIND && newest - Math.min(...behind) < AGREE_MS) believe(newest);
}

/** @param {number} heard */
function believe(heard) {
  ahead = heard;
  known = true;
  behind = [];
}

/**
 * A machine that slept wakes with a page that thinks no time has passed. Whether it slept or its own clock was set
 * cannot be told from here: until the server's word says so, or has had the time to say otherwise, nothing depends on
 * the time.
 */
function noticeSleep() {
  const page = performance.now();
  const now = Date.now() - page;
  const slept = now - apart;
  apart = now;
  if (slept < SLEPT_MS) return;
  unsureUntil = page + UNSURE_MS;
  afterSleep = ahead + slept - SLEPT_MS;
}

/** Whether `serverNow()` can be relied on: not in the first moments after this machine may have slept. */
export function clockIsSure() {
  noticeSleep();
  return performance.now() >= unsureUntil;
}

/** The present moment by the server's clock; a change of this machine's clock does not move it. */
export function serverNow() {
  return new Date(performance.now() + ahead);
}
