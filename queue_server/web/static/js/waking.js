// @ts-check
/*
 * Runs before a page's modules, in words that every browser of the last ten years understands, for the times when they
 * do not run. A load that was cut (the server died between its files) is begun anew when the server answers again. A
 * browser too old for the page is told so, in words that are in the page already, instead of being reloaded for ever; a
 * display or a phone then still shows what stands in the page, and loads it anew now and then so that it stays true.
 * The page of an error that passes is loaded anew after the seconds that it names; not the slip's frame, which nobody
 * awaits. A form that somebody sends before its script is there, on a slow machine, is sent once it is.
 */
(function () {
  var LOOK_AFTER_MS = 15000;
  var OLD_AGAIN_MS = 20000;
  var LATER_MS = 300000;
  var TRIES = 3; // loads in a row that may be cut: more, and the browser itself is at fault
  var KEY = "antrean.unstarted";
  var root = document.documentElement;
  var passing = window.parent === window ? Number(root.getAttribute("data-again") || 0) : 0;
  var shows = root.getAttribute("data-plain") === "yes"; // what the page is for stands in it without a script

  /** Whether its scripts can run (Chromium 66 and later), and, where people work, its layout stands (87). */
  function isEnough() {
    if (!("noModule" in document.createElement("script")) || !window.AbortController || !window.CSS || !CSS.supports) {
      return false;
    }
    return shows || CSS.supports("inset", "0px");
  }

  /** @param {string} id @param {boolean} shown */
  function show(id, shown) {
    var words = document.getElementById(id);
    if (words) words.hidden = !shown;
  }

  /** How often in a row this page did not begin. @param {number} more */
  function unstarted(more) {
    try {
      var count = Number(sessionStorage.getItem(KEY) || 0) + more;
      sessionStorage.setItem(KEY, String(more ? count : 0));
      return count;
    } catch (_) {
      return TRIES;
    }
  }

  function look() {
    if (root.getAttribute("data-started")) {
      unstarted(0);
      return;
    }
    if (!document.querySelector('script[type="module"]')) return;
    askAgain();
  }

  /** Loads the page anew if the server answers: a browser's own error page would not come back by itself. */
  function askAgain() {
    var asked = new XMLHttpRequest();
    asked.open("GET", "/healthz?" + new Date().getTime());
    asked.onload = function () {
      if (asked.status !== 200) later();
      else if (passing || !isEnough() || unstarted(1) < TRIES) location.reload();
      else {
        show("cannot-start", true);
        setTimeout(askAgain, LATER_MS);
      }
    };
    asked.onerror = later;
    asked.send();
  }

  function later() {
    setTimeout(askAgain, passing * 1000 || LOOK_AFTER_MS);
  }

  /** @type {HTMLElement|null} */
  var pressed = null; // the key of a form that was sent too early

  /** The policy lets no form send itself, and the browser would say nothing of it. @param {any} event */
  function keep(event) {
    event.preventDefault();
    event.stopPropagation();
    pressed = event.submitter || event.target.querySelector("button:not([type]), [type=submit]");
  }

  document.addEventListener("submit", keep, true);
  document.addEventListener("DOMContentLoaded", function () {
    // A page's modules have run by now, or never will.
    document.removeEventListener("submit", keep, true);
    if (pressed) pressed.click();
  });

  if (passing) later();
  else if (isEnough()) setTimeout(look, LOOK_AFTER_MS);
  else {
    document.addEventListener("DOMContentLoaded", function () {
      show("too-old", true);
    });
    if (shows) setTimeout(askAgain, OLD_AGAIN_MS);
  }
  // A flex box's gap came with Chromium 84: the displays' sheets have margins for those before.
  if (!(window.CSS && CSS.supports && CSS.supports("width", "min(1px, 2px)"))) root.className += " is-older";
})();
