/** The few moving parts of the pages of a period: sign out, print, the list of files. @module */

import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
const files = document.getElementById("files");
const summary = files?.querySelector("summary");
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && files?.hasAttribute("open")) {
    files.removeAttribute("open");
    summary?.focus();
  }
});
addEventListener("click", (event) => {
  if (event.target instanceof Node && !files?.contains(event.target)) files?.removeAttribute("open");
});
document.getElementById("print")?.addEventListener("click", () => window.print());
