/**
 * A USB scanner is a keyboard that types very fast and ends with Enter. On the screen of codes a slow keyboard types,
 * too; anywhere else only what came as fast as a scanner is taken for a code.
 * @module
 */

const FAST_MS = 80; // between two letters; nobody types a code so fast
const FEWEST = 4;

/**
 * @param {object} way
 * @param {() => boolean} way.listens  whether a code is of use now
 * @param {() => boolean} way.typing  whether letters are shown as they come
 * @param {(letter: string) => void} way.type
 * @param {() => void} way.erase
 * @param {() => void} way.enter
 * @param {(code: string) => void} way.scanned
 */
export function listenForCodes({ listens, typing, type, erase, enter, scanned }) {
  let code = "";
  let last = 0;
  let touched = false; // the key that has the focus has it from a finger, not from the keyboard
  document.addEventListener("pointerdown", () => { touched = true; }, true);
  document.addEventListener("keydown", (event) => {
    if (!listens() || event.ctrlKey || event.altKey || event.metaKey) return;
    const fast = event.timeStamp - last < FAST_MS;
    if (event.key === "Enter") {
      const whole = fast && code.length >= FEWEST;
      const done = typing() && (touched || !(document.activeElement instanceof HTMLButtonElement));
      if (whole) scanned(code);
      else if (done) enter();
      if (whole || done) event.preventDefault(); // else it would press the key that has the focus
      code = "";
    } else if (event.key.length === 1 && event.key !== " ") {
      code = fast ? code + event.key : event.key;
      last = event.timeStamp;
      if (typing()) type(event.key);
    } else if (event.key === "Backspace" && typing()) erase();
    else if (event.key === "Tab") touched = false;
  }, true);
}
