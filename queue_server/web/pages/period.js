/** The few moving parts of the pages of a period: sign out, print. @module */

import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
document.getElementById("print")?.addEventListener("click", () => window.print());
