/** A page of another build than its server reloads itself, once, when nobody is in the middle of something. @module */

const KEY = "antrean.reloaded";
const AGAIN_AFTER_MS = 300000;

/**
 * @param {string} ours  the build this page came from
 * @param {string} theirs  the build the server runs
 * @param {() => boolean} idle
 */
export function keepFresh(ours, theirs, idle) {
  if (!theirs || theirs === ours || !idle()) return;
  if (triedLately(theirs)) return;
  location.reload();
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
