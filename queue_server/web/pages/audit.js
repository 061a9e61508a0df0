/** The audit trail: what the filters say becomes the page's address; the list itself is the server's. @module */

import { opensPage } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
opensPage(/** @type {HTMLFormElement} */ (document.getElementById("find")));
