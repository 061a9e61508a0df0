/** The list of accounts: typed words leave those that have them. @module */

import { byId } from "../static/js/dom.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

const find = /** @type {HTMLInputElement} */ (byId("find"));
find.addEventListener("input", narrow);
narrow(); // what was typed before this script was there, or before the way back to this page

function narrow() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of byId("accounts").children) {
    const said = (row.textContent || "").toLowerCase();
    const fits = words.every((word) => said.includes(word));
    /** @type {HTMLElement} */ (row).hidden = !fits;
    shown += fits ? 1 : 0;
  }
  byId("nobody").hidden = shown > 0;
}
