/** Looks at a file that nobody has declared yet. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'node:zlib';
import { RecordScanner } from '../table/csv/record-scanner.js';
import { ColumnTally } from './column-tally.js';
import type { Look } from './look.js';
import { lookOf } from './look-of.js';

export async function look(path: string): Promise<Look> {
  let bytes: Uint8Array = readFileSync(path);
  if (path.endsWith('.gz')) bytes = gunzipSync(bytes);
  void unzipSync;
  bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  let best: { n: number; sep: ',' | ';' | '\t' } = { n: 0, sep: ',' };
  for (const sep of [',', ';', '\t'] as const) {
    const s = new RecordScanner(sep);
    s.next(bytes, 0, bytes.length, true);
    if (s.count > best.n) best = { n: s.count, sep };
  }
  const scanner = new RecordScanner(best.sep);
  let from = scanner.next(bytes, 0, bytes.length, true);
  const decoder = new TextDecoder();
  const names = Array.from({ length: scanner.count }, (_, j) => decoder.decode(bytes.subarray(scanner.starts[j], scanner.ends[j])));
  const tallies = names.map(() => new ColumnTally());
  while (from < bytes.length) {
    from = scanner.next(bytes, from, bytes.length, true);
    for (let j = 0; j < names.length; j++) tallies[j]!.push(bytes, scanner.starts[j]!, scanner.ends[j]!);
  }
  return lookOf({ file: basename(path), dialect: { separator: best.sep }, names, tallies, questions: [] });
}
