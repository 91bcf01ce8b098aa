/** Values of a database's driver as lines of CSV, as PostgreSQL itself writes them. */

/** A value as the drivers of MySQL and SQLite give it. */
export type DriverValue = null | string | number | bigint | Uint8Array;

/** In characters: how much is made bytes at once. */
const partLength = 65_536;

/** A header and the rows as CSV: NULL is an empty field, an empty text is `""`, bytes are `\x` and hexadecimal. */
export async function* csvLines(
  header: readonly string[],
  rows: Iterable<readonly DriverValue[]> | AsyncIterable<readonly DriverValue[]>,
): AsyncGenerator<Uint8Array> {
  let text = line(header);
  for await (const row of rows) {
    text += line(row);
    if (text.length < partLength) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function line(values: readonly DriverValue[]): string {
  let text = '';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) text += ',';
    const value = values[i]!;
    if (typeof value === 'string') text += quoted(value);
    else if (typeof value === 'number') text += Object.is(value, -0) ? '-0' : value;
    else if (typeof value === 'bigint') text += value;
    else if (value !== null) text += `\\x${Buffer.from(value).toString('hex')}`;
  }
  return `${text}\n`;
}

/** The text as a field of CSV. */
function quoted(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
