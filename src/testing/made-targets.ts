/** Small made datasets whose target is a number or one of several classes; for tests and examples only. */
import { seededRandom } from '../random.js';
import { category, id, number } from '../schema/column-types.js';
import { makeDataset } from '../schema/dataset.js';
import { defineSchema } from '../schema/define-schema.js';
import type { Dataset } from '../schema/schema.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import type { MadeOptions } from './made-dataset.js';

/** What made numbers are like. */
export interface MadeNumbersOptions extends MadeOptions {
  /** True where the noise of a row grows with `a`; else it is the same throughout. */
  readonly uneven?: boolean;
}

/** `units` sold: 20 + 3a − 2b, less where `c` is x, and noise of deviation 2; with groups, each has a level of its own. */
export function madeNumbers(rowCount: number, options: MadeNumbersOptions = {}): Dataset {
  const { ordered = false, groups, uneven = false } = options;
  const { rows, levels, random } = madeColumns(rowCount, options);
  const schema = defineSchema({
    moment: 'the shop opens',
    target: number('units', { unit: 'pieces' }),
    ...(ordered && { order: 'rows' as const }),
    ...(groups !== undefined && { group: 'client' as const }),
    before: { a: number(), b: number(), c: category(), client: id() },
  });
  const units = rows.map(({ a, b, c, client }) => {
    const noise = random.normal() * (uneven ? Math.exp(0.8 * a) : 2);
    return (
      20 + 3 * a - 2 * b - (c === 'x' ? 4 : 0) + 2 * (groups === undefined ? 0 : levels[client]!) + noise
    );
  });
  return makeDataset(schema, table([...columnsOf(rows), numberColumn('units', units)]), source);
}

/** `plan`: one of three classes that `a`, `b` and `c` tell apart fairly well; "gold" is the rarest. */
export function madeClasses(rowCount: number, options: MadeOptions = {}): Dataset {
  const { ordered = false, groups } = options;
  const { rows, random } = madeColumns(rowCount, options);
  const schema = defineSchema({
    moment: 'the contract is signed',
    target: category('plan', { levels: ['basic', 'plus', 'gold'] }),
    ...(ordered && { order: 'rows' as const }),
    ...(groups !== undefined && { group: 'client' as const }),
    before: { a: number(), b: number(), c: category(), client: id() },
  });
  const plans = rows.map(({ a, b, c }) => {
    const level = a - b + (c === 'x' ? 1 : 0) + random.normal();
    if (level > 2) return 'gold';
    return level > 0 ? 'plus' : 'basic';
  });
  return makeDataset(schema, table([...columnsOf(rows), categoryColumn('plan', plans)]), source);
}

const source = { name: 'made', sha256: '0'.repeat(64), simulated: true };

interface Row {
  readonly a: number;
  readonly b: number;
  readonly c: string;
  readonly client: number;
}

function madeColumns(rowCount: number, { seed = 1, groups = 1 }: MadeOptions) {
  const random = seededRandom(seed);
  const levels = Array.from({ length: groups }, () => random.normal());
  const rows = Array.from(
    { length: rowCount },
    (): Row => ({
      a: random.normal(),
      b: random.normal(),
      c: 'xyz'.charAt(random.integer(3)),
      client: random.integer(groups),
    }),
  );
  return { rows, levels, random };
}

function columnsOf(rows: readonly Row[]) {
  return [
    numberColumn('a', rows.map(({ a }) => a)), // biome-ignore format: one line a column
    numberColumn('b', rows.map(({ b }) => b)), // biome-ignore format: one line a column
    categoryColumn('c', rows.map(({ c }) => c)), // biome-ignore format: one line a column
    categoryColumn('client', rows.map(({ client }) => `client ${client}`)), // biome-ignore format: one line a column
  ];
}
