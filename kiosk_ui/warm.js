/** The kiosk's name for a shared helper. @module */

export { warmIcons } from "../static/js/icons.js";
