/** Finds places in a memory that is made afterwards. */

/** Hands out places one behind another. */
export class MemoryPlan {
  /** Where the last place ends, in bytes. */
  end: number;

  constructor(begin: number = 0) {
    this.end = begin;
  }

  /** The address of so many bytes: a multiple of 64, where a line of the cache begins. */
  take(bytes: number): number {
    const address = this.end;
    this.end = Math.ceil((address + bytes) / 64) * 64;
    return address;
  }
}
