/** The code of a new screen, typed by whoever keeps the devices: what it becomes, and where. @module */

import { post } from "../../static/js/api.js";
import { byId } from "../../static/js/dom.js";
import { say } from "../../static/js/texts.js";

/**
 * Offers the form.
 * @param {string} site
 * @param {(name: string) => void} done  that screen is a device by now
 */
export function offerApproval(site, done) {
  const form = /** @type {HTMLFormElement} */ (byId("approve"));
  const fields = /** @type {Record<string, any>} */ (form.elements);
  const choose = () => {
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-for]"))) {
      one.hidden = one.dataset.for !== fields.shows.value;
    }
  };
  fields.shows.addEventListener("change", choose);
  choose();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = fields.code.value.replace(/[\s-]/g, "");
    byId("approve-fault").hidden = true;
    byId("approving").setAttribute("aria-disabled", "true");
    try {
      await post(`/api/v1/sites/${site}/pairings/${encodeURIComponent(code)}/approve`, wanted(fields));
      done(fields.name.value.trim());
      form.reset();
      choose();
    } catch (trouble) {
      tell(/** @type {import("../../static/js/api.js").ApiError} */ (trouble));
      fields.code.focus();
    }
    byId("approving").removeAttribute("aria-disabled");
  });
}

/** What the server is told of the place. @param {Record<string, any>} fields */
function wanted(fields) {
  const name = fields.name.value.trim();
  if (fields.shows.value === "kiosk") return { name, kind: "kiosk" };
  if (fields.shows.value === "counter") return { name, kind: "display", counter: fields.counter.value };
  const zone = fields.zone && fields.zone.value ? { zone: fields.zone.value } : {};
  return { name, kind: "display", ...zone, voice: fields.voice.checked };
}

/** @param {import("../../static/js/api.js").ApiError} trouble */
function tell({ status, code, message, details }) {
  const taken = details && details.reason === "taken";
  const words = status === 404 ? say("approve_unknown") : status === 429 ? say("approve_often") : taken
    ? say("approve_taken") : code === "offline" ? say("offline") : message;
  byId("approve-fault").textContent = words;
  byId("approve-fault").hidden = false;
}
