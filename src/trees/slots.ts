/** What decides a row's way down the trees, in whole numbers: its rank among the thresholds, the outcomes of tests. */
import type { Matrix } from '../table/matrix.js';
import { countBelow } from '../table/rising.js';
import type { Trees } from './trees.js';

/** The rank of a missing value in the slot of nodes that send it right: above every other. */
export const most = 32_768;
/** A word has a bit for each, and one for the missing level. */
const fewLevels = 31;

/**
 * A column of numbers has two slots that hold the count of thresholds below the value: one for the nodes that send
 * missing values left and one for the others. A column of few levels has one whose only bit stands for the row's level;
 * one of many levels has a bit for each distinct test, 1 for right. A node goes right where the bits of its slot that
 * its mask keeps, read as a number, are above its rank: for numbers the mask keeps all, for categories the rank is 0.
 */
export interface Slots {
  readonly count: number;
  /** For each node that is no leaf. */
  readonly slot: Uint32Array;
  readonly rank: Uint32Array;
  readonly mask: Int32Array;
  /** For each column: its distinct thresholds, rising. */
  readonly thresholds: readonly Float64Array[];
  /** For each column its first slot; a number column has two of them. */
  readonly first: Uint32Array;
  /** For each category column, for each code from -1, what its slots hold. */
  readonly outcomes: readonly (readonly Int32Array[])[];
}

/** The slots that these trees ask for. */
export function slotsOf({ shape, column, threshold, missingLeft, set, sets }: Trees): Slots {
  const isNumber = shape.map(({ kind }) => kind === 'number');
  const thresholds = thresholdsOf({ shape, column, threshold });
  // Only of categories.
  const nodesOf: number[][] = shape.map(() => []);
  for (let i = 0; i < column.length; i++)
    if (column[i]! >= 0 && !isNumber[column[i]!]) nodesOf[column[i]!]!.push(i);
  const first = new Uint32Array(shape.length);
  const outcomes: Int32Array[][] = [];
  const slot = new Uint32Array(column.length);
  const rank = new Uint32Array(column.length);
  const mask = new Int32Array(column.length);
  let count = 0;
  for (const [j, kind] of shape.entries()) {
    first[j] = count;
    if (kind.kind === 'number') {
      count += 2;
      outcomes.push([]);
      continue;
    }
    const nodes = nodesOf[j]!;
    const goesRight = (i: number, code: number): boolean =>
      code < 0 ? missingLeft[i] !== 1 : ((sets[set[i]! + (code >>> 5)]! >>> (code & 31)) & 1) === 0;
    const codes = Array.from({ length: kind.levels + 1 }, (_, code) => code - 1);
    if (kind.levels <= fewLevels) {
      for (const i of nodes) {
        slot[i] = count;
        for (const code of codes) if (goesRight(i, code)) mask[i]! |= 1 << (code + 1);
      }
      count++;
      outcomes.push(codes.map((code) => Int32Array.of(1 << (code + 1))));
      continue;
    }
    const words = Math.ceil(kind.levels / 32);
    const tests = new Map<string, number>();
    const firstNodes: number[] = [];
    for (const i of nodes) {
      const key = `${missingLeft[i]} ${sets.subarray(set[i]!, set[i]! + words).join()}`;
      const test = tests.get(key) ?? tests.size;
      if (test === tests.size) firstNodes.push(i);
      tests.set(key, test);
      slot[i] = count + (test >>> 5);
      mask[i] = 1 << (test & 31);
    }
    const testWords = Math.ceil(tests.size / 32);
    count += testWords;
    outcomes.push(
      codes.map((code) => {
        const bits = new Int32Array(testWords);
        for (const [test, i] of firstNodes.entries())
          if (goesRight(i, code)) bits[test >>> 5]! |= 1 << (test & 31);
        return bits;
      }),
    );
  }
  for (let i = 0; i < column.length; i++) {
    const j = column[i]!;
    if (j < 0 || !isNumber[j]) continue;
    slot[i] = first[j]! + (missingLeft[i] === 1 ? 0 : 1);
    rank[i] = countBelow(thresholds[j]!, threshold[i]!);
    mask[i] = -1;
  }
  return { count, slot, rank, mask, thresholds, first, outcomes };
}

/** For each column of numbers: its distinct thresholds, rising; none for the others. */
export function thresholdsOf({
  shape,
  column,
  threshold,
}: Pick<Trees, 'shape' | 'column' | 'threshold'>): Float64Array[] {
  const distinct = shape.map(() => new Set<number>());
  for (let i = 0; i < column.length; i++) {
    const j = column[i]!;
    if (j >= 0 && shape[j]!.kind === 'number') distinct[j]!.add(threshold[i]!);
  }
  return distinct.map((values) => Float64Array.from(values).sort());
}

/** Puts the only row of a matrix into its slots. */
export function fillSlots(matrix: Matrix, { thresholds, first, outcomes }: Slots, row: Int32Array): void {
  for (let j = 0; j < first.length; j++) {
    const column = matrix.columns[j]!;
    const at = first[j]!;
    if (column.kind === 'category') {
      // A loop: for so few numbers a call would take longer.
      const held = outcomes[j]![column.codes[0]! + 1]!;
      for (let i = 0; i < held.length; i++) row[at + i] = held[i]!;
    } else {
      const value = column.values[0]!;
      const missing = Number.isNaN(value);
      const below = missing ? 0 : countBelow(thresholds[j]!, value);
      row[at] = below;
      row[at + 1] = missing ? most : below;
    }
  }
}
