/** Lines on their way to the disk: bytes, since texts that wait would be moved about by every garbage collection. */

/** A seal is shorter. */
const sealRoom = 512;

/** Lines that are committed together, in a buffer that grows; `reset` keeps the buffer. */
export class PredictionBatch {
  #bytes: Buffer = Buffer.allocUnsafeSlow(64 * 1024);
  #used = 0;
  #records = 0;

  get used(): number {
    return this.#used;
  }

  get records(): number {
    return this.#records;
  }

  /** The lines as they go to the disk. */
  get body(): Uint8Array {
    return this.#bytes.subarray(0, this.#used);
  }

  add(line: string): void {
    // In UTF-8 no character takes more than three bytes.
    const needed = this.#used + 3 * line.length + sealRoom;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * needed);
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    this.#used += this.#bytes.write(line, this.#used);
    this.#records++;
  }

  /** The lines with a seal after them; the seal does not become one of them. */
  withSeal(seal: string): Uint8Array {
    return this.#bytes.subarray(0, this.#used + this.#bytes.write(seal, this.#used));
  }

  lines(): string[] {
    if (this.#records === 0) return [];
    return this.#bytes.toString('utf8', 0, this.#used).split(/(?<=\n)/);
  }

  reset(): void {
    this.#used = 0;
    this.#records = 0;
  }
}
