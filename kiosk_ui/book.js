/** A place is booked: a time is chosen of those in the page, and one press sends it. @module */

import { newKey, post } from "../static/js/api.js";
import { byId } from "../static/js/dom.js";
import { pageData } from "../static/js/page.js";
import { say, useTexts } from "../static/js/texts.js";

/** @typedef {import("../static/js/api.js").ApiError} ApiError */

/** @type {import("../static/js/documents.js").BookPage} */
const data = pageData();
useTexts(data.texts, data.lang);
const form = /** @type {HTMLFormElement|null} */ (document.getElementById("book"));
if (form) start(form);

/** @param {HTMLFormElement} form */
function start(form) {
  const go = /** @type {HTMLButtonElement} */ (byId("go"));
  let key = newKey(); // of one wish: a lost reply is asked for once more, another wish is another
  form.addEventListener("change", () => {
    key = newKey();
    draw(form, go);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    go.disabled = true;
    byId("fault").hidden = true;
    try {
      const { body } = await post(`/api/v1/sites/${data.hall}/bookings`, wish(form), { key });
      location.assign(`${new URL(body.url).pathname}?lang=${data.lang}`);
    } catch (error) {
      fail(/** @type {ApiError} */ (error));
      go.disabled = false;
    }
  });
  draw(form, go); // a browser that came back keeps what was chosen
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement} go */
function draw(form, go) {
  const one = chosen(form);
  go.disabled = !one;
  if (!one) return;
  const clock = one.value.replace(":", ".");
  go.textContent = say("book_do", { day: form.dataset.day || "", clock });
  byId("come").textContent = say("book_come", { start: one.dataset.from || "", end: one.dataset.until || "" });
}

/** The slot that is chosen. @param {HTMLFormElement} form @returns {HTMLInputElement|null} */
function chosen(form) {
  return form.querySelector('input[name="time"]:checked');
}

/** What is sent. @param {HTMLFormElement} form */
function wish(form) {
  const one = chosen(form), people = /** @type {HTMLSelectElement|null} */ (form.querySelector('[name="people"]'));
  const slot = { service: form.dataset.service, date: form.dataset.date, time: one ? one.value : "" };
  return people ? { ...slot, people: Number(people.value) } : slot;
}

/** @param {ApiError} trouble */
function fail({ code, message }) {
  const fault = byId("fault");
  fault.textContent = code === "offline" ? say("book_failed") : message;
  fault.hidden = false;
}
