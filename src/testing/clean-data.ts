/** Small made data sets without a leak: what the audit must not cry at, and what leaks are planted in. */
import { type Random, seededRandom } from '../random.js';
import { type ColumnType, category, number, type TargetType, yesNo } from '../schema/column-types.js';
import { makeDataset } from '../schema/dataset.js';
import { makeSchema } from '../schema/define-schema.js';
import type { Dataset, SchemaColumn } from '../schema/schema.js';
import type { TargetKind } from '../table/matrix.js';
import { type Column, categoryColumn, numberColumn, table } from '../table/table.js';

/** What a clean data set is made with. */
export interface CleanOptions {
  readonly rows?: number;
  /** Shifts the log-odds of yes; 0 gives about three in ten. */
  readonly shift?: number;
  /**
   * What is predicted: whether a client bought (the default), how much was spent, 0 by all who did not buy, or which plan
   * was chosen, "gold" by all who bought.
   */
  readonly target?: TargetKind;
}

/** Columns and labels before they become a dataset; may be added to. */
export interface Made {
  /** 1 where the client bought. */
  labels: number[];
  /** What came true as a number: the label, what was spent, or the place of the plan in `plans`. */
  outcomes: number[];
  target: TargetKind;
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

const plans = ['basic', 'silver', 'gold'];

/** Draws the columns, and labels from some of them. */
export function make(seed: number, { rows = 500, shift = 0, target = 'yesNo' }: CleanOptions): Made {
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
  const draw = random.fork('outcomes');
  const spent = (label: number): number => label * Math.round(20 + 60 * Math.exp(0.5 * draw.normal()));
  const plan = (label: number): number => (label === 1 ? 2 : draw.integer(2));
  const outcomeOf = { yesNo: (label: number) => label, number: spent, category: plan }[target];
  return {
    labels,
    outcomes: labels.map(outcomeOf),
    target,
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
  const [target, type] = targetOf(made);
  const columns = made.columns.map(({ name }): SchemaColumn => {
    return { name, known: name === late ? 'after' : 'before', type: made.types[name]! };
  });
  const schema = makeSchema({
    moment: 'the offer is sent',
    target: { name: target.name, type },
    order: made.order,
    group: made.group,
    columns,
  });
  const source = { name: 'made.csv', sha256: '0'.repeat(64), simulated: true };
  return makeDataset(schema, table([...made.columns, target]), source);
}

function targetOf({ target, labels, outcomes }: Made): [Column, TargetType] {
  if (target === 'number') return [numberColumn('spent', outcomes), number('spent')];
  if (target === 'category') {
    const names = outcomes.map((code) => plans[code]!);
    return [categoryColumn('plan', names), category('plan', { levels: plans })];
  }
  return [
    categoryColumn(
      'bought',
      labels.map((label) => (label ? 'yes' : 'no')),
    ),
    yesNo('bought'),
  ];
}

/** The dataset of these rows, in this order. */
export function takeRows(made: Made, rows: readonly number[]): Dataset {
  const dataset = finish(made);
  return { ...dataset, table: dataset.table.rows(Uint32Array.from(rows)) };
}
