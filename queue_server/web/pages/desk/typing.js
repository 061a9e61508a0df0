/** The keyboard: one key a verb. Held keys, bouncing buttons and typed text never act. @module */

const BOUNCE_MS = 700; // a cheap button closes twice; nobody means the same key again this soon
const TYPED_INTO = ["INPUT", "TEXTAREA", "SELECT"];

/**
 * @param {Record<string, () => void>} keys  by `event.key` in lower case; "Enter" is the number pad's
 * @param {(digit: number) => void} onDigit  1…9
 */
export function listenToKeys(keys, onDigit) {
  const steady = makeSteady();
  document.addEventListener("keydown", (event) => {
    if (event.repeat && (event.key === " " || event.key === "Enter") && !isTyping(event)) event.preventDefault();
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (isTyping(event)) return leaveOnEscape(event);
    if (inPanel()) return;
    const name = nameOf(event);
    const act = /^[1-9]$/.test(name) ? () => onDigit(Number(name)) : keys[name];
    if (!act) return;
    event.preventDefault();
    if (!event.repeat && steady(name, event)) act();
  });
  // A focused button acts when Space is released: here Space is a key of the counter, wherever the focus is.
  document.addEventListener("keyup", (event) => {
    if (event.key === " " && !isTyping(event) && !inPanel()) event.preventDefault();
  });
}

/**
 * Says of each thing whether it comes long enough after the last time: by when the finger came down, not by when a busy
 * page got round to it. @returns {(name: string, event: Event) => boolean}
 */
export function makeSteady() {
  /** @type {Map<string, number>} */
  const last = new Map();
  return (name, { timeStamp }) => {
    const soon = timeStamp - (last.get(name) ?? -Infinity) < BOUNCE_MS;
    if (!soon || /^[\d+=-]$/.test(name)) last.set(name, timeStamp);
    return !soon || /^[\d+=-]$/.test(name);
  };
}

/** @param {KeyboardEvent} event */
function nameOf(event) {
  if (event.key === "Enter") return event.code === "NumpadEnter" ? "Enter" : "";
  return event.key.toLowerCase();
}

/** @param {Event} event */
function isTyping(event) {
  return event.target instanceof HTMLElement && TYPED_INTO.includes(event.target.tagName);
}

/** @param {KeyboardEvent} event */
function leaveOnEscape(event) {
  const out = event.key === "Escape" || (event.key === "Enter" && !inPanel());
  if (out && !inPanel() && event.target instanceof HTMLElement) event.target.blur();
}

function inPanel() {
  return Boolean(document.querySelector("dialog[open]"));
}
