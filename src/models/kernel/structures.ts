/** What the search for neighbours finds in memory; its kernel imports this file as AssemblyScript. */

/** The points that are searched. Numbers of a kind stand together: number k of a point at k × stride + point. */
export const nearSpace = {
  /** 32-bit floats, `width` of them for each point, a multiple of four. */
  numbers: 'usize',
  /** Words of 64 bits, `words` of them for each point, at least one. */
  bits: 'usize',
  /** Of each point: the squared distance up to which another one is of interest to it. */
  limits: 'usize',
  /** What is found: the place of four points in bytes, and a mask of those that are near enough. */
  found: 'usize',
  /** From a number of a point to the next one, in bytes. */
  stride: 'usize',
  width: 'i32',
  words: 'i32',
  /** What a bit that differs adds to a squared distance. */
  perBit: 'f64',
} as const;
