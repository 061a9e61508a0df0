/** A list of rows within the form: one more, one less. @module */

let made = 0;

/**
 * @param {HTMLFormElement} form
 * @param {() => void} changed
 */
export function keepRows(form, changed) {
  form.addEventListener("click", (event) => {
    const key = /** @type {HTMLElement} */ (event.target);
    if (key.hasAttribute("data-add")) add(key);
    else if (key.hasAttribute("data-remove")) remove(key);
    else return;
    changed();
  });
}

/** A row before the key, with ids of its own, ready to be filled in. @param {HTMLElement} key */
function add(key) {
  const template = /** @type {HTMLTemplateElement} */ (key.previousElementSibling);
  const row = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  made += 1;
  for (const name of ["id", "for", "aria-describedby"]) {
    for (const one of row.querySelectorAll(`[${name}*="-new-"]`)) {
      one.setAttribute(name, String(one.getAttribute(name)).replace(/-new-/g, `-new${made}-`));
    }
  }
  const first = row.querySelector("input");
  template.before(row);
  if (first) first.focus();
}

/** @param {HTMLElement} key */
function remove(key) {
  const row = /** @type {HTMLElement} */ (key.closest(".structure-row"));
  const field = /** @type {HTMLElement} */ (row.closest("[data-kind=rows]"));
  row.remove();
  const next = field.querySelector("[data-add]");
  if (next instanceof HTMLElement) next.focus();
}
