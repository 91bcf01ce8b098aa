/** Gives each distinct run of bytes a code, in the order of first sight, without making a string for each cell. */

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A hash table (open addressing, linear probing) from bytes to codes; a text is made once for each level. */
export class ByteDictionary {
  readonly levels: string[] = [];
  readonly #missing: ReadonlySet<string>;
  readonly #most: number;
  /** For each slot: 1 + the entry that stands there, or 0 where it is free. */
  #slots = new Int32Array(64);
  #entries = 0;
  #hashes = new Int32Array(32);
  #codes = new Int32Array(32);
  /** Entry e has the bytes #bytes[#starts[e] … #starts[e + 1]). */
  #starts = new Int32Array(33);
  #bytes = new Uint8Array(512);
  /** 1 + the entry last seen for a cheap key of three bytes and the length: most cells are told without hashing. */
  readonly #recent = new Int32Array(256);

  /** Texts in `missing` get the code -1 and no level; what is new after `most` entries gets the code -2 and is not kept. */
  constructor(missing: Iterable<string> = [], { most = Number.POSITIVE_INFINITY }: { most?: number } = {}) {
    this.#missing = new Set(missing);
    this.#most = most;
  }

  /** The code of `bytes[start … end)`; a new one where they were never seen and there is room. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    const key =
      (bytes[start]! + 5 * bytes[start + (length >> 1)]! + 31 * bytes[end - 1]! + 97 * length) & 255;
    const recent = this.#recent[key]!;
    if (recent !== 0 && this.#equals(recent - 1, bytes, start, end)) return this.#codes[recent - 1]!;
    let hash = length;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.#slots[slot]!; entry !== 0; entry = this.#slots[slot]!) {
      if (this.#hashes[entry - 1] === hash && this.#equals(entry - 1, bytes, start, end)) {
        this.#recent[key] = entry;
        return this.#codes[entry - 1]!;
      }
      slot = (slot + 1) & mask;
    }
    return this.#entries < this.#most ? this.#insert(slot, hash, bytes, start, end) : -2;
  }

  #equals(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = this.#starts[entry]!;
    if (this.#starts[entry + 1]! - at !== end - start) return false;
    const known = this.#bytes;
    for (let i = start; i < end; i++) if (bytes[i] !== known[at++]) return false;
    return true;
  }

  #insert(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const entry = this.#entries++;
    const text = decoder.decode(bytes.subarray(start, end));
    const code = this.#missing.has(text) ? -1 : this.levels.push(text) - 1;
    const from = this.#starts[entry]!;
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = grown(this.#bytes, Math.max(to, this.#bytes.length * 2));
    this.#bytes.set(bytes.subarray(start, end), from);
    this.#slots[slot] = entry + 1;
    this.#hashes[entry] = hash;
    this.#codes[entry] = code;
    this.#starts[entry + 1] = to;
    if (this.#entries === this.#hashes.length) this.#double();
    return code;
  }

  #double(): void {
    const capacity = this.#entries * 2;
    this.#hashes = grown(this.#hashes, capacity);
    this.#codes = grown(this.#codes, capacity);
    this.#starts = grown(this.#starts, capacity + 1);
    this.#slots = new Int32Array(capacity * 2);
    const mask = this.#slots.length - 1;
    for (let entry = 0; entry < this.#entries; entry++) {
      let slot = this.#hashes[entry]! & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = entry + 1;
    }
  }
}

function grown<T extends Uint8Array | Int32Array>(values: T, capacity: number): T {
  const larger = new (values.constructor as new (length: number) => T)(capacity);
  larger.set(values);
  return larger;
}
