/** How much a model loses when a column is shuffled: its importance for these rows, whatever the model. */
import { seededRandom } from '../random.js';
import type { Feature, Labels, Matrix } from '../table/matrix.js';
import type { Model } from './models.js';

/** Columns that are shuffled together, such as the one-hot columns of one category. */
export interface ColumnGroup {
  readonly name: string;
  readonly columns: readonly number[];
}

export interface PermutationOptions {
  seed: number;
  /** Of labels and probabilities; more is better. */
  score: (labels: Labels, probabilities: Float64Array) => number;
  /** How often each group is shuffled; by default 5. */
  repeats?: number;
  /** By default each column of the matrix alone, named by its number. */
  groups?: readonly ColumnGroup[];
}

/** The importance of one group of columns. */
export interface Importance {
  readonly name: string;
  /** The score of the rows as they are, less the mean score after shuffling. */
  readonly drop: number;
  /** The standard deviation of the drop over the repeats; 0 for a single one. */
  readonly deviation: number;
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019), most important first. Give rows that the
 * model has not learned from: on its training rows, a column learned by heart looks important. Of columns that say the
 * same, neither looks important alone: shuffle them as a group.
 */
export function permutationImportance(
  model: Model,
  matrix: Matrix,
  { labels, ...options }: PermutationOptions & { labels: Labels },
): Importance[] {
  const { score, seed, repeats = 5 } = options;
  const groups = options.groups ?? matrix.columns.map((_, j) => ({ name: String(j), columns: [j] }));
  const intact = score(labels, model.predict(matrix));
  const random = seededRandom(seed).fork('permutation importance');
  return groups
    .map(({ name, columns }) => {
      const drops = Array.from({ length: repeats }, (_, k) => {
        const order = Uint32Array.from({ length: matrix.rowCount }, (_, i) => i);
        random.fork(name).fork(k).shuffle(order);
        return intact - score(labels, model.predict(shuffled(matrix, columns, order)));
      });
      const drop = drops.reduce((sum, value) => sum + value, 0) / repeats;
      const squares = drops.reduce((sum, value) => sum + (value - drop) ** 2, 0);
      return { name, drop, deviation: repeats > 1 ? Math.sqrt(squares / (repeats - 1)) : 0 };
    })
    .sort((a, b) => b.drop - a.drop);
}

function shuffled(matrix: Matrix, indices: readonly number[], order: Uint32Array): Matrix {
  const columns = matrix.columns.map((column, j): Feature => {
    if (!indices.includes(j)) return column;
    if (column.kind === 'number')
      return { kind: 'number', values: column.values.map((_, i) => column.values[order[i]!]!) };
    return { ...column, codes: column.codes.map((_, i) => column.codes[order[i]!]!) };
  });
  return { ...matrix, columns };
}
