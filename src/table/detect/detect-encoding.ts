/** Tells the encoding of a text by all of its bytes, taken piece by piece. */
import { isUtf8 } from 'node:buffer';
import type { DialectQuestion, DialectReason, Encoding } from '../dialect.js';
import { byteOrderMark } from '../file/text-decoder.js';
import { fromWindows1252, isUnused1252 } from '../file/windows-1252.js';

/** What the bytes say of their encoding. */
export interface EncodingFound {
  readonly encoding: Encoding;
  /** Absent for plain UTF-8. */
  readonly reason?: DialectReason;
  readonly question?: DialectQuestion;
}

const empty = new Uint8Array(0);

/** Takes `push(bytes)` any number of times, then `found()`; remembers a few of the bytes that are not ASCII. */
export class EncodingDetector {
  #isFirst = true;
  #mark: Encoding | undefined;
  #isUtf8 = true;
  #rest: Uint8Array = empty;
  #offset = 0;
  #nuls: [number, number] = [0, 0];
  #hasUnused = false;
  #letters = 0;
  #symbols = 0;
  /** A few surroundings of bytes above 127, to show. */
  readonly #samples = new Set<string>();

  push(bytes: Uint8Array): void {
    if (this.#isFirst) this.#mark = byteOrderMark(bytes)?.encoding;
    this.#isFirst = false;
    if (this.#mark !== undefined) return;
    if (bytes.includes(0)) this.#countNuls(bytes);
    this.#offset += bytes.length;
    if (this.#isUtf8) {
      // Up to the last line feed, for a piece may end within a character.
      const joined = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
      const end = joined.lastIndexOf(10) + 1;
      this.#isUtf8 = isUtf8(joined.subarray(0, end)) && joined.length - end < 1 << 24;
      this.#rest = joined.slice(end);
    }
    if (!this.#isUtf8) this.#look(bytes);
  }

  found(): EncodingFound {
    if (this.#mark === 'utf-8') return { encoding: 'utf-8' };
    const option = 'encoding';
    if (this.#mark !== undefined) {
      const because = 'a byte order mark of UTF-16 begins the file';
      return { encoding: this.#mark, reason: { option, because } };
    }
    const [even, odd] = this.#nuls;
    if (Math.max(even, odd) > this.#offset / 8) {
      const encoding = odd > even ? 'utf-16le' : 'utf-16be';
      return { encoding, reason: { option, because: 'every second byte is zero' } };
    }
    if (this.#isUtf8 && isUtf8(this.#rest)) return { encoding: 'utf-8' };
    if (this.#isUtf8) this.#look(this.#rest);
    const shown = [...this.#samples].slice(0, 3).join(', ');
    const because = `the bytes are not UTF-8; as Windows-1252 they read ${shown}`;
    const found: EncodingFound = { encoding: 'windows-1252', reason: { option, because } };
    if (!this.#hasUnused && this.#letters >= this.#symbols) return found;
    const what = `Is the file Windows-1252? It would read ${shown}. If that is wrong, save it as UTF-8.`;
    return { ...found, question: { option, what, choices: [{ encoding: 'windows-1252' }] } };
  }

  #countNuls(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) this.#nuls[(this.#offset + i) & 1]!++;
  }

  #look(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte < 128) continue;
      if (isUnused1252(byte)) this.#hasUnused = true;
      // From 0xc0 on stand the letters, but for the signs of multiplication and division.
      if (byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7) this.#letters++;
      else this.#symbols++;
      if (this.#samples.size < 3) this.#samples.add(wordAround(bytes, i));
    }
  }
}

/** The word in which a byte stands, as Windows-1252 and in quotes. */
function wordAround(bytes: Uint8Array, at: number): string {
  const isWord = (byte: number | undefined): boolean =>
    byte !== undefined && (byte > 127 || /\w/.test(String.fromCharCode(byte)));
  let [start, end] = [at, at + 1];
  while (isWord(bytes[start - 1]) && at - start < 12) start--;
  while (isWord(bytes[end]) && end - at < 12) end++;
  return `"${new TextDecoder().decode(fromWindows1252(bytes.subarray(start, end)))}"`;
}
