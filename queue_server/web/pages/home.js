/** Choose a screen. In the demo, one press signs in as one of its accounts. @module */

import { post } from "../static/js/api.js";
import { byId } from "../static/js/dom.js";
import { icon } from "../static/js/icons.js";
import { pageData } from "../static/js/page.js";
import { lang, say, useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

/**
 * @typedef {import("../static/js/documents.js").DemoAccount} DemoAccount
 * @typedef {import("../static/js/documents.js").HomePage} Data
 */

/** @type {Data} */
const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
for (const place of document.querySelectorAll("[data-icon]")) place.append(icon(place.getAttribute("data-icon") || ""));
for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-account]"))) {
  button.addEventListener("click", () => enter(data.demo_accounts[Number(button.dataset.account)]));
}

// On a phone every counter of every hall would be ten screens of links.
if (window.matchMedia("(min-width: 700px)").matches) {
  for (const list of document.querySelectorAll("details.counters")) list.setAttribute("open", "");
}

/** @param {DemoAccount} account */
async function enter({ username, password, page }) {
  try {
    await post("/api/v1/login", { username, password });
    location.assign(`${page}?lang=${lang()}`);
  } catch (trouble) {
    const { code, message } = /** @type {import("../static/js/api.js").ApiError} */ (trouble);
    byId("demo-fault").textContent = code === "offline" ? say("offline") : message;
    byId("demo-fault").hidden = false;
  }
}
