/** Brings the bytes of a text file to UTF-8, piece by piece, without its byte order mark. */
import { isAscii, isUtf8 } from 'node:buffer';
import { Problem } from '../../problem.js';
import type { Encoding } from '../dialect.js';
import { fromWindows1252 } from './windows-1252.js';

/** The encoding that the first bytes state by a byte order mark, and how long the mark is. */
export function byteOrderMark(bytes: Uint8Array): { encoding: Encoding; length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return undefined;
}

/** From pieces of bytes to pieces of UTF-8. What is UTF-8 already is handed on as it is, unchecked. */
export interface Utf8Maker {
  push(bytes: Uint8Array): Uint8Array;
  /** The rest. Throws `csv-bad-utf16` where a character is cut off. */
  finish(): Uint8Array;
}

const nothing = new Uint8Array(0);

/** Letters of Windows-1252 that all happen to be UTF-8 are UTF-8: `Ã©` is no word. */
function windows1252Maker(name: string | undefined): Utf8Maker {
  let isUtf8Throughout = true;
  let hasLetters = false;
  let rest: Uint8Array = nothing;
  return {
    push(bytes) {
      if (isUtf8Throughout) {
        const joined = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
        // Up to the last line feed, for a piece may end within a character.
        const end = joined.lastIndexOf(10) + 1;
        isUtf8Throughout = isUtf8(joined.subarray(0, end)) && joined.length - end < 1 << 20;
        hasLetters ||= !isAscii(joined.subarray(0, end));
        rest = joined.slice(end);
      }
      return fromWindows1252(bytes);
    },
    finish() {
      if (!isUtf8Throughout || !isUtf8(rest) || !(hasLetters || !isAscii(rest))) return nothing;
      throw new Problem({
        code: 'csv-other-encoding',
        what: 'the file is UTF-8, not Windows-1252 as stated',
        where: { file: name },
        remedy: "leave encoding out of the dialect, or state encoding: 'utf-8'",
      });
    },
  };
}

/** The maker for an encoding. Its `push` throws `csv-bad-utf16` for what is not UTF-16. */
export function utf8Maker(encoding: Encoding, name?: string): Utf8Maker {
  if (encoding === 'utf-8') return { push: (bytes) => bytes, finish: () => nothing };
  if (encoding === 'windows-1252') return windows1252Maker(name);
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  const decode = (bytes: Uint8Array, stream: boolean): Uint8Array => {
    try {
      return encoder.encode(decoder.decode(bytes, { stream }));
    } catch {
      throw new Problem({
        code: 'csv-bad-utf16',
        what: 'the text is not UTF-16',
        where: { file: name },
        remedy: 'it may be damaged, or cut in the middle of a character',
      });
    }
  };
  return { push: (bytes) => decode(bytes, true), finish: () => decode(nothing, false) };
}
