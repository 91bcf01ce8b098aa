/** Which columns a leaf cannot be split on, nor any part of it: what is found once spares looking again further down. */

/** Sets of columns, each named by its number; they live until `clear`. */
export class ClosedColumns {
  readonly #words: number;
  #bits: Uint32Array;
  #count = 0;

  constructor(columnCount: number) {
    this.#words = Math.ceil(columnCount / 32);
    this.#bits = new Uint32Array(this.#words * 1024);
  }

  clear(): void {
    this.#count = 0;
  }

  /** A new set: empty, or with what another holds. */
  add(like?: number): number {
    const set = this.#count++;
    const start = set * this.#words;
    if (start + this.#words > this.#bits.length) {
      const more = new Uint32Array(this.#bits.length * 2);
      more.set(this.#bits);
      this.#bits = more;
    }
    for (let word = 0; word < this.#words; word++)
      this.#bits[start + word] = like === undefined ? 0 : this.#bits[like * this.#words + word]!;
    return set;
  }

  has(set: number, column: number): boolean {
    return ((this.#bits[set * this.#words + (column >>> 5)]! >>> (column & 31)) & 1) === 1;
  }

  close(set: number, column: number): void {
    this.#bits[set * this.#words + (column >>> 5)]! |= 1 << (column & 31);
  }
}
