/** Small made data sets without a leak: what the audit must not cry at, and what leaks are planted in. */
import { type Random, seededRandom } from '../random.js';
import { type ColumnType, category, number, yesNo } from '../schema/column-types.js';
import { makeDataset } from '../schema/dataset.js';
import { makeSchema } from '../schema/define-schema.js';
import type { Dataset, SchemaColumn } from '../schema/schema.js';
import { type Column, categoryColumn, numberColumn, table } from '../table/table.js';

/** What a clean data set is made with. */
export interface CleanOptions {
  readonly rows?: number;
  /** Shifts the log-odds of yes; 0 gives about three in ten. */
  readonly shift?: number;
}

/** Columns and labels before they become a dataset; may be added to. */
export interface Made {
  labels: number[];
  columns: Column[];
  types: Record<string, ColumnType>;
  /** For what is planted. */
  random: Random;
  order?: string;
  group?: string;
}

/** Numbers, categories and gaps that carry an honest signal (AUC .6 to .75 each at most) and nothing else. */
export function cleanDataset(seed: number, options: CleanOptions = {}): Dataset {
  return finish(make(seed, options));
}

/** Draws the columns, and labels from some of them. */
export function make(seed: number, { rows = 500, shift = 0 }: CleanOptions): Made {
  const random = seededRandom(seed).fork('made data');
  const columns: Record<string, (number | string | null)[]> = {
    age: [],
    income: [],
    visits: [],
    score: [],
    job: [],
    region: [],
    member: [],
  };
  const labels: number[] = [];
  for (let i = 0; i < rows; i++) {
    const age = 18 + random.integer(60);
    const income = Math.round(Math.exp(7 + 0.6 * random.normal()) * 100) / 100;
    const visits = Math.floor(-3 * Math.log(1 - random.uniform()));
    const score = random.uniform() < 0.1 ? null : Math.round(600 + 80 * random.normal());
    const job = random.integer(6);
    const region = random.integer(12);
    const member = random.uniform() < 0.4 ? 1 : 0;
    const margin =
      shift - 1.2 + 0.02 * (age - 48) + 0.15 * (visits - 3) + 0.5 * member + 0.3 * (job % 3) - 0.3;
    labels.push(random.uniform() < 1 / (1 + Math.exp(-margin)) ? 1 : 0);
    const row = {
      age,
      income,
      visits,
      score,
      job: `job ${job}`,
      region: `r${region}`,
      member: member ? 'yes' : 'no',
    };
    for (const [name, value] of Object.entries(row)) columns[name]!.push(value);
  }
  const numbers = ['age', 'income', 'visits', 'score'];
  return {
    labels,
    random: random.fork('plant'),
    types: Object.fromEntries(
      Object.keys(columns).map((name) => [name, numbers.includes(name) ? number() : category()]),
    ),
    columns: Object.entries(columns).map(([name, values]) =>
      numbers.includes(name)
        ? numberColumn(name, values as (number | null)[])
        : categoryColumn(name, values as (string | null)[]),
    ),
  };
}

/** The dataset of what was made, one column declared late if named. */
export function finish(made: Made, late?: string): Dataset {
  const target = categoryColumn(
    'bought',
    made.labels.map((label) => (label ? 'yes' : 'no')),
  );
  const columns = made.columns.map(({ name }): SchemaColumn => {
    return { name, known: name === late ? 'after' : 'before', type: made.types[name]! };
  });
  const schema = makeSchema({
    moment: 'the offer is sent',
    target: { name: 'bought', type: yesNo('bought') },
    order: made.order,
    group: made.group,
    columns,
  });
  const source = { name: 'made.csv', sha256: '0'.repeat(64), simulated: true };
  return makeDataset(schema, table([...made.columns, target]), source);
}

/** The dataset of these rows, in this order. */
export function takeRows(made: Made, rows: readonly number[]): Dataset {
  const dataset = finish(made);
  return { ...dataset, table: dataset.table.rows(Uint32Array.from(rows)) };
}
