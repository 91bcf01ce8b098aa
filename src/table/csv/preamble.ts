/** What may stand before the header: a byte order mark, a line `sep=;`, lines that are no rows, comments, blank lines. */
import type { Dialect, Separator } from '../dialect.js';

/** Spreadsheets write it, and take it for no row. */
const separatorLine = /^"?sep=([,;\t| ])"?$/i;

/** Passes over it; afterwards `lines` says how many lines there were, and `separator` what one of them stated. */
export class Preamble {
  lines = 0;
  separator: Separator | undefined;
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Where the header begins in the first bytes of a file; -1 where that cannot be told before more come. */
  skip(bytes: Uint8Array, limit: number, final: boolean): number {
    const { skipLines = 0, comments, blankLines = false } = this.#dialect;
    let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    this.lines = 0;
    for (;;) {
      const feed = bytes.indexOf(10, at);
      const whole = feed >= 0 && feed < limit;
      if (!whole && !final) return -1;
      const end = whole ? feed + 1 : limit;
      const line = textOf(bytes, at, end);
      const stated = this.lines === 0 ? separatorLine.exec(line)?.[1] : undefined;
      if (stated !== undefined) this.separator = stated as Separator;
      const isPassed =
        stated !== undefined ||
        this.lines < skipLines ||
        (comments !== undefined && line.startsWith(comments)) ||
        (blankLines && line.trim() === '');
      if (!isPassed || at >= limit) return at;
      this.lines++;
      at = end;
    }
  }
}

/** A line without its end; only its beginning where it is long. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  const text = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 1024)));
  return text.replace(/\r?\n$/, '');
}
