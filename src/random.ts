/** A seeded generator (xoshiro128**), handed in by the caller; nothing in the pipeline uses `Math.random`. */

/** A stream of pseudo-random numbers. Two streams of the same seed and forks are equal on every machine. */
export interface Random {
  /** A double in [0, 1) with 53 random bits. */
  uniform(): number;
  /** An unbiased integer in [0, below). `below` is at most 2^32. */
  integer(below: number): number;
  /** A standard normal deviate (Marsaglia's polar method). */
  normal(): number;
  /** Shuffles in place (Fisher and Yates) and returns its argument. */
  shuffle<T extends unknown[] | Uint32Array | Int32Array | Float64Array>(values: T): T;
  /** An independent stream named by `label`; the same whatever was drawn from this one before. */
  fork(label: string | number): Random;
  /** The four 32-bit words of its state, for a kernel that draws on from here. */
  words(): readonly [number, number, number, number];
}

/**
 * A generator for `seed`, a finite number.
 * Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021; seeded by splitmix32.
 *
 * @example
 * const random = seededRandom(7).fork('prices');
 * random.integer(6); // 0 to 5, the same on every machine
 */
export function seededRandom(seed: number): Random {
  if (!Number.isFinite(seed)) throw new TypeError('A seed must be a finite number.');
  // Adding 0 makes 0 of -0, which JSON and people do not tell apart.
  const bits = new Uint32Array(new Float64Array([seed + 0]).buffer);
  return stream(mix(bits[0]!, bits[1]!));
}

function stream(key: number): Random {
  let state = key;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return scramble(state);
  };
  let [a, b, c, d] = [next(), next(), next(), next() | 1];
  let spare: number | undefined;

  const uint32 = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result >>> 0;
  };

  const uniform = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;

  const integer = (below: number): number => {
    if (!Number.isInteger(below) || below < 1 || below > 4294967296)
      throw new RangeError(`integer(below) needs a whole number from 1 to 2^32, got ${below}.`);
    let value = uint32();
    // What is over after the last whole multiple of `below` would make small numbers too frequent: it is drawn again.
    while (value >= 4294967296 - below && value >= 4294967296 - (4294967296 % below)) value = uint32();
    // The same as `value % below`, without the slow remainder of numbers beyond 31 bits.
    return value - Math.floor(value / below) * below;
  };

  return {
    uniform,
    integer,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const square = u * u + v * v;
        if (square > 0 && square < 1) {
          const factor = Math.sqrt((-2 * Math.log(square)) / square);
          spare = v * factor;
          return u * factor;
        }
      }
    },
    shuffle(values) {
      for (let i = values.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = values[i];
        values[i] = values[j] as never;
        values[j] = held as never;
      }
      return values;
    },
    fork(label) {
      let hash = key;
      for (const character of String(label)) hash = mix(hash, character.codePointAt(0)!);
      return stream(mix(hash, 0x5bd1e995));
    },
    words: () => [a, b, c, d],
  };
}

function mix(a: number, b: number): number {
  return scramble(Math.imul(a ^ 0x85ebca6b, 0x9e3779b1) ^ scramble(b + 0x7f4a7c15));
}

function scramble(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}
