/**
 * The front desk: numbers are given, found and put right. The server draws what stands there; acts are sent.
 * @module
 */

import { newKey, post } from "../static/js/api.js";
import { byId, h } from "../static/js/dom.js";
import { opensPage, sendsJson } from "../static/js/form.js";
import { clock } from "../static/js/format.js";
import { pageData } from "../static/js/page.js";
import { paperWidth, printSlip } from "../static/js/printer.js";
import { keepRenewed } from "../static/js/renew.js";
import { lang, say, sayCount, useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

/** @typedef {import("../static/js/api.js").ApiError} ApiError */

const data = /** @type {import("../static/js/documents.js").FrontDeskPage} */ (pageData());
useTexts(data.texts, data.lang);
offerSignOut();

const path = `/${data.site.id}/front-desk`;
let wish = { body: "", key: "" }; // of a number whose answer was lost: asked for again, it is the same one
let giving = false;
const MOST = 20; // people of one number
let people = 1;

const entry = document.getElementById("check-in"); // where no service takes bookings there is none
byId("find").addEventListener("submit", scanned);
opensPage(/** @type {HTMLFormElement} */ (byId("find")));
if (entry instanceof HTMLFormElement) sendsJson(entry, checkedIn, undefined, keyOf, refusedLate);
dress(byId("found"));
dress(byId("helping"));
const renewHelp = keepRenewed("helping", dress);
const renewFound = keepRenewed("found", dress);
const renewGuided = keepRenewed("guided", () => {});
const renewOffer = keepRenewed("offer", () => {});
const field = /** @type {HTMLInputElement} */ (byId("q"));
field.focus();
field.select();

document.addEventListener("click", ({ target }) => {
  const ready = target instanceof Element && target.closest("[data-reason]");
  const reason = ready && fieldOf(ready, "reason");
  if (!ready || !reason) return;
  reason.value = ready.textContent || "";
  sayCode(ready, ready.getAttribute("data-reason") || "");
  reason.focus();
});
document.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLInputElement && target.name === "reason") sayCode(target, ""); // words of one's own now
});
byId("offer").parentElement?.addEventListener("click", ({ target }) => {
  const key = target instanceof Element && target.closest("[data-service]");
  if (key instanceof HTMLElement) give(key.dataset.service || "");
});
byId("fewer").addEventListener("click", () => come(people - 1));
byId("more").addEventListener("click", () => come(people + 1));
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  field.focus();
  field.select();
});

/** @param {Element} within @param {string} name  of its form's field */
function fieldOf(within, name) {
  return /** @type {HTMLInputElement|null} */ (within.closest("form")?.querySelector(`input[name=${name}]`) || null);
}

/** The word of the list that goes with the reason that stands there. @param {Element} within @param {string} code */
function sayCode(within, code) {
  const field = fieldOf(within, "reason_code");
  if (field) field.value = code;
}

/** Each act on a number is a form of its own, which may be the whole part. @param {Element} part */
function dress(part) {
  const forms = [part, ...part.querySelectorAll("form")];
  for (const form of forms) {
    if (form instanceof HTMLFormElement && form.dataset.act) sendsJson(form, (answer) => acted(form, answer));
  }
}

/** @param {HTMLFormElement} form @param {any} answer */
function acted(form, answer) {
  const { act, number = "" } = form.dataset;
  if (act === "notes") {
    const { notes } = /** @type {import("../static/js/documents.js").Notes} */ (answer);
    const rows = notes.map((one) => h("li", {},
      h("span", { class: "secondary small" }, [one.counter && say("counter_n", { counter: one.counter }), one.by,
        clock(one.at, data.site.timezone)].filter(Boolean).join(", ")), h("b", {}, one.text)));
    form.querySelector(".front-notes")?.replaceChildren(...rows);
  } else if (act === "help") {
    tell("said", say("done_help", { counter: number }));
    field.focus();
    renewHelp();
  } else if (act === "reprint") print(String(answer.token), number);
  else look(number, say(`done_${act}`, { number }));
}

