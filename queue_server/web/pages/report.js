/** The report's few moving parts: date in words, print, refresh, and the same figures as CSV. @module */

import { byId } from "../static/js/dom.js";
import { clock, longDate } from "../static/js/format.js";
import { pageData } from "../static/js/page.js";
import { say, useTexts } from "../static/js/texts.js";
import { offerSignOut } from "./staff.js";

/** @typedef {import("../static/js/documents.js").ReportPage} Data */

/** @type {Data} */
const data = pageData();
useTexts(data.texts, data.lang);
offerSignOut();

const zone = data.site.timezone;
const { day } = byId("day").dataset;
const now = byId("at").dataset.now || data.now;
// Noon, so that the date is the same in every Indonesian zone.
if (day) byId("day").textContent = longDate(`${day}T05:00:00Z`, zone);
byId("at").textContent = say("report_at", { time: clock(now, zone), zone: data.site.timezone_name });
byId("reload").addEventListener("click", () => location.reload());
byId("print").addEventListener("click", () => window.print());
byId("csv").setAttribute("href", `data:text/csv;charset=utf-8,${encodeURIComponent(csv())}`);

/** Both tables as they stand on the page. */
function csv() {
  return ["by-service", "by-counter"].map((id) => rows(/** @type {HTMLTableElement} */ (byId(id))).join("\r\n")).join("\r\n\r\n");
}

/** @param {HTMLTableElement} table */
function rows(table) {
  return [heading(table), ...[...table.querySelectorAll("tbody tr, tfoot tr")].map(cells)].map((row) => row.map(quoted).join(","));
}

/** One heading a column: "Tunggu tengah", "Tunggu p90". @param {HTMLTableElement} table */
function heading(table) {
  const [upper, lower] = [...table.tHead?.rows || []].map((row) => [...row.cells]);
  const parts = lower.map(textOf);
  return upper.flatMap((cell) => (cell.colSpan === 1 ? [textOf(cell)] : parts.splice(0, cell.colSpan).map((part) => `${textOf(cell)} ${part}`)));
}

/** @param {Element} row */
function cells(row) {
  return [...row.children].map(textOf).map((text) => (text === "–" ? "" : text));
}

/** @param {Element} cell */
function textOf(cell) {
  return (cell.textContent || "").trim();
}

/** What a spreadsheet would take for a formula gets an apostrophe. @param {string} text */
function quoted(text) {
  return `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
}
