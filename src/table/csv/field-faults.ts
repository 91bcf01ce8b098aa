/** Tells which fields are wrong as text: not UTF-8, a NUL byte, a byte order mark where none belongs. */
import { isUtf8 } from 'node:buffer';
import type { Issue, Where } from '../../problem.js';
import { badUtf8, nulByte, strayMark } from './csv-issues.js';
import type { RecordScanner } from './record-scanner.js';

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Whether some field of these bytes may be wrong; where not, none has to be looked at. */
export function isSuspect(bytes: Uint8Array): boolean {
  // A Buffer finds bytes eight times as quickly as a plain array does.
  return !isUtf8(bytes) || bufferOf(bytes).includes(0) || hasMark(bytes);
}

/** What is wrong with a field of the record that was scanned; undefined where nothing is. A mark in quotes belongs to its text. */
export function textFault(
  bytes: Uint8Array,
  scanner: RecordScanner,
  field: number,
): ((where: Where) => Issue) | undefined {
  const start = scanner.starts[field]!;
  const value = bytes.subarray(start, scanner.ends[field]!);
  if (!isUtf8(value)) return badUtf8;
  if (value.includes(0)) return nulByte;
  const isQuoted = start > 0 && scanner.isQuote(bytes[start - 1]!);
  return !isQuoted && hasMark(value) ? strayMark : undefined;
}

function hasMark(bytes: Uint8Array): boolean {
  return bufferOf(bytes).includes(mark);
}

/** The same bytes as a Buffer. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
