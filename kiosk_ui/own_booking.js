/** A booked place on its holder's phone: they say that they will come, or give it back. @module */

import { post } from "../static/js/api.js";
import { byId } from "../static/js/dom.js";
import { pageData } from "../static/js/page.js";
import { say, useTexts } from "../static/js/texts.js";

/** @typedef {import("../static/js/api.js").ApiError} ApiError */

/** @type {import("../static/js/documents.js").OwnBookingPage} */
const data = pageData();
useTexts(data.texts, data.lang);
const ask = byId("ask"), page = byId("own");

on("confirm", () => send("confirm"));
on("give", () => {
  ask.hidden = false;
  byId("keep").focus();
});
on("keep", close);
on("sure", () => send("cancel"));
ask.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.key === "Tab") { // two keys, and nothing behind them
    event.preventDefault();
    byId(document.activeElement === byId("keep") ? "sure" : "keep").focus();
  }
});

function close() {
  ask.hidden = true;
  byId("give").focus();
}

/** @param {string} what */
async function send(what) {
  try {
    await post(`${page.dataset.api}/${what}`, {});
    location.reload();
  } catch (error) {
    const { code, message } = /** @type {ApiError} */ (error);
    ask.hidden = true;
    if (code === "illegal_transition") location.reload(); // it was used, or given back on another page
    byId("fault").textContent = code === "offline" ? say("give_failed") : message;
    byId("fault").hidden = false;
  }
}

/** @param {string} id @param {() => void} act */
function on(id, act) {
  const key = document.getElementById(id);
  if (key) key.addEventListener("click", act);
}
