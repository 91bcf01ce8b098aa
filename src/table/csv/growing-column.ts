/** Typed arrays that grow by doubling, for columns whose length nobody knows yet. */

/** Doubles, pushed one by one. */
export class GrowingFloat64 {
  length = 0;
  #values = new Float64Array(1024);

  push(value: number): void {
    if (this.length === this.#values.length) this.reserve(this.length * 2);
    this.#values[this.length++] = value;
  }

  /** Makes room for `capacity` values in all. */
  reserve(capacity: number): void {
    if (capacity <= this.#values.length) return;
    const larger = new Float64Array(capacity);
    larger.set(this.#values);
    this.#values = larger;
  }

  /** The values in an array of exactly their number. */
  finish(): Float64Array {
    return this.#values.length === this.length ? this.#values : this.#values.slice(0, this.length);
  }
}

/** 32-bit integers, pushed one by one. */
export class GrowingInt32 {
  length = 0;
  #values = new Int32Array(1024);

  push(value: number): void {
    if (this.length === this.#values.length) this.reserve(this.length * 2);
    this.#values[this.length++] = value;
  }

  /** Makes room for `capacity` values in all. */
  reserve(capacity: number): void {
    if (capacity <= this.#values.length) return;
    const larger = new Int32Array(capacity);
    larger.set(this.#values);
    this.#values = larger;
  }

  /** The values in an array of exactly their number. */
  finish(): Int32Array {
    return this.#values.length === this.length ? this.#values : this.#values.slice(0, this.length);
  }
}
