/** The first run: one form, then the wait until the server serves the new hall. @module */

import { get } from "../static/js/api.js";
import { byId } from "../static/js/dom.js";
import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { lang, say, useTexts } from "../static/js/texts.js";

const AGAIN_MS = 500;
const PATIENCE_MS = 60000;

const data = /** @type {import("../static/js/documents.js").SetupPage} */ (pageData());
useTexts(data.texts, data.lang);

const form = /** @type {HTMLFormElement} */ (byId("setup"));
const file = /** @type {HTMLInputElement} */ (byId("file"));
const password = /** @type {HTMLInputElement} */ (byId("password"));
let text = ""; // of the chosen file

form.addEventListener("change", show);
show(); // what was chosen before this script was there
byId("show").addEventListener("change", ({ target }) => {
  password.type = /** @type {HTMLInputElement} */ (target).checked ? "text" : "password";
});
file.addEventListener("change", read);
read();
sendsJson(form, ({ site, path }) => wait(site, path, Date.now() + PATIENCE_MS), shaped);

function chosen() {
  return /** @type {HTMLInputElement} */ (form.querySelector("[name=start_from]:checked")).value;
}

function show() {
  byId("of-file").hidden = chosen() !== "file";
  byId("of-small").hidden = chosen() !== "small";
}

async function read() {
  text = file.files && file.files[0] ? await file.files[0].text() : "";
}

/** @param {{[name: string]: any}} values */
function shaped({ code, username, password: secret, start_from: from, hall, timezone }) {
  const who = { code, username, password: secret };
  if (from === "file") return { ...who, site_file: text };
  return from === "small" ? { ...who, start_from: from, hall, timezone } : { ...who, start_from: from };
}

/**
 * The server begins anew: for a moment nobody answers.
 * @param {string} site @param {string} path @param {number} until
 */
async function wait(site, path, until) {
  byId("asking").hidden = true;
  byId("preparing").hidden = false;
  byId("preparing").focus();
  try {
    const { sites } = /** @type {import("../static/js/documents.js").Sites} */ ((await get("/api/v1/sites")).body);
    if (sites.length === 1 && sites[0].id === site) return location.replace(`${path}?lang=${lang()}`);
  } catch (_) {
    // not yet
  }
  if (Date.now() > until) byId("preparing-note").textContent = say("setup_late");
  setTimeout(() => wait(site, path, until), AGAIN_MS);
}
