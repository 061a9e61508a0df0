/** What is kept of a number's holder: erased at their word. @module */

import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";

const data = pageData();
useTexts(data.texts, data.lang);
const form = /** @type {HTMLFormElement|null} */ (document.getElementById("erase"));
if (form) sendsJson(form, () => location.reload());
