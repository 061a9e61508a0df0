/** A guide for staff, to be printed. @module */

import { byId } from "../static/js/dom.js";

byId("print").addEventListener("click", () => window.print());
