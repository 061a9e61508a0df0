/** The kiosk's name for the screens' shared element helpers. @module */

export { byId, h, sameInside } from "../static/js/dom.js";
