/**
 * A page of another build than its server reloads itself, once, when nobody is in the middle of something; and not all
 * pages in one moment, for after an upgrade every screen of the hall learns of it within seconds.
 * @module
 */

const KEY = "antrean.reloaded";
const AGAIN_AFTER_MS = 300000;
const SPREAD_MS = 60000;
const ASK_AGAIN_MS = 3000;

/** @type {{build: string, at: number}|null} the build to reload for, and when on the page's clock */
let due = null;

/**
 * Takes what the server says of itself.
 * @param {string} ours  the build this page came from
 * @param {string} theirs  the build the server runs
 */
export function hearBuild(ours, theirs) {
  if (!theirs || theirs === ours) due = null;
  else if (!due || due.build !== theirs) due = { build: theirs, at: performance.now() + Math.random() * SPREAD_MS };
}

/**
 * Reloads, if it is time, nobody minds and the server answers: a browser's own error page would not come back by
 * itself. Call it once a second.
 * @param {() => boolean} idle
 */
export function keepFresh(idle) {
  if (!due || performance.now() < due.at || !idle()) return;
  const { build } = due;
  due.at = performance.now() + ASK_AGAIN_MS;
  fetch("/healthz", { cache: "no-store" }).then((answer) => {
    if (!answer.ok || !due || !idle()) return;
    due = null;
    if (!triedLately(build)) location.reload();
  }, () => undefined);
}

/** A cache that keeps handing out the old page must not make the screen flicker for ever. @param {string} build */
function triedLately(build) {
  try {
    const last = JSON.parse(sessionStorage.getItem(KEY) || "null");
    if (last && last.build === build && Date.now() - last.at < AGAIN_AFTER_MS) return true;
    sessionStorage.setItem(KEY, JSON.stringify({ build, at: Date.now() }));
    return false;
  } catch (_) {
    return false;
  }
}
