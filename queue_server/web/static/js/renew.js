/**
 * A server-rendered page that stays true: the page is fetched anew every few seconds, and of it only what differs is
 * put in place, so that a menu that is open stays open and the keyboard stays where it is.
 *
 * The markup says what may change: `data-part="…"`, a name that is the page's own. If the parts themselves are others,
 * as when a line comes or goes, all of it is put in place, but not while somebody is busy in it.
 * @module
 */

const EVERY_MS = 5000;

/**
 * Keeps what is in this element true.
 * @param {string} id
 * @param {(part: Element) => void} dress  what the page's script does to a fresh part
 * @returns {() => void}  renews now
 */
export function keepRenewed(id, dress) {
  let asked = false;
  let again = false; // what is on its way was asked for before something was done here
  const look = async () => {
    if (asked || document.hidden) return;
    asked = true;
    const fresh = await fetched(id);
    asked = false;
    if (again) {
      again = false;
      look();
    } else if (fresh) putInPlace(id, fresh, dress);
  };
  setInterval(look, EVERY_MS);
  document.addEventListener("visibilitychange", look);
  return () => {
    again = asked;
    look();
  };
}

/**
 * The element of the page as the server has it now; null if it cannot be had. A session that ended is signed in anew.
 * @param {string} id
 * @returns {Promise<Element|null>}
 */
function fetched(id) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.timeout = 10000;
    request.onload = () => {
      const found = request.status === 200 && request.responseXML && request.responseXML.getElementById(id);
      if (request.status === 200 && !found) location.reload();
      resolve(found || null);
    };
    request.onerror = () => resolve(null);
    request.ontimeout = () => resolve(null);
    request.send();
  });
}

/** @param {Element} root @returns {Map<string, Element>} */
function parts(root) {
  return new Map([...root.querySelectorAll("[data-part]")].map((one) => [one.getAttribute("data-part") || "", one]));
}

/** @param {string} id @param {Element} fresh @param {(part: Element) => void} dress */
function putInPlace(id, fresh, dress) {
  const root = document.getElementById(id);
  if (!root) return;
  const [ours, theirs] = [parts(root), parts(fresh)];
  if ([...ours.keys()].join() !== [...theirs.keys()].join()) {
    if (root.contains(document.activeElement) || root.querySelector("details[open]")) return;
    dress(fresh);
    root.replaceWith(document.adoptNode(fresh));
    return;
  }
  for (const [name, next] of theirs) {
    dress(next);
    const part = /** @type {Element} */ (ours.get(name));
    if (!part.isEqualNode(next) && !part.querySelector("details[open]")) part.replaceWith(document.adoptNode(next));
  }
}
