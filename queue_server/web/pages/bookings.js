/** A day's booked places: the page stays true, and lists of them are read in. @module */

import { newKey, postFile } from "../static/js/api.js";
import { byId, h } from "../static/js/dom.js";
import { longDate } from "../static/js/format.js";
import { opensPage } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { keepRenewed } from "../static/js/renew.js";
import { lang, say, useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

/** @typedef {import("../static/js/api.js").ApiError} ApiError */
/** @typedef {import("../static/js/documents.js").ImportedBookings} Imported */

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();
opensPage(/** @type {HTMLFormElement} */ (byId("pick")));
const renew = keepRenewed("day", () => {});
const form = document.getElementById("list");
let sending = false;
/** @type {{file: File|null, service: string, key: string}} a list whose answer was lost: sent again, it is the same */
let wish = { file: null, service: "", key: "" };

if (form instanceof HTMLFormElement) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  const asks = document.getElementById("empty");
  if (asks instanceof HTMLFormElement) {
    asks.addEventListener("submit", (event) => {
      event.preventDefault();
      empty(form, asks);
    });
    asks.addEventListener("change", () => {
      asks.dataset.sure = "";
      byId("empty-do").textContent = say("empty_do");
    });
  }
}

/** @param {HTMLFormElement} list */
async function send(list) {
  const { file: files, service } = /** @type {Record<string, any>} */ (list.elements);
  const file = files.files[0];
  if (sending || !file) return;
  sending = true;
  list.setAttribute("aria-busy", "true");
  if (wish.file !== file || wish.service !== service.value) wish = { file, service: service.value, key: newKey() };
  const kind = /\.xlsx$/i.test(file.name) ? list.dataset.xlsx : list.dataset.csv;
  const asked = service.value ? `?service=${encodeURIComponent(service.value)}` : "";
  try {
    const { body } = await postFile(`${list.dataset.send}${asked}`, file, kind || "", wish.key);
    tell("said", done(/** @type {Imported} */ (body)));
    list.reset();
    renew();
  } catch (trouble) {
    tell("fault", faults(/** @type {ApiError} */ (trouble)));
  }
  wish.file = null;
  sending = false;
  list.removeAttribute("aria-busy");
}

/**
 * All that is still booked of the day and service shown is given back: by a list that names nobody. Asked twice.
 * @param {HTMLFormElement} list @param {HTMLFormElement} asks
 */
async function empty(list, asks) {
  const service = String(new FormData(asks).get("service"));
  const [key, day] = [byId("empty-do"), asks.dataset.day || ""];
  const sure = asks.dataset.sure === service;
  asks.dataset.sure = sure ? "" : service;
  key.textContent = say(sure ? "empty_do" : "empty_sure");
  if (!sure || sending) return;
  sending = true;
  try {
    const query = new URLSearchParams({ service, date: day });
    const nobody = new Blob(["date,time,service,code\r\n"]);
    const { body } = await postFile(`${list.dataset.send}?${query}`, nobody, list.dataset.csv || "", newKey());
    tell("said", done(/** @type {Imported} */ (body)));
    renew();
  } catch (trouble) {
    tell("fault", faults(/** @type {ApiError} */ (trouble)));
  }
  sending = false;
}

/** What a list changed, a line for each day and service. @param {Imported} answer */
function done(answer) {
  const told = answer.lists.map((one) => h("li", {},
    h("a", { href: `?day=${one.date}&lang=${lang()}` }, longDate(`${one.date}T12:00:00Z`, "UTC")),
    `, ${named(one.service)}: `,
    say("list_done", { added: one.added, changed: one.changed, gone: one.gone, unchanged: one.unchanged }),
    one.quota !== null && one.booked > one.quota
      ? ` ${say("list_over", { booked: one.booked, quota: one.quota })}` : ""));
  const beside = [
    ...(answer.doubled ? [h("p", {}, say("list_doubled", { n: answer.doubled }))] : []),
    ...answer.ignored.map((sheet) => h("p", {}, say("list_ignored", { sheet }))),
  ];
  return [h("b", {}, say("list_read")), h("ul", { class: "bookings-faults" }, ...told), ...beside];
}

/** Every fault by its line. @param {ApiError} trouble */
function faults({ code, message, details }) {
  const { problems = [], total = problems.length } = details || {};
  if (code === "offline" || !problems.length) return [code === "offline" ? say("offline") : message];
  const lines = problems.map(({ line = 0, sheet, reason }) =>
    h("li", {}, h("b", {}, place(line, sheet)), ` ${reason}`));
  const more = total > problems.length ? [h("p", {}, say("list_more", { n: total - problems.length }))] : [];
  return [h("b", {}, say("list_faults", { n: total })), h("ul", { class: "bookings-faults" }, ...lines), ...more];
}

/** @param {number} line @param {string} [sheet] */
function place(line, sheet) {
  if (!line) return say("list_whole");
  return sheet ? say("list_line_sheet", { line, sheet }) : say("list_line", { line });
}

/** @param {string} service */
function named(service) {
  const option = document.querySelector(`#list option[value="${CSS.escape(service)}"]`);
  return option && option.textContent ? option.textContent.trim() : service;
}

/** @param {"said"|"fault"} id @param {(Node|string)[]} parts */
function tell(id, parts) {
  for (const one of ["said", "fault"]) byId(one).hidden = one !== id;
  byId(id).replaceChildren(...parts);
  byId(id).focus();
}
