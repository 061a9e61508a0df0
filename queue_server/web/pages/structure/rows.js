/** A structure with one row changed, added or gone; nothing else of it is touched. @module */

/**
 * @typedef {Record<string, any>} Made  a structure: the keys of a site file
 */

/**
 * By which key a part's rows are known; the rows of others by their place in the list.
 * @type {Record<string, string>}
 */
const KEYS = { services: "id", agencies: "id", counters: "id", dates: "date" };

/** The place of a row in its list. @param {Made} made @param {string} part @param {string|null} id */
function placeOf(made, part, id) {
  const rows = /** @type {Made[]} */ (made[part] || []);
  if (id === null) return rows.length;
  return KEYS[part] ? rows.findIndex((row) => row[KEYS[part]] === id) : Number(id);
}

/**
 * @param {Made} made
 * @param {string} part  the list of the row; "hall": the structure itself
 * @param {string|null} id  null: a new row
 * @param {[string, unknown][]} values  path below the row, and what shall stand there (undefined: nothing)
 * @returns {Made}
 */
export function withRow(made, part, id, values) {
  const change = (/** @type {Made} */ row) =>
    values.reduce((done, [path, value]) => put(done, path.split("."), value), row);
  if (part === "hall") return change(made);
  const rows = /** @type {Made[]} */ (made[part] || []);
  if (id === null) return { ...made, [part]: [...rows, change({})] };
  const at = placeOf(made, part, id);
  return { ...made, [part]: rows.map((row, n) => (n === at ? change(row) : row)) };
}

/**
 * Without a row, and without what points to it: a counter's service, a service's next.
 * @param {Made} made
 * @param {string} part
 * @param {string} id
 * @returns {Made}
 */
export function without(made, part, id) {
  const at = placeOf(made, part, id);
  const left = { ...made, [part]: made[part].filter((/** @type {Made} */ _, /** @type {number} */ n) => n !== at) };
  if (left[part].length === 0) delete left[part];
  if (part !== "services") return left;
  const but = (/** @type {string[]} */ ids) => ids.filter((one) => one !== id);
  return {
    ...left,
    services: left.services.map((/** @type {Made} */ row) => (row.next ? { ...row, next: but(row.next) } : row)),
    counters: left.counters.map((/** @type {Made} */ row) => ({ ...row, services: but(row.services) })),
  };
}

/**
 * With a row one place up or down among those of its agency: the order of keys on the kiosk.
 * @param {Made} made
 * @param {string} part
 * @param {string} id
 * @param {-1|1} step
 * @returns {Made}
 */
export function moved(made, part, id, step) {
  const rows = [...made[part]];
  const at = placeOf(made, part, id);
  let other = at + step;
  while (rows[other] && rows[other].agency !== rows[at].agency) other += step;
  if (!rows[other]) return made;
  [rows[at], rows[other]] = [rows[other], rows[at]];
  return { ...made, [part]: rows };
}

/**
 * @param {Made} table
 * @param {string[]} path
 * @param {unknown} value
 * @returns {Made}
 */
function put(table, [key, ...rest], value) {
  const copy = { ...table };
  const inner = rest.length ? put(isTable(copy[key]) ? copy[key] : {}, rest, value) : value;
  if (inner === undefined || (rest.length && Object.keys(/** @type {object} */ (inner)).length === 0)) delete copy[key];
  else copy[key] = inner;
  return copy;
}

/** @param {unknown} value */
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The path below the row that a key of the check names; null where it names another row.
 * @param {string} key  `services[3].quota.total`
 * @param {string} part
 * @param {string|null} id
 * @param {Made} made
 */
export function pathOf(key, part, id, made) {
  if (part === "hall") return key;
  const found = /^(\w+)\[(\d+)\]\.(.+)$/.exec(key);
  if (!found || found[1] !== part) return null;
  return Number(found[2]) === placeOf(made, part, id) ? found[3] : null;
}
