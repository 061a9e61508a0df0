/** The wall's header: clock, date, and the marks of trouble. @module */

import { serverNow } from "../static/js/clock.js";
import { clock, longDate } from "../static/js/format.js";
import { icon, warmIcons } from "../static/js/icons.js";
import { byId } from "./dom.js";

/** @param {{timezone: string, timezone_name: string}} site */
export function startClock({ timezone: tz, timezone_name: zone }) {
  byId("time-zone").textContent = zone;
  const tick = () => {
    const now = serverNow();
    put("time", clock(now, tz));
    put("date", longDate(now, tz));
  };
  tick();
  setInterval(tick, 1000);
}

/** @param {string} id @param {string} text */
function put(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Puts the drawings beside the words of the marks, once. A browser fetches a drawing when it is first shown, and that
 * of a lost line would be asked for when nothing answers.
 */
export function drawMarks() {
  warmIcons(["unplug", "volume-x", "info"]);
  byId("mark-mute").prepend(icon("volume-x"));
  byId("mark-contact").prepend(icon("unplug"));
}

/**
 * @param {"mute"|"contact"} name
 * @param {boolean} on
 */
export function mark(name, on) {
  byId(`mark-${name}`).hidden = !on;
  document.body.classList.toggle(`has-${name}-mark`, on);
}
