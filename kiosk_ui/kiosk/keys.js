/** The kiosk without touching it: a keypad's arrows walk from key to key, Escape goes back. @module */

const STEPS = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 });

/** @param {() => void} back  what Escape does */
export function mindKeys(back) {
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (event.key === "Escape") back();
    else if (step) walk(step);
    else return;
    event.preventDefault();
  });
}

/** @param {number} step */
function walk(step) {
  const open = document.querySelector("[role=alertdialog]:not([hidden])");
  const all = /** @type {HTMLElement[]} */ ([...(open || document).querySelectorAll("button:not([disabled])")]);
  const keys = all.filter((key) => key.offsetParent !== null);
  if (!keys.length) return;
  const here = keys.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : keys.length - 1) : (here + step + keys.length) % keys.length;
  keys[next].focus();
}
