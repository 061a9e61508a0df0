/** The server's clock, kept here: wall boxes and phones often have a wrong one of their own. @module */

const JITTER_MS = 500;

/** Server time minus this page's monotonic time, in ms; until the first word from the server our own clock. */
let ahead = Date.now() - performance.now();

/**
 * Takes the server's time from a document that has just arrived. Small differences are the network's, not the clock's.
 * @param {string|null|undefined} iso
 */
export function hearClock(iso) {
  const told = iso ? Date.parse(iso) : NaN;
  if (Number.isNaN(told)) return;
  const heard = told - performance.now();
  if (Math.abs(heard - ahead) > JITTER_MS) ahead = heard;
}

/** The present moment by the server's clock; a change of this machine's clock does not move it. */
export function serverNow() {
  return new Date(performance.now() + ahead);
}
