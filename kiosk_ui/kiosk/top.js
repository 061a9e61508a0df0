/** The line at the top: whose kiosk, what day, what time. @module */

import { serverNow } from "../../static/js/clock.js";
import { clock, longDate } from "../../static/js/format.js";
import { say } from "../../static/js/texts.js";
import { byId } from "../../static/js/dom.js";

/** @param {import("../../static/js/documents.js").Site} site */
export function drawTop(site) {
  const tz = site.timezone;
  byId("date").textContent = longDate(serverNow(), tz);
  byId("clock").textContent = clock(serverNow(), tz);
  byId("demo").hidden = !site.demo;
  byId("demo").textContent = say("demo_notice");
  document.title = `${say("kiosk_title")} · ${site.short_name}`;
}
