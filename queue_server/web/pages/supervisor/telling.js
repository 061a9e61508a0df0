/** The lever *notice*: something is told to everybody until the day is over, in one panel. @module */

import { newKey, post } from "../../static/js/api.js";
import { h } from "../../static/js/dom.js";
import { closePanel, field, openPanel } from "../../static/js/panel.js";
import { lang, say } from "../../static/js/texts.js";
import { backOut } from "./day.js";

const EVERYWHERE = ["wall", "kiosk", "phone", "public"];

/**
 * @param {import("../../static/js/interrupting.js").Whose} whose  what this account may speak for
 * @param {() => void} done
 */
export function openTell({ site, whole, agencies }, done) {
  const keys = new Map(); // of each text: one whose reply was lost is not told twice
  const own = site.agencies.filter(({ id }) => agencies.includes(id));
  openPanel({
    title: say("tell_title"), lead: say("tell_lead"), more: [backOut(), allOf(site.id)],
    body: [field({ name: "text", label: say("tell_text"), hint: say("tell_text") }),
      whole ? h("label", { class: "choice" }, h("input", { type: "checkbox", name: "urgent" }),
        h("span", { class: "choice-text" }, say("tell_urgent")))
        : h("label", { class: "panel-field" }, h("span", { class: "choices-label" }, say("tell_for")),
          h("select", { class: "field", name: "agency" },
            ...own.map(({ id, short_name: name }) => h("option", { value: id }, name))))],
    submit: {
      label: say("tell_do"),
      run: async (data) => {
        const agency = data.get("agency");
        const said = { text: { id: String(data.get("text") || "") }, where: EVERYWHERE, until: "24:00",
          urgent: data.has("urgent"), ...(agency ? { agency } : {}) };
        const wish = JSON.stringify(said), key = keys.get(wish) || newKey();
        keys.set(wish, key);
        try {
          await post(`/api/v1/sites/${site.id}/notices`, said, { key });
        } catch (trouble) {
          const { code, message } = /** @type {import("../../static/js/api.js").ApiError} */ (trouble);
          return code === "offline" ? say("offline") : message;
        }
        closePanel();
        done();
        return null;
      },
    },
  });
}

/** Where all of them are, with places, languages and times. @param {string} site */
function allOf(site) {
  return h("a", { class: "button", href: `/${site}/notices?lang=${lang()}` }, say("tell_all"));
}
