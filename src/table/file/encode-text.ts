/** Writes a text in an encoding. */
import type { Encoding } from '../dialect.js';
import { toWindows1252 } from './windows-1252.js';

/** The bytes of a text; UTF-16 without a byte order mark, unless the text begins with one. A character that Windows-1252 lacks becomes "?". */
export function encodeText(text: string, encoding: Encoding = 'utf-8'): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'windows-1252') return toWindows1252(text);
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}
