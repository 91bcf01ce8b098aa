/** Parses CSV that is in memory. */
import { createHash } from 'node:crypto';
import type { CsvOptions, CsvResult } from './csv.js';
import { CsvReader } from './csv-reader.js';

/**
 * The table in a CSV text, or in its bytes (UTF-8, with or without a byte order mark). RFC 4180 with LF or CRLF;
 * blank lines may end the file. Throws a `Problem` with every `csv-…` issue at once.
 *
 * @example
 * parseCsv('age;job\n58;"management"\n', { columns: [{ name: 'age', kind: 'number' }, { name: 'job', kind: 'category' }] })
 */
export function parseCsv(source: string | Uint8Array, options: CsvOptions): CsvResult {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const reader = new CsvReader(options);
  reader.push(bytes);
  return { ...reader.finish(), sha256: createHash('sha256').update(bytes).digest('hex') };
}
