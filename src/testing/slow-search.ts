/** For tests of growers: tables with gradients, and the slow and obvious search that the quick ones must agree with. */
import assert from 'node:assert/strict';
import { seededRandom } from '../random.js';
import type { Feature, Matrix } from '../table/matrix.js';
import { type Arena, makeArena } from '../trees/arena.js';
import { type Bins, learnBins } from '../trees/binning.js';
import type { SplitRules } from '../trees/split-rules.js';

/** What a whole unit of the made gradients and hessians is worth. */
export const unit: number = 2 ** -20;

export interface Made {
  readonly matrix: Matrix;
  readonly bins: readonly Bins[];
  readonly arena: Arena;
  /** In whole units, so that sums of doubles are exact too. */
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/**
 * Three columns of numbers with ties and gaps, a category of 3 levels and one of 9, thirteen columns of which most rows
 * hold the same number, random gradients and weights.
 */
export function made(seed: number, rowCount: number, room = 0): Made {
  const random = seededRandom(seed);
  const columns: Feature[] = [0, 1, 2].map((j) => ({
    kind: 'number',
    values: Float64Array.from({ length: rowCount }, () =>
      random.integer(6) === 0 && j > 0 ? Number.NaN : Math.round(random.normal() * 3 ** j),
    ),
  }));
  for (const levels of [3, 9])
    columns.push({
      kind: 'category',
      codes: Int32Array.from({ length: rowCount }, () => random.integer(levels + 1) - 1),
      levels,
    });
  for (let j = 0; j < 13; j++) {
    const usual = random.integer(3);
    const others = [Number.NaN, 0, 1, 2, random.uniform()];
    const values = Float64Array.from({ length: rowCount }, () =>
      random.integer(6) > 0 ? usual : others[random.integer(others.length)]!,
    );
    columns.push({ kind: 'number', values });
  }
  const matrix = { rowCount, columns };
  const bins = learnBins(matrix, { most: 255, seed: 1 });
  const arena = makeArena(matrix, bins, { slots: 32, gradients: true, room });
  const whole = (value: number): number => Math.round(value / unit) * unit;
  const weights = Float64Array.from({ length: rowCount }, () => 0.5 + random.uniform());
  const gradients = weights.map((weight) => whole(weight * random.normal()));
  const hessians = weights.map((weight) => whole(weight * (0.05 + random.uniform())));
  arena.gradients.set(gradients);
  arena.hessians.set(hessians);
  const { kernel, place } = arena;
  place.perGradient = place.perHessian = 1 / unit;
  kernel.pack(place.address, 0, rowCount);
  for (let i = 0; i < rowCount; i++) arena.rows[i] = i;
  return { matrix, bins, arena, gradients, hessians };
}

/** A node as it was grown: where its rows stand, its sums in units, and what its split gains, where it has one. */
export interface NodeToCheck {
  readonly from: number;
  readonly to: number;
  readonly gradient: number;
  readonly hessian: number;
  /** The bounds of its value. */
  readonly low: number;
  readonly high: number;
  readonly gain: number | undefined;
}

/** Its sums are those of its rows, and no split that the rules allow gains more than its own. */
export function checkNode(one: Made, rules: SplitRules, node: NodeToCheck): void {
  const rows = [...one.arena.rows.subarray(node.from, node.to)];
  const sums = sumsOf(one, rows);
  assert.ok(Math.abs(node.gradient * unit - sums.g) < 1e-9);
  assert.ok(Math.abs(node.hessian * unit - sums.h) < 1e-9);
  if (node.gain === undefined) return;
  const best = slowBest(one, rules, rows, node);
  assert.ok(Math.abs(node.gain - best) <= 1e-9 * Math.max(1, best), `${node.gain} instead of ${best}`);
}

function sumsOf({ gradients, hessians }: Made, rows: readonly number[]): { g: number; h: number } {
  return {
    g: rows.reduce((sum, row) => sum + gradients[row]!, 0),
    h: rows.reduce((sum, row) => sum + hessians[row]!, 0),
  };
}

/** The greatest gain of any split that the rules allow, tried one after another on the raw values. */
function slowBest(one: Made, rules: SplitRules, rows: readonly number[], node: NodeToCheck): number {
  const bounded = rules.monotone.length > 0;
  const value = ({ g, h }: { g: number; h: number }, l2: number): number =>
    Math.min(node.high, Math.max(node.low, -g / (h + l2)));
  const score = (sums: { g: number; h: number }, l2: number): number => {
    const v = value(sums, l2);
    return bounded ? -(2 * sums.g * v + (sums.h + l2) * v * v) : sums.g ** 2 / (sums.h + l2);
  };
  let best = 0;
  const consider = (
    isLeft: (row: number) => boolean,
    l2: number,
    direction: number,
    leastRight: number,
  ): void => {
    const left = rows.filter(isLeft);
    const right = rows.filter((row) => !isLeft(row));
    if (left.length < rules.minLeaf || right.length < leastRight) return;
    const [a, b] = [sumsOf(one, left), sumsOf(one, right)];
    if (a.h < rules.minHessian || b.h < rules.minHessian) return;
    if (bounded && direction * (value(b, l2) - value(a, l2)) < 0) return;
    best = Math.max(best, score(a, l2) + score(b, l2) - score(sumsOf(one, rows), rules.l2));
  };
  one.matrix.columns.forEach((column, j) => {
    if (column.kind === 'number') {
      const { values } = column;
      for (const bound of new Set(rows.map((row) => values[row]!).filter((v) => !Number.isNaN(v))))
        for (const missingLeft of [false, true])
          consider(
            (row) => (Number.isNaN(values[row]!) ? missingLeft : values[row]! <= bound),
            rules.l2,
            rules.monotone[j] ?? 0,
            rules.minLeaf,
          );
      return;
    }
    const { codes } = column;
    const present = [...new Set(rows.map((row) => codes[row]!))];
    if (one.bins[j]!.count < rules.oneAgainstRest) {
      for (const code of present) consider((row) => codes[row] === code, rules.l2, 0, rules.minLeaf);
      return;
    }
    const ratio = (code: number): number => {
      const { g, h } = sumsOf(
        one,
        rows.filter((row) => codes[row] === code),
      );
      return g / (h + rules.categorySmoothing);
    };
    const sorted = present.sort((a, b) => ratio(a) - ratio(b));
    for (const order of [sorted, sorted.slice().reverse()]) {
      let group = 0;
      let count = 0;
      for (let i = 0; i < (sorted.length + 1) >> 1; i++) {
        const set = new Set(order.slice(0, i + 1));
        const size = rows.filter((row) => codes[row] === order[i]).length;
        group += size;
        count += size;
        if (count < rules.minLeaf || group < rules.minGroup) continue;
        group = 0;
        const leastRight = Math.max(rules.minLeaf, rules.minGroup);
        consider((row) => set.has(codes[row]!), rules.l2 + rules.categoryL2, 0, leastRight);
      }
    }
  });
  return best;
}
