/** The first records of a text under a separator and a quote, as texts. */
import { fieldTexts } from '../csv/header.js';
import { RecordScanner } from '../csv/record-scanner.js';
import type { Dialect, Separator } from '../dialect.js';

/** One record of a sample. */
export interface SampleRecord {
  readonly fields: readonly string[];
  /** The 1-based line on which it begins. */
  readonly line: number;
  readonly isBlank: boolean;
  /** How many of its fields are wrong in form. */
  readonly faults: number;
  /** The line as it stands, if it is one. */
  readonly text: string;
}

/** Up to `most` whole records of the bytes; the last one too where the bytes are all there are. */
export function sampleRecords(
  bytes: Uint8Array,
  separator: Separator,
  { final, most = 1000, ...dialect }: Pick<Dialect, 'quote'> & { final: boolean; most?: number },
): SampleRecord[] {
  const scanner = new RecordScanner(separator, dialect);
  const decoder = new TextDecoder();
  const records: SampleRecord[] = [];
  let line = 1;
  for (let at = 0; at < bytes.length && records.length < most; ) {
    const after = scanner.next(bytes, at, bytes.length, final);
    if (after < 0) break;
    records.push({
      fields: fieldTexts(bytes, scanner, dialect),
      line,
      isBlank: scanner.blank,
      faults: scanner.faults.length,
      text: decoder.decode(bytes.subarray(at, after)).replace(/\r?\n$/, ''),
    });
    line += 1 + scanner.innerLines;
    at = after;
  }
  return records;
}
