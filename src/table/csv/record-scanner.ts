/** Finds where the fields of a record begin and end in a block of bytes (RFC 4180); interprets none of them. */
import type { Dialect, Separator } from '../dialect.js';

const lineFeed = 10;
const carriageReturn = 13;

/** Something in a record that RFC 4180 does not allow. */
export interface Fault {
  readonly kind: 'stray-quote' | 'text-after-quote' | 'unterminated-quote' | 'lone-carriage-return';
  /** 0-based field. */
  readonly field: number;
  /** Lines below the first line of the record. */
  readonly line: number;
}

/** Scans one record at a time; its fields are read from the arrays until the next call. */
export class RecordScanner {
  /** Field j stands in `bytes[starts[j] … ends[j])`, without its quotes. */
  starts: Int32Array = new Int32Array(64);
  ends: Int32Array = new Int32Array(64);
  /** 1 where the field holds doubled quotes, to be halved. */
  doubled: Uint8Array = new Uint8Array(64);
  /** How many fields the record has. */
  count = 0;
  /** True where the record is a line without a single character. */
  blank = false;
  /** Line feeds inside its quotes. */
  innerLines = 0;
  faults: Fault[] = [];
  readonly #separator: number;
  /** -1 where a quote is a character like others. */
  readonly #quote: number;
  readonly #trim: boolean;
  /** 1 for the bytes at which an unquoted field ends or goes wrong. */
  readonly #special = new Uint8Array(256);

  constructor(separator: Separator, { quote = '"', trim = false }: Pick<Dialect, 'quote' | 'trim'> = {}) {
    this.#separator = separator.charCodeAt(0);
    this.#quote = quote === '' ? -1 : quote.charCodeAt(0);
    this.#trim = trim;
    for (const byte of [this.#separator, lineFeed, carriageReturn]) this.#special[byte] = 1;
    if (quote !== '') this.#special[this.#quote] = 1;
  }

  /**
   * The position after the record that starts at `from`, its line end included; -1 where the record does not end
   * before `limit`. With `final`, the end of the bytes ends the record.
   */
  next(bytes: Uint8Array, from: number, limit: number, final: boolean): number {
    const separator = this.#separator;
    const quote = this.#quote;
    const special = this.#special;
    if (this.faults.length > 0) this.faults = [];
    this.innerLines = 0;
    let count = 0;
    let i = from;
    for (;;) {
      if (count === this.starts.length) this.#widen();
      this.doubled[count] = 0;
      let close = -1;
      if (i < limit && bytes[i] === quote) {
        close = this.#takeQuoted(bytes, i, limit, final, count);
        if (close < 0) return -1;
        i = close === limit ? limit : close + 1;
      } else {
        this.starts[count] = i;
      }

      let after = -1;
      for (;;) {
        while (i < limit && special[bytes[i]!] === 0) i++;
        if (i >= limit) {
          if (!final) return -1;
          after = limit;
          break;
        }
        const byte = bytes[i];
        if (byte === separator) break;
        if (byte === lineFeed) {
          after = i + 1;
          break;
        }
        if (byte === carriageReturn) {
          if (i + 1 < limit && bytes[i + 1] === lineFeed) {
            after = i + 2;
            break;
          }
          if (i + 1 >= limit && !final) return -1;
          this.#fault('lone-carriage-return', count);
        } else if (close < 0) {
          if (this.#trim && this.#areBlanks(bytes, this.starts[count]!, i)) {
            // The quote opens the field after all.
            close = this.#takeQuoted(bytes, i, limit, final, count);
            if (close < 0) return -1;
            i = close;
            if (close === limit) continue;
          } else this.#fault('stray-quote', count);
        }
        i++;
      }

      if (close < 0) this.ends[count] = i;
      else if (i > close + 1 && !(this.#trim && this.#areBlanks(bytes, close + 1, i))) {
        this.#fault('text-after-quote', count);
      }
      count++;
      if (after >= 0) {
        this.count = count;
        if (this.#trim) this.#trimFields(bytes, from);
        this.blank = count === 1 && close < 0 && this.ends[0] === this.starts[0];
        return after;
      }
      i++;
    }
  }

  /** Takes the field whose quote opens at `open`: where it closes, `limit` where it never does, -1 where more bytes may tell. */
  #takeQuoted(bytes: Uint8Array, open: number, limit: number, final: boolean, field: number): number {
    const quote = this.#quote;
    let lines = 0;
    for (let i = open + 1; i < limit; i++) {
      const byte = bytes[i];
      if (byte === lineFeed) lines++;
      else if (byte === quote) {
        if (i + 1 >= limit || bytes[i + 1] !== quote) {
          this.innerLines += lines;
          this.starts[field] = open + 1;
          this.ends[field] = i;
          return i;
        }
        this.doubled[field] = 1;
        i++;
      }
    }
    if (!final) return -1;
    this.#fault('unterminated-quote', field);
    this.starts[field] = open + 1;
    this.ends[field] = limit;
    return limit;
  }

  /** Whether a byte opens and closes a quoted field. */
  isQuote(byte: number): boolean {
    return byte === this.#quote;
  }

  /** Takes blanks off both ends of the fields that stand in no quotes. */
  #trimFields(bytes: Uint8Array, from: number): void {
    for (let field = 0; field < this.count; field++) {
      let start = this.starts[field]!;
      if (start > from && this.isQuote(bytes[start - 1]!)) continue;
      let end = this.ends[field]!;
      while (end > start && this.#isBlank(bytes[end - 1]!)) end--;
      while (start < end && this.#isBlank(bytes[start]!)) start++;
      this.starts[field] = start;
      this.ends[field] = end;
    }
  }

  #areBlanks(bytes: Uint8Array, start: number, end: number): boolean {
    for (let i = start; i < end; i++) if (!this.#isBlank(bytes[i]!)) return false;
    return true;
  }

  /** A space or a tab that separates no fields. */
  #isBlank(byte: number): boolean {
    return (byte === 32 || byte === 9) && byte !== this.#separator;
  }

  #fault(kind: Fault['kind'], field: number): void {
    // One fault of a kind a field says it all.
    if (this.faults.some((fault) => fault.kind === kind && fault.field === field)) return;
    this.faults.push({ kind, field, line: this.innerLines });
  }

  #widen(): void {
    const capacity = this.starts.length * 2;
    const [starts, ends, doubled] = [this.starts, this.ends, this.doubled];
    this.starts = new Int32Array(capacity);
    this.starts.set(starts);
    this.ends = new Int32Array(capacity);
    this.ends.set(ends);
    this.doubled = new Uint8Array(capacity);
    this.doubled.set(doubled);
  }
}
