/** The figures of the last week on a wall: the page is kept true. @module */

import { pageData } from "../static/js/page.js";
import { keepRenewed } from "../static/js/renew.js";

pageData();
keepRenewed("sheet", () => {});
