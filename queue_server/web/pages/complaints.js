/** The register of complaints: a line is written, or written anew. @module */

import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

const form = document.getElementById("form");
if (form instanceof HTMLFormElement) sendsJson(form, () => location.assign(form.dataset.then || location.href));
