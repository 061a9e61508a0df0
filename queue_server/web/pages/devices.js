/** The register of devices: what is wanted of one is asked here; how each is comes by itself. @module */

import { post } from "../static/js/api.js";
import { byId } from "../static/js/dom.js";
import { icon } from "../static/js/icons.js";
import { pageData } from "../static/js/page.js";
import { keepRenewed } from "../static/js/renew.js";
import { say, useTexts } from "../static/js/texts.js";
import { offerApproval } from "./devices/approve.js";
import { offerSignOut } from "./staff.js";

const data = /** @type {import("../static/js/documents.js").DevicesPage} */ (pageData());
useTexts(data.texts, data.lang);
offerSignOut();

/** @param {Element} part */
function dress(part) {
  for (const place of part.querySelectorAll("[data-icon]")) {
    if (!place.firstChild) place.append(icon(place.getAttribute("data-icon") || ""));
  }
}

dress(document.body);
const renew = keepRenewed("register", dress);
const revoking = /** @type {HTMLDialogElement} */ (byId("revoking"));

offerApproval(data.site.id, (name) => {
  tell("said", say("said_approve", { name }));
  renew();
});

/** @param {string} id @param {string} text */
function tell(id, text) {
  for (const one of ["said", "fault"]) byId(one).hidden = one !== id;
  byId(id).textContent = text;
}

/** @param {string} device @param {string} act @param {object} body @param {string} done */
async function ask(device, act, body, done) {
  try {
    await post(`/api/v1/sites/${data.site.id}/devices/${device}/${act}`, body);
    tell("said", done);
  } catch (trouble) {
    const { code, message } = /** @type {import("../static/js/api.js").ApiError} */ (trouble);
    tell("fault", code === "offline" ? say("offline") : message);
  }
  renew();
}

/** @param {string} name @returns {Promise<boolean>} */
function sure(name) {
  byId("revoking-name").textContent = name;
  revoking.returnValue = "no";
  revoking.showModal();
  return new Promise((resolve) => {
    revoking.addEventListener("close", () => resolve(revoking.returnValue === "yes"), { once: true });
  });
}

document.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element && target.closest("[data-act]");
  const line = button && button.closest("[data-device]");
  for (const menu of document.querySelectorAll(".device-menu[open]")) {
    if (button || !menu.contains(/** @type {Node} */ (target))) menu.removeAttribute("open");
  }
  if (!(button instanceof HTMLElement) || !(line instanceof HTMLElement)) return;
  const { act, test } = button.dataset;
  const { device = "", name = "" } = line.dataset;
  if (act === "revoke" && !(await sure(name))) return;
  ask(device, act || "", test ? { kind: test } : {}, say(`said_${act}`, { name }));
});
document.addEventListener("toggle", ({ target }) => {
  const list = target instanceof HTMLDetailsElement && target.open && target.querySelector(".device-list");
  if (list) list.scrollIntoView({ block: "nearest" });
}, true);
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of document.querySelectorAll(".device-menu[open]")) {
    menu.removeAttribute("open");
    /** @type {HTMLElement} */ (menu.querySelector("summary")).focus();
  }
});
