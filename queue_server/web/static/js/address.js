/**
 * Where the server hands out a file of the screens.
 *
 * Modules of this folder, and what they are bundled into (`static/bundle`), lie two folders below the build's address;
 * others may not ask where they lie themselves.
 * @module
 */

/**
 * The address of a file of the page's own build.
 * @param {string} path  such as `display_ui/voice/`
 */
export function address(path) {
  return new URL(`../../${path}`, import.meta.url).href;
}
