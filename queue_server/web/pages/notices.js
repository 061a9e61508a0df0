/** The page on which notices are written: what is written stands at once in a wall's strip. @module */

import { newKey } from "../static/js/api.js";
import { byId } from "../static/js/dom.js";
import { icon } from "../static/js/icons.js";
import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const STRIP_UNITS = 177.8; // a wall's width, in hundredths of its height

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(".ending"))) {
  sendsJson(form, () => location.reload());
}
const form = document.getElementById("notice");
if (form instanceof HTMLFormElement) {
  const keys = new Map(); // of what is said: if the reply was lost it is not told twice
  const keyOf = (/** @type {object} */ body) => {
    const wish = JSON.stringify(body), key = keys.get(wish) || newKey();
    keys.set(wish, key);
    return key;
  };
  sendsJson(form, () => location.assign(form.dataset.then || location.href), shape, keyOf);
  form.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.id === "urgent" && target.checked) everywhere(form);
    draw(form);
  });
  window.addEventListener("resize", () => draw(form));
  document.fonts.ready.then(() => draw(form));
  draw(form);
}

/**
 * A date and a time are sent as one; without a time a day counts whole, without a date the time is today's.
 * @param {import("../static/js/form.js").Values} said
 */
function shape({ from, from_time: fromTime, until, until_time: untilTime, ...others }) {
  return { ...others, from: at(from, fromTime, "00:00"), until: at(until, untilTime, "24:00") };
}

/** @param {string|undefined} day @param {string|undefined} time @param {string} otherwise */
function at(day, time, otherwise) {
  if (!day && !time) return undefined;
  const clock = time ? withColon(time) : otherwise;
  return day ? `${day}T${clock}` : clock;
}

/** A time as people here write it: 8.00, 08:00, 0800. @param {string} said */
function withColon(said) {
  const [, hours, minutes] = said.match(/^(\d{1,2})[.:]?(\d{2})$/) || [];
  return hours ? `${hours.padStart(2, "0")}:${minutes}` : said;
}

/** What is urgent is for every place and the whole hall, or refused. @param {HTMLElement} all */
function everywhere(all) {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (all.querySelectorAll("[name=where], [name=zones]"))) {
    box.checked = box.name === "where";
  }
  /** @type {HTMLSelectElement} */ (byId("agency")).value = "";
}

/** The strip of a wall, as it would be. @param {HTMLFormElement} all */
function draw(all) {
  const words = /** @type {HTMLTextAreaElement} */ (all.elements.namedItem("text.id")).value.trim();
  const agency = /** @type {HTMLSelectElement} */ (byId("agency"));
  const whose = agency.value ? `${agency.selectedOptions[0].text.trim()}: ` : "";
  const urgent = document.getElementById("urgent");
  const first = urgent instanceof HTMLInputElement && urgent.checked;
  const strip = byId("mini-strip"), text = byId("mini-text"), line = byId("mini-words");
  byId("preview").style.setProperty("--u", `${byId("preview").clientWidth / STRIP_UNITS}px`);
  strip.classList.toggle("is-urgent", first);
  byId("mini-urgent").hidden = !first;
  byId("mini-icon").replaceChildren(icon(first ? "circle-alert" : "info"));
  line.textContent = whose + (words || line.dataset.sample || "");
  text.classList.remove("is-long", "is-longer");
  const overflows = () => strip.scrollWidth > strip.clientWidth || strip.scrollHeight > strip.clientHeight;
  for (const smaller of ["is-long", "is-longer"]) text.classList.toggle(smaller, overflows());
}
