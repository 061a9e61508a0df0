/** What an office publishes of a service, in words: only what it has said, in the present language. @module */

import { count, dayOfMonth } from "./format.js";
import { lang, say, sayWords } from "./texts.js";

/**
 * @typedef {import("./documents.js").SiteService} Service
 * @typedef {import("./documents.js").SiteFormer} Former
 * @typedef {import("./documents.js").SiteFee} Fee
 * @typedef {{name: string, lines: string[], href?: string}} Fact  a heading, and what stands under it
 */

/**
 * What to bring, by case; one without a name holds whatever the case. Empty where the office has not said.
 * @param {Service|Former|undefined} service
 * @returns {{when: string, items: string[]}[]}
 */
export function casesOf(service) {
  const cases = service && "cases" in service ? service.cases : [];
  return cases.map(({ when, items }) => ({ when: sayWords(when), items: items[lang()] || items.id || [] }));
}

/** What to bring, in one short line: the office's own, else the first thing. @param {Service} service */
export function bringLine(service) {
  const [first] = casesOf(service);
  return sayWords(service.bring) || (first && first.items[0]) || "";
}

/** The cost in one short line: the office's own, else what follows from the prices. @param {Service} service */
export function costLine(service) {
  if (service.cost) return sayWords(service.cost);
  const amounts = service.fees.map((fee) => fee.amount);
  if (!amounts.length) return "";
  const least = rupiah(Math.min(...amounts));
  return amounts.every((amount) => amount === amounts[0]) ? least : say("fee_from", { amount: least });
}

/** Every price, else the short line; a single one needs no name beside the service's. @param {Service} service */
export function costLines(service) {
  const { fees } = service;
  if (!fees.length) return [costLine(service)].filter(Boolean);
  return fees.map((fee) => (fees.length > 1
    ? say("fee_line", { name: sayWords(fee.name), amount: priceOf(fee) }) : priceOf(fee)));
}

/** "Rp1.800.000 per kelas (tambahan)". @param {Fee} fee */
function priceOf({ amount, per, note }) {
  const fee = per ? say("fee_per", { amount: rupiah(amount), per: sayWords(per) }) : rupiah(amount);
  return note ? say("fee_note", { fee, note: sayWords(note) }) : fee;
}

/** "Rp650.000", in English "Rp650,000"; nothing is "Gratis". @param {number} amount */
export function rupiah(amount) {
  return amount === 0 ? say("free") : say("rupiah", { amount: count(amount) });
}

/** How long it takes: at the counter, before it, and until the result is in the hand. @param {Service} service */
export function timeLines(service) {
  const { target_minutes: minutes, wait_target_minutes: wait, completion } = service;
  return [
    minutes ? say("promised_minutes", { n: minutes }) : "",
    wait ? say("promised_wait", { n: wait }) : "",
    completion ? say("completion", { when: sayWords(completion) }) : "",
  ].filter(Boolean);
}

/** Where one complains: the service's own words, else the agency's or the hall's channel. @param {Service} service */
export function complaintLines({ complaints, complaint }) {
  if (complaints) return [sayWords(complaints)];
  const { phone, address, link } = complaint || { phone: null, address: null, link: null };
  const told = [phone, address, link && plain(link)].filter(Boolean).map(String);
  return told.length ? told : [say("complaint_how")];
}

/** What the price rests on, and when the office looked at it. @param {Service} service @returns {string[]} */
export function basisLines({ basis, checked }) {
  if (!basis) return [];
  const law = sayWords(basis);
  if (!checked) return [law];
  const date = `${dayOfMonth(`${checked}T12:00:00Z`, "UTC")} ${checked.slice(0, 4)}`;
  return [say("checked_on", { basis: law, date })];
}

/** How to pay, what comes of it, what needs no visit: each if the office has said. @param {Service} service */
export function furtherFacts(service) {
  const { pay, product, online } = service;
  /** @type {Fact[]} */
  const facts = [
    { name: say("pay"), lines: [sayWords(pay)] },
    { name: say("product"), lines: [sayWords(product)] },
    { name: say("online"), lines: online ? [sayWords(online.text), plain(online.url)] : [], href: online?.url },
    { name: say("basis"), lines: basisLines(service) },
  ];
  return facts.filter(({ lines }) => lines.some(Boolean));
}

/** An address as people type it. @param {string} url */
function plain(url) {
  return url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
}
