/** A small made dataset with a drift in time, and groups where wanted; for tests only. */

import type { Recipe } from '../features/features.js';
import { oneHot } from '../features/one-hot.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { seededRandom } from '../random.js';
import { category, id, number, yesNo } from '../schema/column-types.js';
import { makeDataset } from '../schema/dataset.js';
import { defineSchema } from '../schema/define-schema.js';
import type { Dataset } from '../schema/schema.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';

/** What the made data are like. */
export interface MadeOptions {
  readonly seed?: number;
  readonly ordered?: boolean;
  /** How many groups there are; none by default. */
  readonly groups?: number;
}

/** `a` tells most at first and less as time goes on, `b` tells the same throughout, `c` nothing. */
export function made(rowCount: number, { seed = 1, ordered = false, groups }: MadeOptions = {}): Dataset {
  const random = seededRandom(seed);
  const rows = Array.from({ length: rowCount }, (_, i) => {
    const [a, b] = [random.normal(), random.normal()];
    const chance = 1 / (1 + Math.exp(1 - (2 - (3 * i) / rowCount) * a - b));
    return {
      a,
      b,
      c: 'xyz'.charAt(random.integer(3)),
      client: `client ${random.integer(groups ?? 1)}`,
      y: random.uniform() < chance ? 'yes' : 'no',
    };
  });
  const schema = defineSchema({
    moment: 'the letter is sent',
    target: yesNo('y'),
    ...(ordered && { order: 'rows' as const }),
    ...(groups !== undefined && { group: 'client' as const }),
    before: { a: number(), b: number(), c: category(), client: id() },
  });
  const columns = [
    numberColumn('a', rows.map(({ a }) => a)), // biome-ignore format: one line a column
    numberColumn('b', rows.map(({ b }) => b)), // biome-ignore format: one line a column
    categoryColumn('c', rows.map(({ c }) => c)), // biome-ignore format: one line a column
    categoryColumn('client', rows.map(({ client }) => client)), // biome-ignore format: one line a column
    categoryColumn('y', rows.map(({ y }) => y)), // biome-ignore format: one line a column
  ];
  return makeDataset(schema, table(columns), { name: 'made', sha256: '0'.repeat(64), simulated: true });
}

/** All three columns, encoded. */
export function madeRecipe(dataset: Dataset): Recipe {
  return features(dataset.schema, [scale('a', 'b'), oneHot('c')]);
}
