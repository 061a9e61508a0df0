/**
 * The hall at a moment of the past. The server draws it; the slider and the steps fetch the page of another moment and
 * put its hall in place, so that the keyboard stays where it is.
 * @module
 */

import { opensPage } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
opensPage(/** @type {HTMLFormElement} */ (document.getElementById("pick")));

let wanted = ""; // the newest address that was asked for: an older answer that comes late is not shown

document.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLInputElement && target.id === "slider") tell(target);
});
document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLInputElement && target.id === "slider") {
    const at = new Date(Number(target.value) * 1000).toISOString();
    const asked = `day=${String(target.dataset.day)}&at=${encodeURIComponent(at)}`;
    show(`${location.pathname}?${asked}&lang=${data.lang}`);
  }
});
document.addEventListener("click", (event) => {
  const step = event.target instanceof Element && event.target.closest("[data-step]");
  if (!(step instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(step.href);
});

/** The time that the slider stands at, at the hall. @param {HTMLInputElement} slider */
function tell(slider) {
  const there = new Date((Number(slider.value) + Number(slider.dataset.offset)) * 1000);
  const said = there.toISOString().slice(11, 19).replace(/:/g, ".");
  slider.setAttribute("aria-valuetext", said);
  const shown = document.getElementById("slider-at");
  if (shown) shown.textContent = said;
}

/** @param {string} address */
function show(address) {
  wanted = address;
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document";
  request.timeout = 15000;
  request.onload = () => {
    if (wanted !== address) return;
    const fresh = request.status === 200 && request.responseXML && request.responseXML.getElementById("past");
    if (fresh) put(fresh, address);
    else location.assign(address);
  };
  request.onerror = request.ontimeout = () => {
    if (wanted === address) location.assign(address);
  };
  request.send();
}

/** @param {Element} fresh @param {string} address */
function put(fresh, address) {
  const past = /** @type {HTMLElement} */ (document.getElementById("past"));
  const held = document.activeElement && document.activeElement.id;
  past.replaceWith(document.adoptNode(fresh));
  history.replaceState(null, "", address);
  const again = held && document.getElementById(held);
  if (again) again.focus({ preventScroll: true });
}
