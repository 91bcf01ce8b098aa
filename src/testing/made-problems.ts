/** For tests: problems with targets that are numbers, the rows of `fixtures/make-numbers.py` number for number. */
import type { Matrix } from '../table/matrix.js';

export const problemNames = ['friedman', 'spread', 'counts', 'amounts', 'steps'] as const;
export type ProblemName = (typeof problemNames)[number];

/** Rows to learn from, and as many to judge by. */
export const rowCount = 2000;

/** A problem drawn once. */
export interface MadeProblem {
  readonly train: Matrix;
  readonly targets: Float64Array;
  readonly test: Matrix;
  readonly truth: Float64Array;
}

type Target = (u: (k: number) => number, noise: number) => number;

const targetOf: Readonly<Record<ProblemName, Target>> = {
  friedman: (u, noise) =>
    10 * Math.sin(Math.PI * u(0) * u(1)) + 20 * (u(2) - 0.5) ** 2 + 10 * u(3) + 5 * u(4) + noise,
  spread: (u, noise) => 30 * u(0) + 4 * u(1) + (1 + 10 * u(0)) * noise,
  counts: (u) => Math.floor(-Math.log(1 - u(12)) * Math.exp(1.5 * u(0) + 1.5 * u(1) * u(2) - 0.5)),
  amounts: (u, noise) => (u(12) < 0.3 + 0.4 * u(0) ? Math.exp(2 * u(1) + 0.5 * noise) : 0),
  steps: (u, noise) => (u(0) > 0.5 ? 4 : 0) - (u(1) > 0.7 && u(2) > 0.3 ? 3 : 0) + 2 * u(3) + noise,
};

/** The rows of one draw of a problem. */
export function madeProblem(name: ProblemName, draw: number): MadeProblem {
  const uniforms = countedUniforms(1000 * (problemNames.indexOf(name) + 1) + draw, 2 * rowCount * 16);
  const all = Float64Array.from({ length: 2 * rowCount }, (_, row) => {
    const u = (k: number): number => uniforms[row * 16 + k]!;
    const noise = (u(8) + u(9) + u(10) + u(11) - 2) * Math.sqrt(3);
    return Math.round(targetOf[name](u, noise) * 1e6) / 1e6;
  });
  const matrix = (from: number): Matrix => ({
    rowCount,
    columns: Array.from({ length: 6 }, (_, k) => ({
      kind: 'number',
      values: Float64Array.from({ length: rowCount }, (_, i) => {
        const row = (from + i) * 16;
        return name === 'steps' && k === 3 && uniforms[row + 13]! < 0.2 ? Number.NaN : uniforms[row + k]!;
      }),
    })),
  });
  return {
    ...{ train: matrix(0), targets: all.slice(0, rowCount) },
    ...{ test: matrix(rowCount), truth: all.slice(rowCount) },
  };
}

/** Numbers in [0, 1): mulberry32, by its counter, as the scripts in `fixtures` make them. */
export function countedUniforms(seed: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    const state = (seed + Math.imul(i + 1, 0x6d2b79f5)) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  });
}
