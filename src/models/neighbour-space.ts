/** Rows as bits and a few numbers whose distances are never longer than the true ones: to rule out pairs cheaply. */
import type { Feature, Matrix } from '../table/matrix.js';

/** The rows of a matrix, and an order in which like stands near like. */
export interface NeighbourSpace {
  /** The row that stands at each place. */
  readonly order: Uint32Array;
  /** Row-major, `halves` of 32 bits each, an even number. */
  readonly bits: Uint32Array;
  readonly halves: number;
  /** The squared distance that each bit in which two rows differ adds; of true distances scaled by `scale`. */
  readonly perBit: number;
  /** Number columns that the bits stand for wholly, and how far apart their two values are. */
  readonly twoValued: readonly boolean[];
  readonly gap: number;
  /** The number columns that the bits leave over, centred and scaled by `scale`. */
  readonly numbers: readonly Float64Array[];
  /** A power of two that keeps all lengths here within 1. */
  readonly scale: number;
}

/** Of more levels than this some share a bit; what they differ by is left to the true distance. */
const mostLevels = 64;

/**
 * Categories stand as a bit for each level, so that two bits differ where two rows do. Without categories, number
 * columns of two values stand as one bit each, those that are the commonest gap apart: columns of 0 and 1.
 */
export function neighbourSpace({ rowCount, columns }: Matrix, mismatch: number): NeighbourSpace {
  const hasCategories = columns.some(({ kind }) => kind === 'category');
  const gaps = columns.map((column) => (column.kind === 'number' ? gapOf(column.values) : undefined));
  const gap = hasCategories ? undefined : commonest(gaps);
  const twoValued = gaps.map((own) => own !== undefined && own === gap);
  const numbers = columns.flatMap((column, j) =>
    column.kind === 'number' && !twoValued[j] ? [centred(column.values)] : [],
  );
  const apart = gap ?? mismatch;
  const largest = numbers.reduce((most, values) => Math.max(most, values.reduce(larger, 0)), apart);
  const scale = 2 ** Math.min(1000, -Math.ceil(Math.log2(largest || 1)));
  for (const values of numbers) for (let i = 0; i < rowCount; i++) values[i]! *= scale;

  const { bits, halves } = packBits(
    columns.filter(({ kind }, j) => kind === 'category' || twoValued[j]),
    rowCount,
  );
  return {
    order: sorted({ bits, halves, first: numbers[0] }, rowCount),
    bits,
    halves,
    twoValued,
    gap: gap ?? 0,
    perBit: (apart * scale) ** 2 * (hasCategories ? 0.5 : 1),
    numbers,
    scale,
  };
}

function packBits(columns: readonly Feature[], rowCount: number): { bits: Uint32Array; halves: number } {
  const widths = columns.map((column) =>
    column.kind === 'number' ? 1 : Math.min(column.levels + 1, mostLevels),
  );
  const halves = 2 * Math.ceil(widths.reduce((sum, width) => sum + width, 0) / 64);
  const bits = new Uint32Array(rowCount * halves);
  let offset = 0;
  columns.forEach((column, j) => {
    const width = widths[j]!;
    for (let i = 0; i < rowCount; i++) {
      if (column.kind === 'number' && column.values[i] === column.values[0]) continue;
      // A missing category, -1, has a bit too.
      const bit = offset + (column.kind === 'number' ? 0 : (column.codes[i]! + 1) % width);
      bits[i * halves + (bit >> 5)]! |= 1 << (bit & 31);
    }
    offset += width;
  });
  return { bits, halves };
}

/** By the bits, then by the first number, then by row. */
function sorted(
  { bits, halves, first }: Pick<NeighbourSpace, 'bits' | 'halves'> & { first?: Float64Array },
  rowCount: number,
): Uint32Array {
  return Uint32Array.from({ length: rowCount }, (_, i) => i).sort((a, b) => {
    for (let h = 0; h < halves; h++) {
      const difference = bits[a * halves + h]! - bits[b * halves + h]!;
      if (difference !== 0) return difference;
    }
    return (first ? first[a]! - first[b]! : 0) || a - b;
  });
}

/** How far apart the two values of a column are; undefined where there are more, or fewer. */
function gapOf(values: Float64Array): number | undefined {
  const one = values[0];
  let other: number | undefined;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value === one || value === other) continue;
    if (other !== undefined) return undefined;
    other = value;
  }
  return one === undefined || other === undefined ? undefined : Math.abs(other - one);
}

function commonest(gaps: readonly (number | undefined)[]): number | undefined {
  const counts = new Map<number, number>();
  for (const gap of gaps) if (gap !== undefined) counts.set(gap, (counts.get(gap) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Less the middle of its range: what stands far from zero would else lose its differences to rounding. */
function centred(values: Float64Array): Float64Array {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const middle = least / 2 + most / 2;
  return values.map((value) => value - middle);
}

function larger(most: number, value: number): number {
  return Math.max(most, Math.abs(value));
}
