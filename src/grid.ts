/** Finds what is by its nature a table: a list of like objects, and the frames, series and groups of danfojs-node. */

/** Names of columns, and rows of values; `below` is a sentence about it. */
export interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly below?: string;
}

/** The value as a grid; undefined where it is none. Danfo's objects are known by their shape: the package is not imported. */
export function gridOf(value: unknown): Grid | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  return Array.isArray(value) ? gridOfObjects(value) : (gridOfFrame(value) ?? gridOfGroups(value));
}

/** Objects with the same keys and plain values. */
function gridOfObjects(list: readonly unknown[]): Grid | undefined {
  const columns = isPlainObject(list[0]) ? Object.keys(list[0]) : [];
  const alike = (one: unknown): one is Record<string, unknown> =>
    isPlainObject(one) &&
    Object.keys(one).join('\0') === columns.join('\0') &&
    Object.values(one).every((cell) => cell === null || typeof cell !== 'object');
  if (columns.length === 0 || !list.every(alike)) return undefined;
  return { columns, rows: list.map((one) => columns.map((name) => one[name])) };
}

/** A DataFrame or a Series. Rows that have names, or are a part of other rows, begin with them. */
function gridOfFrame(value: object): Grid | undefined {
  const { columns, dtypes, values, index } = value as Record<string, unknown>;
  if (!Array.isArray(columns) || !Array.isArray(dtypes) || !Array.isArray(values)) return undefined;
  const isFrame = columns.length === dtypes.length && values.every(Array.isArray);
  const isSeries = columns.length === 1 && dtypes.length === 1 && !values.some(Array.isArray);
  if (!isFrame && !isSeries) return undefined;
  const rows: unknown[][] = isFrame ? values : values.map((one) => [one]);
  // Danfo calls a Series without a name "0".
  const names = isSeries && !isFrame && columns[0] === '0' ? ['value'] : columns.map(String);
  const labelled =
    Array.isArray(index) && index.length === rows.length && index.some((label, i) => label !== i);
  return labelled
    ? { columns: ['', ...names], rows: rows.map((row, i) => [index[i], ...row]) }
    : { columns: names, rows };
}

/** What `groupby` gives: its groups, and how many rows each has. */
function gridOfGroups(value: object): Grid | undefined {
  const { keyCol, keyToValue, colDict } = value as Record<string, unknown>;
  if (!Array.isArray(keyCol) || !isPlainObject(keyToValue) || !isPlainObject(colDict)) return undefined;
  const rows = Object.entries(colDict).map(([key, columns]) => {
    const [first] = Object.values(columns as Record<string, unknown[]>);
    const names = keyToValue[key];
    return [...(Array.isArray(names) ? names : [key]), Array.isArray(first) ? first.length : 0];
  });
  const below = `${rows.length} groups; what follows is computed in each, as in .col(['age']).mean()`;
  return { columns: [...keyCol.map(String), 'rows'], rows, below };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}
