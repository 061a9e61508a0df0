/** The sheet of numbers for an outage, to be printed. @module */

import { byId } from "../static/js/dom.js";

byId("print").addEventListener("click", () => window.print());
