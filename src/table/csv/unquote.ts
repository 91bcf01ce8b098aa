/** Halves the doubled quotes of a quoted field. */

/** Copies `bytes[start … end)` into `target` with every doubled quote as one; gives the length, which is at most `end - start`. */
export function halveQuotes(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  quote: number = 34,
): number {
  let length = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    target[length++] = byte;
    if (byte === quote) i++;
  }
  return length;
}
