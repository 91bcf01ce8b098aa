/** Small parts that protocols are made of: ranges of rows, folds from a code per row, and their check. */
import { Problem } from '../../problem.js';
import type { Fold } from '../evaluate.js';

/** The rows `from` (inclusive) to `to` (exclusive), ascending. */
export function rowRange(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** One fold for each code 0 … count − 1: its rows judge, all others teach; both ascending. */
export function foldsByCode(codes: Uint16Array, count: number): Fold[] {
  const all = rowRange(0, codes.length);
  return Array.from({ length: count }, (_, fold) => ({
    name: `fold ${fold + 1}`,
    train: all.filter((row) => codes[row] !== fold),
    test: all.filter((row) => codes[row] === fold),
  }));
}

/** Throws `evaluate-too-few-rows` unless every fold has rows that teach and rows that judge. */
export function checkFolds(folds: readonly Fold[], name: string): readonly Fold[] {
  const empty = folds.find(({ train, test }) => train.length === 0 || test.length === 0);
  if (folds.length === 0 || empty) {
    throw new Problem({
      code: 'evaluate-too-few-rows',
      what: `the rows are too few for "${name}": ${empty ? `"${empty.name}" has nothing to learn from or to judge` : 'there is no fold'}`,
      remedy: 'take fewer folds or a smaller window, or more rows',
    });
  }
  return folds;
}
