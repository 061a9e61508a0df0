/** The report's few moving parts: print and refresh. @module */

import { byId } from "../static/js/dom.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
byId("reload").addEventListener("click", () => location.reload());
byId("print").addEventListener("click", () => window.print());
