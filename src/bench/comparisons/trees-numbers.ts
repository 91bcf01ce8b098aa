/** Boosting of targets that are numbers, beside LightGBM, loss by loss. */
import { writeFileSync } from 'node:fs';
import { seededRandom } from '../../random.js';
import type { Case, Comparison } from '../bench.js';
import { readMatrix } from '../made-matrix.js';
import { madeMatrix, threads } from '../tree-contenders.js';

const rows = 100_000;
/** One draw alone says no more than .5 % of a loss. */
const draws = 5;

export const comparison: Comparison = {
  name: 'trees-numbers',
  what: 'Boosting of numbers that are never negative, in a made table of 28 columns: 100 trees of 31 leaves, rate 0.05, 255 bins, two threads. The score is that of 50,000 other rows: the share of the loss of the best constant that the model saves, the mean of five draws of the targets; the first was timed.',
  async cases(tools) {
    const { path, judge } = madeMatrix(rows, tools);
    for (const table of [path, judge]) writeFileSync(`${table}-numbers.bin`, numbersFor(table));
    return ['squared', 'absolute', 'quantile 0.9', 'poisson', 'tweedie 1.5'].map(
      (loss): Case => ({
        name: `${loss} loss, ${rows.toLocaleString('en')} made rows × 28`,
        input: { path, judge, threads, loss, trees: 100 },
        contenders: [
          { name: 'alambique', kind: 'node', program: 'trees-numbers' },
          { name: 'lightgbm', kind: 'python', program: 'trees_numbers' },
        ],
        floors: { saved: { belowPeers: 0.003 } },
        limit: { timesPeer: { lightgbm: 1.2 } },
        ...{ rounds: 3, warmups: 1, repeats: 2 },
      }),
    );
  },
};

/** Targets for each row, draw after draw: exponential about a mean that five columns and the label decide, rounded. */
function numbersFor(path: string): Uint8Array {
  const { matrix, labels } = readMatrix(path);
  const random = seededRandom(5).fork(matrix.rowCount);
  const x = matrix.columns
    .slice(0, 5)
    .map((column) => (column.kind === 'number' ? column.values : undefined)!);
  const targets = Float64Array.from({ length: draws * matrix.rowCount }, (_, place) => {
    const row = place % matrix.rowCount;
    const [a, b, c, d, e] = x.map((values) => values[row]! || 0) as [number, number, number, number, number];
    const score = 0.6 * a + 0.4 * b * c - 0.4 * Math.abs(d) + 0.5 * Math.sin(2 * e) + 0.5 * labels[row]!;
    return Math.round(-Math.log(1 - random.uniform()) * Math.exp(1 + score));
  });
  return new Uint8Array(targets.buffer);
}
