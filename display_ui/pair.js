/** The page of a new screen: a code to be typed elsewhere, and then the screen that it has become. @module */

import { hearClock } from "../static/js/clock.js";
import { clock } from "../static/js/format.js";
import { markAlive, pageData } from "../static/js/page.js";
import { inTwo, Pairing } from "../static/js/pairing.js";
import { say, useTexts } from "../static/js/texts.js";
import { byId } from "./dom.js";

const NAME_MS = 2500;

const data = /** @type {import("../static/js/documents.js").PairPage} */ (pageData());
useTexts(data.texts, data.lang);
hearClock(data.now);
const options = new URLSearchParams(location.search);
setInterval(markAlive, 1000);

/** @param {string} state @param {string} contact */
function tell(state, contact) {
  byId("main").dataset.state = state;
  byId("contact").textContent = contact;
}

function size() {
  byId("size").textContent = `${window.innerWidth} × ${window.innerHeight}`;
}

function open() {
  byId("host").textContent = location.host;
  byId("why").hidden = !options.has("revoked");
  size();
  window.addEventListener("resize", size);
  new Pairing(options.get("kind") === "kiosk" ? "kiosk" : "display", {
    code: ({ code, expires_at }) => {
      byId("code").textContent = inTwo(code);
      byId("until").textContent = say("pair_until", { time: clock(new Date(expires_at), data.timezone) });
      tell("shown", say("pair_connected"));
    },
    trouble: (code) => {
      const words = { offline: "pair_offline", forbidden: "pair_far", too_many_requests: "pair_many" };
      tell("waits", say(words[/** @type {keyof typeof words} */ (code)] || "pair_offline"));
    },
    paired: ({ name, path }) => {
      byId("title").textContent = say("pair_done");
      byId("code").textContent = name;
      tell("paired", say("pair_connected"));
      setTimeout(() => location.replace(path), NAME_MS);
    },
  }).run();
}

if (data.path && !options.has("revoked")) location.replace(data.path); // it is a device already
else open();
