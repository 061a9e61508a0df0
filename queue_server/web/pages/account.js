/** One account: changed or added, given a password, its sessions ended. @module */

import { byId } from "../static/js/dom.js";
import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

const form = /** @type {HTMLFormElement} */ (byId("account"));
sendsJson(form, (answer) => {
  if (answer.password) return tell(answer.password);
  const based = /** @type {HTMLInputElement} */ (form.elements.namedItem("based_on"));
  based.value = String(answer.version);
  byId("saved").hidden = false;
});
form.addEventListener("input", () => { byId("saved").hidden = true; });

for (const other of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-send]"))) {
  if (other.id === "reset") sendsJson(other, ({ password }) => tell(password));
  else if (other.id === "lend") sendsJson(other, () => location.reload(), whereTo);
  else if (other !== form) sendsJson(other, () => location.reload());
}

/** An agency is chosen at its site. @param {import("../static/js/form.js").Values} values */
function whereTo({ agency }) {
  const [site, id] = agency.split("/");
  return { site, agency: id };
}

/** A password that is shown once. @param {string} password */
function tell(password) {
  const username = form.elements.namedItem("username");
  if (username instanceof HTMLInputElement) byId("made-username").textContent = username.value;
  byId("made-password").textContent = password;
  byId("made").hidden = false;
  if (form.dataset.send && form.dataset.send.startsWith("POST")) form.hidden = true;
  byId("made").focus();
  byId("made").scrollIntoView({ block: "nearest" });
}
