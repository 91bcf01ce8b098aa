/** Halves the doubled quotes of a quoted field. */

/** Copies `bytes[start … end)` into `target` with every `""` as `"`; gives the length, which is at most `end - start`. */
export function halveQuotes(bytes: Uint8Array, start: number, end: number, target: Uint8Array): number {
  let length = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    target[length++] = byte;
    if (byte === 34) i++;
  }
  return length;
}
