/** One's own account: another password, and the end of sessions elsewhere. @module */

import { byId } from "../static/js/dom.js";
import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

const form = /** @type {HTMLFormElement} */ (byId("password"));
const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=old], [name=new]"));
const show = /** @type {HTMLInputElement} */ (byId("show"));
show.addEventListener("change", () => fields.forEach((one) => { one.type = show.checked ? "text" : "password"; }));
sendsJson(form, () => {
  form.reset();
  fields.forEach((one) => { one.type = "password"; });
  byId("saved").hidden = false;
});
form.addEventListener("input", () => { byId("saved").hidden = true; });
for (const other of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-then]"))) {
  sendsJson(other, () => location.reload());
}
