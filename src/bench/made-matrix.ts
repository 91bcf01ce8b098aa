/** A matrix on disk that ours and the peers read alike: a JSON of the columns beside the bytes of their values. */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { type Random, seededRandom } from '../random.js';
import { type Feature, type Labels, type Matrix, type Shape, shapeOf } from '../table/matrix.js';

/** Rows with labels and the fold of each; rows of fold 0 are those held out where one split is enough. */
export interface FoldedRows {
  readonly matrix: Matrix;
  readonly labels: Labels;
  readonly folds: Uint8Array;
  /** Folds drawn again, to judge by more than one draw. */
  readonly otherFolds?: readonly Uint8Array[];
}

interface Meta {
  readonly rows: number;
  readonly columns: Shape;
  /** How many draws of folds follow the first; none where absent. */
  readonly otherDraws?: number;
}

/** Writes `path`.json (rows, columns, further draws of folds) and `path`.bin: columns, labels, folds, one after another. */
export function writeMatrix(path: string, { matrix, labels, folds, otherFolds = [] }: FoldedRows): void {
  const parts = [
    ...matrix.columns.map((column) => (column.kind === 'number' ? column.values : column.codes)),
    labels,
    folds,
    ...otherFolds,
  ];
  const file = openSync(`${path}.bin`, 'w');
  for (const part of parts)
    writeFileSync(file, new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  closeSync(file);
  const meta: Meta = { rows: matrix.rowCount, columns: shapeOf(matrix), otherDraws: otherFolds.length };
  writeFileSync(`${path}.json`, JSON.stringify(meta));
}

/** Reads what `writeMatrix` wrote. */
export function readMatrix(path: string): Required<FoldedRows> {
  const { rows, columns, otherDraws = 0 } = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Meta;
  const file = openSync(`${path}.bin`, 'r');
  // Straight to where they stay, so that no table is held twice.
  const take = (size: number): ArrayBuffer => {
    const bytes = new Uint8Array(rows * size);
    for (let done = 0; done < bytes.length; ) done += readSync(file, bytes, done, bytes.length - done, null);
    return bytes.buffer;
  };
  const features = columns.map(
    (column): Feature =>
      column.kind === 'number'
        ? { kind: 'number', values: new Float64Array(take(8)) }
        : { ...column, codes: new Int32Array(take(4)) },
  );
  const labels = new Uint8Array(take(1));
  const folds = new Uint8Array(take(1));
  const otherFolds = Array.from({ length: otherDraws }, () => new Uint8Array(take(1)));
  closeSync(file);
  return { matrix: { rowCount: rows, columns: features }, labels, folds, otherFolds };
}

/** Five folds with the same share of ones in each. */
export function stratifiedFolds(labels: Labels, seed: number): Uint8Array {
  const folds = new Uint8Array(labels.length);
  for (const label of [0, 1]) {
    const rows = Uint32Array.from(labels.keys()).filter((row) => labels[row] === label);
    seededRandom(seed).fork(label).shuffle(rows);
    rows.forEach((row, place) => {
      folds[row] = place % 5;
    });
  }
  return folds;
}

const levels = [3, 5, 8, 12, 20, 40, 100, 200];

/**
 * Rows of 28 columns: 20 of numbers (five rounded, 2 % missing) and 8 categories of 3 to 200 levels. Nine numbers,
 * two of them only together, and all categories bear on the label; the rest is noise.
 */
export function madeRows(rowCount: number, seed: number): FoldedRows {
  const random = seededRandom(seed);
  const effects = levels.map((count) => Float64Array.from({ length: count }, () => random.normal() / 2));
  const numbers = Array.from({ length: 20 }, () => new Float64Array(rowCount));
  const codes = levels.map(() => new Int32Array(rowCount));
  const labels = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const x = numbers.map((_, j) => drawNumber(random, j));
    let margin = x[0]! + 0.7 * x[1]! * x[2]! - Math.abs(x[3]!) + Math.sin(2 * x[4]!) + 0.05 * x[15]! - 1.5;
    codes.forEach((values, j) => {
      values[row] = random.integer(levels[j]!);
      margin += effects[j]![values[row]!]!;
    });
    labels[row] = random.uniform() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
    numbers.forEach((values, j) => {
      values[row] = random.uniform() < 0.02 ? Number.NaN : x[j]!;
    });
  }
  const columns: Feature[] = [
    ...numbers.map((values): Feature => ({ kind: 'number', values })),
    ...codes.map((values, j): Feature => ({ kind: 'category', codes: values, levels: levels[j]! })),
  ];
  return { matrix: { rowCount, columns }, labels, folds: stratifiedFolds(labels, seed) };
}

function drawNumber(random: Random, column: number): number {
  return column < 15 ? random.normal() : Math.round(random.normal() * 10);
}
