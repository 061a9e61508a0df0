/** Before travelling: searches among the services, and keeps what changes true. @module */

import { pageData } from "../static/js/page.js";
import { meant, ordered } from "./travel/search.js";

const AGAIN_MS = 60000;

/** @type {import("../static/js/documents.js").TravelPage} */
const data = pageData();
const byId = (/** @type {string} */ id) => document.getElementById(id);
const items = Array.from(document.querySelectorAll("#services > li"));
const words = items.map((item) => (item.getAttribute("data-words") || "").split(" "));
const names = items.map((item) => item.getAttribute("data-name") || "");

/** @param {HTMLInputElement} input */
function search(input) {
  const shown = meant(input.value, words, data.ignored);
  items.forEach((item, n) => { if (item instanceof HTMLElement) item.hidden = !shown[n]; });
  const list = byId("services");
  const places = ordered(input.value, names, data.ignored);
  if (list && places.some((n, place) => list.children[place] !== items[n])) list.append(...places.map((n) => items[n]));
  const found = byId("found");
  if (found) found.textContent = shown.some(Boolean) ? "" : found.getAttribute("data-none");
}

/** Takes what changes out of the page as it is now; the rest, with what is typed and open, stays. */
function refresh() {
  const asked = new XMLHttpRequest(); // which reads a page as a page; the policy lets no script do that with a text
  asked.open("GET", location.href);
  asked.responseType = "document";
  asked.timeout = AGAIN_MS / 2;
  asked.onloadend = () => {
    const now = asked.status === 200 ? asked.responseXML : null;
    for (const part of now ? document.querySelectorAll("[data-live]") : []) {
      const fresh = now && now.getElementById(part.id);
      if (fresh && !fresh.isEqualNode(part)) part.replaceChildren(...Array.from(fresh.childNodes));
    }
    const stale = byId("stale");
    if (stale) stale.textContent = now ? "" : stale.getAttribute("data-words");
  };
  asked.send();
}

/** Hands a link to the telephone's own way of sending; elsewhere it is a link. @param {Event} event */
function share(event) {
  const link = event.target instanceof Element ? event.target.closest("[data-share]") : null;
  if (!(link instanceof HTMLAnchorElement) || !navigator.share) return;
  event.preventDefault();
  navigator.share({ title: link.dataset.share, url: link.href }).catch(() => {});
}

const form = byId("find");
const input = byId("asked");
if (form && input instanceof HTMLInputElement) {
  form.hidden = false;
  input.addEventListener("input", () => search(input));
  form.addEventListener("submit", (event) => { event.preventDefault(); search(input); input.blur(); });
  if (input.value) search(input);
}
document.addEventListener("click", share);
setInterval(() => { if (!document.hidden) refresh(); }, AGAIN_MS);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
