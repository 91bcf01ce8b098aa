/** For tests: a thousand rows to learn yes or no from, the rows of `fixtures/make-few-rows.py` number for number. */
import type { Labels, Matrix } from '../table/matrix.js';
import { countedUniforms } from './made-problems.js';

export const fewRowsNames = ['linear', 'weak', 'rare', 'curved', 'crossed'] as const;
export type FewRowsName = (typeof fewRowsNames)[number];

type Row = (column: number) => number;

/** What the log-odds are, for ten columns of mean 0 and variance 1. */
const margins: Readonly<Record<FewRowsName, (x: Row) => number>> = {
  linear: (x: Row) => 0.8 * x(0) - 0.6 * x(1) + 0.4 * x(2) - 0.3 * x(3),
  weak: (x: Row) => 0.4 * x(0) - 0.3 * x(1) + 0.2 * x(2) - 0.2 * x(3) - 1,
  rare: (x: Row) => 0.8 * x(0) - 0.6 * x(1) + 0.4 * x(2) - 3,
  curved: (x: Row) => 0.8 * Math.abs(x(0)) - 0.6 * x(1) ** 2 + 0.6 * (x(2) > 0.5 ? 1 : 0),
  crossed: (x: Row) => x(0) * x(1) + 0.5 * x(2),
};

const [taught, judged, width] = [1000, 4000, 12];

/** The rows of one draw. */
export function fewRows(
  name: FewRowsName,
  draw: number,
): { train: Matrix; labels: Labels; test: Matrix; truth: Labels } {
  const seed = 7000 + 100 * fewRowsNames.indexOf(name) + draw;
  const uniforms = countedUniforms(seed, (taught + judged) * width);
  const value = (row: number, column: number): number =>
    (uniforms[row * width + column]! - 0.5) * Math.sqrt(12);
  const labels = Uint8Array.from({ length: taught + judged }, (_, row) => {
    const margin = margins[name]((column) => value(row, column));
    return uniforms[row * width + 10]! < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
  });
  const matrix = (from: number, rowCount: number): Matrix => ({
    rowCount,
    columns: Array.from({ length: 10 }, (_, column) => ({
      kind: 'number',
      values: Float64Array.from({ length: rowCount }, (_, i) => value(from + i, column)),
    })),
  });
  return {
    ...{ train: matrix(0, taught), labels: labels.slice(0, taught) },
    ...{ test: matrix(taught, judged), truth: labels.slice(taught) },
  };
}
