/** Made data sets of many shapes whose columns are all known in time, some of them strong: the audit should be silent. */
import { type Random, seededRandom } from '../random.js';
import {
  type ColumnType,
  category,
  date,
  id,
  number,
  type TargetType,
  yesNo,
} from '../schema/column-types.js';
import { makeDataset } from '../schema/dataset.js';
import { makeSchema } from '../schema/define-schema.js';
import type { Dataset, SchemaColumn } from '../schema/schema.js';
import type { TargetKind } from '../table/matrix.js';
import { type Column, categoryColumn, dateColumn, numberColumn, table } from '../table/table.js';

/** The shape of an honest data set. */
export interface HonestOptions {
  readonly rows: number;
  readonly target: TargetKind;
  /** Shifts the log-odds of yes; 0 gives about a half. */
  readonly shift?: number;
  /** True where one column tells far more than an honest column does as a rule: an AUC of about .8. */
  readonly dominated?: boolean;
}

type Value = number | string | null;

/** One column: how a value is drawn, and what it adds to the log-odds. */
interface Maker {
  readonly name: string;
  readonly kind: Column['kind'];
  draw(random: Random): Value;
  effect(value: Value): number;
}

const day = 86_400_000;
const today = Date.UTC(2024, 0, 1);
const log = (value: Value): number => Math.log1p(Number(value ?? 0));

/** Columns of every sort that a table of clients has; what is true of one (such as its shops) hangs on `truth`. */
function makersOf(truth: Random): Maker[] {
  const effectsOf = (spread: number): ((value: Value) => number) => {
    const known = new Map<Value, number>();
    return (value) => {
      if (!known.has(value)) known.set(value, spread * truth.fork(String(value)).normal());
      return known.get(value)!;
    };
  };
  const levels = (name: string, count: number, spread: number): Maker => ({
    name,
    kind: 'category',
    // The first levels are common, the last are rare.
    draw: (random) => `${name} ${Math.floor(count * random.uniform() ** 2)}`,
    effect: effectsOf(spread),
  });
  const amounts = (name: string, share: number, cents: number): Maker => ({
    name,
    kind: 'number',
    draw: (random) =>
      random.uniform() < share ? Math.ceil(cents * Math.exp(3 + random.normal())) / cents : 0,
    effect: (value) => 0.3 * log(value),
  });
  const minutes = (name: string): Maker => ({
    ...amounts(name, 0.8, 10),
    effect: (value) => 0.25 * log(value),
  });
  return [
    {
      name: 'score',
      kind: 'number',
      draw: (random) => random.normal(),
      effect: (value) => 0.8 * Number(value),
    },
    {
      name: 'income',
      kind: 'number',
      draw: (random) => Math.round(100 * Math.exp(7 + 0.8 * random.normal())) / 100,
      effect: (value) => 0.7 * (log(value) - 7),
    },
    {
      name: 'age',
      kind: 'number',
      draw: (random) => 18 + random.integer(70),
      effect: (value) => ((Number(value) - 50) / 25) ** 2,
    },
    {
      name: 'since',
      kind: 'date',
      draw: (random) => today - day * random.integer(3000),
      effect: (value) => (today - Number(value)) / day / 2000,
    },
    {
      name: 'last_order',
      kind: 'date',
      draw: (random) =>
        random.uniform() < 0.3 ? null : today - day * Math.floor(-200 * Math.log(1 - random.uniform())),
      effect: (value) => (value === null ? -1 : 0.5),
    },
    {
      name: 'rating',
      kind: 'number',
      draw: (random) => (random.uniform() < 0.4 ? null : 1 + random.integer(5)),
      effect: (value) => (value === null ? -0.8 : 0.4 * (Number(value) - 2)),
    },
    {
      name: 'days_since_contact',
      kind: 'number',
      draw: (random) => (random.uniform() < 0.7 ? 999 : random.integer(120)),
      effect: (value) => (value === 999 ? -0.3 : 1),
    },
    {
      name: 'complaints',
      kind: 'number',
      draw: (random) => Math.floor(-0.6 * Math.log(1 - random.uniform())),
      effect: (value) => 0.6 * Number(value),
    },
    {
      name: 'member',
      kind: 'category',
      draw: (random) => (random.uniform() < 0.3 ? 'yes' : 'no'),
      effect: (value) => (value === 'yes' ? 1 : 0),
    },
    {
      name: 'previous_outcome',
      kind: 'category',
      draw: (random) => (random.uniform() < 0.7 ? null : ['success', 'failure', 'other'][random.integer(3)]!),
      effect: (value) => (value === 'success' ? 2 : 0),
    },
    { name: 'home_city', kind: 'category', draw: (random) => `city ${random.integer(8)}`, effect: () => 0 },
    { name: 'work_city', kind: 'category', draw: (random) => `city ${random.integer(8)}`, effect: () => 0 },
    levels('shop', 60, 0.8),
    levels('channel', 5, 0.5),
    amounts('spent_before', 0.4, 100),
    amounts('refunds_before', 0.15, 1),
    minutes('Reading_Duration'),
    minutes('Help_Duration'),
    minutes('contact_duration'),
  ];
}