/** A code of a booking in the field of numbers goes no further: in an address it could be read. @param {Event} event */
function scanned(event) {
  if (!(entry instanceof HTMLFormElement) || !isCode(field.value)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  /** @type {HTMLInputElement} */ (entry.elements.namedItem("code")).value = field.value.trim();
  field.value = "";
  entry.closest("details")?.setAttribute("open", "");
  entry.requestSubmit();
}

/** Longer than a number, and not one's letters and digits. @param {string} said */
function isCode(said) {
  const plain = said.replace(/[\s.\-_]/g, "");
  return /^[a-z0-9]{6,64}$/i.test(plain) && !/^[a-z]{1,3}\d{1,4}$/i.test(plain);
}

/** @param {object} body */
function keyOf(body) {
  const said = JSON.stringify(body);
  if (wish.body !== said) wish = { body: said, key: newKey() };
  return wish.key;
}

/** @param {any} ticket  the one that the code stands for, new or not */
function checkedIn(ticket) {
  /** @type {HTMLFormElement} */ (entry).reset();
  wish.body = "";
  const { callable_from: from, number } = ticket;
  print(ticket.token, number, from ? say("done_early", { number, clock: clock(from, data.site.timezone) })
    : say("done_check_in", { number }));
}

/** A late visitor is let in for a reason: the next thing to write, its key in sight. @param {ApiError} trouble */
function refusedLate({ code }) {
  if (code !== "too_late" || !entry) return;
  const reason = entry.querySelector("[name=reason]");
  if (reason instanceof HTMLElement) reason.focus();
  entry.querySelector(".form-keys")?.scrollIntoView({ block: "nearest" });
}

/** So many come with the next number. @param {number} so_many */
function come(so_many) {
  people = Math.min(MOST, Math.max(1, so_many));
  byId("people").textContent = sayCount("people", people);
}

/** A number of a service, in the class that is chosen. @param {string} service */
async function give(service) {
  if (giving) return;
  giving = true;
  const chosen = /** @type {HTMLInputElement|null} */ (document.querySelector("[name=class]:checked"));
  const body = { service, class: chosen ? chosen.value : "regular", ...(people > 1 ? { people } : {}) };
  const said = JSON.stringify(body);
  if (wish.body !== said) wish = { body: said, key: newKey() };
  try {
    const { body: ticket } = await post(`/api/v1/sites/${data.site.id}/tickets`, body, { key: wish.key });
    wish.body = "";
    const regular = /** @type {HTMLInputElement|null} */ (document.querySelector("[name=class]"));
    if (regular) regular.checked = true; // the next visitor is asked anew
    come(1);
    print(ticket.token, ticket.number, say("done_issue", { number: ticket.number }));
  } catch (trouble) {
    const { code, message } = /** @type {ApiError} */ (trouble);
    if (code !== "offline") wish.body = "";
    tell("fault", code === "offline" ? say("offline") : message);
  }
  giving = false;
}

/** @param {string} token @param {string} number @param {string} [done] */
function print(token, number, done = say("done_reprint", { number })) {
  look(number, done);
  if (paperWidth() === 0) return;
  printSlip(token, paperWidth(), () => {}, () => tell("fault", say("print_failed", { number })));
}

/** The page shows that number now. @param {string} number @param {string} said */
function look(number, said) {
  history.replaceState(null, "", `${path}?q=${encodeURIComponent(number)}&lang=${lang()}`);
  field.value = number;
  field.focus();
  field.select();
  for (const fold of document.querySelectorAll("details[open]")) fold.removeAttribute("open");
  tell("said", said);
  renewFound();
  renewGuided();
  renewOffer();
}

/** @param {string} id @param {string} text */
function tell(id, text) {
  for (const one of ["said", "fault"]) byId(one).hidden = one !== id;
  byId(id).textContent = text;
}
