/** What the plain staff pages share. @module */

import { post } from "../static/js/api.js";
import { lang } from "../static/js/texts.js";

/** The sign-out button of the head, where somebody is signed in. */
export function offerSignOut() {
  const button = document.getElementById("sign-out");
  if (!button) return;
  button.addEventListener("click", async () => {
    button.setAttribute("aria-disabled", "true");
    try {
      await post("/api/v1/logout", {});
      location.assign(`/?lang=${lang()}`);
    } catch (_) {
      // Not reached: still signed in, and the button says so by being there.
      button.removeAttribute("aria-disabled");
    }
  });
}
