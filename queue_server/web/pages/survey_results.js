/** The survey's results for staff: the registers are written, and a quarter is closed. @module */

import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

for (const form of document.querySelectorAll("form[data-send]")) {
  if (form instanceof HTMLFormElement) sendsJson(form, () => location.assign(form.dataset.then || location.href));
}