const typeOf: Record<Column['kind'], ColumnType> = { number: number(), date: date(), category: category() };

/** About ten columns drawn from all sorts, with effects of about any size, and outcomes drawn from their sum. */
export function honestDataset(seed: number, options: HonestOptions): Dataset {
  const { rows, target, shift = 0, dominated = false } = options;
  const random = seededRandom(seed).fork('honest data');
  const all = makersOf(random.fork('truth'));
  const chosen = random.shuffle(all).slice(0, 8 + random.integer(6));
  const weights = chosen.map((_, j) => (dominated && j === 0 ? 2.5 : Math.abs(random.normal())));
  const values = chosen.map(({ draw }) => Array.from({ length: rows }, () => draw(random)));
  const margins = Array.from({ length: rows }, (_, i) =>
    chosen.reduce((sum, { effect }, j) => sum + weights[j]! * effect(values[j]![i]!), 0),
  );
  const mean = margins.reduce((sum, margin) => sum + margin, 0) / rows;
  const [outcome, type] = outcomesOf(
    margins.map((margin) => margin - mean + shift),
    { target, random },
  );
  const columns = chosen.map(({ name, kind }, j): Column => {
    if (kind === 'category') return categoryColumn(name, values[j] as (string | null)[]);
    const numbers = values[j] as (number | null)[];
    return kind === 'date' ? dateColumn(name, numbers) : numberColumn(name, numbers);
  });
  const ids = categoryColumn(
    'client',
    margins.map((_, i) => `c${i}`),
  );
  const schema = makeSchema({
    moment: 'the offer is sent',
    target: { name: outcome.name, type },
    order: undefined,
    group: undefined,
    columns: [
      ...columns.map(({ name, kind }): SchemaColumn => ({ name, known: 'before', type: typeOf[kind] })),
      { name: 'client', known: 'before', type: id() },
    ],
  });
  const source = { name: 'honest.csv', sha256: '0'.repeat(64), simulated: true };
  return makeDataset(schema, table([...columns, ids, outcome]), source);
}

function outcomesOf(
  margins: readonly number[],
  { target, random }: { target: TargetKind; random: Random },
): [Column, TargetType] {
  if (target === 'number') {
    // Counts with many a 0, or amounts.
    const counts = random.uniform() < 0.5;
    const noise = 0.05 + 0.45 * random.uniform();
    const draw = (margin: number): number =>
      counts
        ? poisson(Math.exp(0.5 * margin), random)
        : Math.round(50 * Math.exp(0.4 * margin + noise * random.normal()));
    return [numberColumn('units', margins.map(draw)), number('units')];
  }
  if (target === 'category') {
    const names = ['basic', 'plus', 'gold'];
    const draw = (margin: number): string => {
      const tastes = [0, 0.5 * margin, margin].map((taste) => taste - Math.log(-Math.log(random.uniform())));
      return names[tastes.indexOf(Math.max(...tastes))]!;
    };
    return [categoryColumn('plan', margins.map(draw)), category('plan', { levels: names })];
  }
  const draw = (margin: number): string => (random.uniform() < 1 / (1 + Math.exp(-margin)) ? 'yes' : 'no');
  return [categoryColumn('bought', margins.map(draw)), yesNo('bought')];
}

/** Knuth's way, with the mean kept from growing without end. */
function poisson(mean: number, random: Random): number {
  const stop = Math.exp(-Math.min(mean, 50));
  let [count, product] = [0, random.uniform()];
  while (product > stop) {
    product *= random.uniform();
    count++;
  }
  return count;
}
