/** Turns of phrase that the loops in WebAssembly text are written with. */

export const get = (name: string): string => `(local.get $${name})`;
export const set = (name: string, value: string): string => `(local.set $${name} ${value})`;
export const locals = (type: string, ...names: readonly string[]): string =>
  names.map((name) => `(local $${name} ${type})`).join(' ');

/** Moves a pointer on. */
export const advance = (name: string, bytes: number): string =>
  set(name, `(i32.add ${get(name)} (i32.const ${bytes}))`);

/** The address of element `index` of an array of elements of 2^`log2Bytes` bytes. */
export const at = (array: string, index: string, log2Bytes: number): string =>
  `(i32.add ${get(array)} (i32.shl ${index} (i32.const ${log2Bytes})))`;

/** Repeats while $pointer is below $end; does nothing at all where it never is. */
export const forEach = (pointer: string, bytes: number, body: string): string => `
  (block $done
    (br_if $done (i32.ge_u ${get(pointer)} ${get('end')}))
    (loop $next
      ${body}
      ${advance(pointer, bytes)}
      (br_if $next (i32.lt_u ${get(pointer)} ${get('end')}))))`;

/** Two doubles in a 128-bit value: the same in both halves, or one in each. */
export const both = (value: string): string => `(f64x2.splat ${value})`;
export const two = (low: string, high: string): string => `(f64x2.replace_lane 1 ${both(low)} ${high})`;
export const half = (lane: 0 | 1, name: string): string => `(f64x2.extract_lane ${lane} ${get(name)})`;
