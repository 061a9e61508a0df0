/** The silent help key: said small, in the head of the page, to nobody but the officer. @module */

import { byId } from "../../static/js/dom.js";
import { clock } from "../../static/js/format.js";
import { serverNow } from "../../static/js/clock.js";
import { say } from "../../static/js/texts.js";

const SAID_MS = 10 * 60 * 1000; // who comes is there by then

/** That it was asked, and who comes. @param {import("./model.js").Model} model */
export function drawHelp({ desk, site, account }) {
  const { help } = desk;
  const comes = help?.acknowledged;
  const stale = comes && serverNow().getTime() - Date.parse(comes.at) > SAID_MS;
  const mine = desk.officer_id === account.id;
  const text = !help || stale || !mine ? "" : comes
    ? say("help_comes", { name: comes.by || "", time: clock(comes.at, site.timezone) })
    : say("help_asked", { time: clock(help.since, site.timezone) });
  if (byId("help-asked").textContent !== text) byId("help-asked").textContent = text;
}
