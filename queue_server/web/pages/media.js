/** The pictures and videos of the walls: sent as they are, put in order, taken away. @module */

import { ask } from "../static/js/api.js";
import { byId } from "../static/js/dom.js";
import { sendsJson } from "../static/js/form.js";
import { pageData } from "../static/js/page.js";
import { lang, say, useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

const BAND_UNITS = 177.8; // a wall's width, in hundredths of its height

const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

const list = document.getElementById("playlist");
if (list instanceof HTMLFormElement) {
  sendsJson(list, () => location.assign(list.dataset.then || location.href), () => entries(list));
  list.addEventListener("click", ({ target }) => {
    const key = target instanceof Element && target.closest("[data-remove]");
    if (key instanceof HTMLElement) remove(key.dataset.remove || "");
    const play = target instanceof Element && target.closest("[data-play]");
    if (play instanceof HTMLElement) playOrStop(play);
  });
  list.addEventListener("focusin", ({ target }) => {
    const thumb = target instanceof Element && target.closest(".picture")?.querySelector(".thumb");
    if (thumb instanceof HTMLImageElement) preview(thumb.src);
  });
  byId("mini-film").addEventListener("ended", () => stop());
  const size = () => byId("preview").style.setProperty("--u", `${byId("preview").clientWidth / BAND_UNITS}px`);
  window.addEventListener("resize", size);
  size();
}
byId("upload").addEventListener("submit", (event) => {
  event.preventDefault();
  upload(/** @type {HTMLElement} */ (event.currentTarget));
});

/** The rows that have a place, in its order; a fault is told at its row. @param {HTMLFormElement} form */
function entries(form) {
  const rows = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-picture]")]);
  const shown = rows.filter((row) => part(row, "n").value.trim())
    .sort((one, other) => Number(part(one, "n").value) - Number(part(other, "n").value));
  for (const row of rows) {
    const fault = /** @type {HTMLElement} */ (row.querySelector("[data-error]"));
    fault.dataset.error = shown.includes(row) ? `entries.${shown.indexOf(row)}` : "";
    fault.id = `fault-${row.dataset.picture}`;
  }
  return { based_on: Number(form.dataset.version), entries: shown.map((row) => ({
    picture: row.dataset.picture, seconds: seconds(row), sound: Boolean(row.querySelector("[data-part=sound]:checked")),
    from: part(row, "from").value || undefined, until: part(row, "until").value || undefined,
    zones: [...row.querySelectorAll("[data-part=zones]:checked")].map((box) => box.getAttribute("value")) })) };
}

/** @param {HTMLElement} row @param {string} name */
function part(row, name) {
  return /** @type {HTMLInputElement} */ (row.querySelector(`[data-part="${name}"]`));
}

/** Of a video the server knows them. @param {HTMLElement} row */
function seconds(row) {
  return row.querySelector("[data-part=seconds]") ? Number(part(row, "seconds").value) || 0 : undefined;
}

/** @param {string} picture  its address */
function preview(picture) {
  const image = /** @type {HTMLImageElement} */ (byId("mini-picture"));
  if (image.src === picture) return;
  stop();
  image.src = picture;
}

/** Plays a video where a wall would show it, once; whoever asks for it hears it. @param {HTMLElement} key */
function playOrStop(key) {
  const before = key.getAttribute("aria-pressed") === "true";
  stop();
  if (before) return;
  const film = /** @type {HTMLVideoElement} */ (byId("mini-film"));
  key.setAttribute("aria-pressed", "true");
  film.hidden = false;
  byId("mini-picture").hidden = true;
  byId("preview").scrollIntoView({ block: "nearest" });
  film.src = key.dataset.play || "";
  film.play().catch(() => stop());
}

function stop() {
  const film = /** @type {HTMLVideoElement} */ (byId("mini-film"));
  for (const key of document.querySelectorAll("[data-play]")) key.setAttribute("aria-pressed", "false");
  film.pause();
  film.hidden = true;
  byId("mini-picture").hidden = false;
}

/** @param {string} path */
async function remove(path) {
  try {
    await ask("DELETE", /** @type {`/api/v1/${string}`} */ (path), {});
    location.reload();
  } catch (trouble) {
    tell(/** @type {import("../static/js/api.js").ApiError} */ (trouble).message);
  }
}

/** The file goes as it is, under its own type: the server looks at what it holds. @param {HTMLElement} form */
async function upload(form) {
  const [file] = /** @type {HTMLInputElement} */ (byId("file")).files || [];
  if (!file) return;
  const name = /** @type {HTMLInputElement} */ (byId("name")).value.trim() || file.name.replace(/\.\w+$/, "");
  const moves = file.type.startsWith("video/");
  const path = `${form.dataset.to}${moves ? "/videos" : ""}?name=${encodeURIComponent(name)}&lang=${lang()}`;
  const most = Number(moves ? form.dataset.mostVideo : form.dataset.most);
  if (file.size > most) return tell(say("media_too_large", { mb: Math.floor(most / 1024 / 1024) }));
  const key = /** @type {HTMLButtonElement} */ (form.querySelector("button:not([type])"));
  byId("upload-fault").hidden = true;
  byId("upload-works").hidden = !moves;
  key.disabled = true;
  try {
    const answer = await fetch(path, { method: "POST", body: file, headers: { "Content-Type": file.type } });
    if (answer.ok) location.assign(form.dataset.then || location.href);
    else tell((await answer.json()).error.message);
  } catch (_) {
    tell(say("offline"));
  }
  byId("upload-works").hidden = true;
  key.disabled = false;
}

/** @param {string} text */
function tell(text) {
  byId("upload-fault").textContent = text;
  byId("upload-fault").hidden = false;
}
