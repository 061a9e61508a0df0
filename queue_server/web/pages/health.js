/** The page of health: one key each; the list itself is the server's. @module */

import { byId } from "../static/js/dom.js";
import { pageData } from "../static/js/page.js";
import { say, useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = /** @type {import("../static/js/documents.js").HealthPage} */ (pageData());
useTexts(data.texts, data.lang);
offerSignOut();
byId("again").addEventListener("click", () => location.reload());
document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element && target.closest("[data-copy]");
  if (button instanceof HTMLElement) copy(button);
});

/** Marks the words and copies them; a browser that will not leaves them marked. @param {HTMLElement} key */
function copy(key) {
  const words = key.parentElement && key.parentElement.querySelector("code");
  const chosen = window.getSelection();
  if (!words || !chosen) return;
  chosen.selectAllChildren(words);
  if (!document.execCommand("copy")) return;
  byId("said").textContent = say("health_copied");
  key.textContent = say("health_copied");
}
