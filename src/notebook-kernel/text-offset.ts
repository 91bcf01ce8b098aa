/** Offsets in a text: Jupyter counts code points, JavaScript UTF-16 units. */

/** The UTF-16 offset of the code point number `offset`. */
export function utf16Offset(text: string, offset: number): number {
  let at = 0;
  for (let i = 0; i < offset && at < text.length; i++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

/** How many code points stand before the UTF-16 offset. */
export function codePointOffset(text: string, offset: number): number {
  return [...text.slice(0, offset)].length;
}
