/** Small made data sets, clean or with one leak of a known kind planted in them: the audit's ground truth. */
import type { FindingCode } from '../leakage/leakage.js';
import { type Random, seededRandom } from '../random.js';
import { type ColumnType, category, date, id, number } from '../schema/column-types.js';
import { makeDataset } from '../schema/dataset.js';
import { makeSchema } from '../schema/define-schema.js';
import type { Dataset, SchemaColumn } from '../schema/schema.js';
import { type Column, categoryColumn, dateColumn, numberColumn, table } from '../table/table.js';

/** A data set, and the split that goes with the leak where it takes one. */
export interface Planted {
  readonly dataset: Dataset;
  readonly split?: { readonly train: Uint32Array; readonly test: Uint32Array };
}

/** What a clean data set is made with. */
export interface CleanOptions {
  readonly rows?: number;
  /** Shifts the log-odds of yes; 0 gives about three in ten. */
  readonly shift?: number;
}

interface Made {
  labels: number[];
  columns: Column[];
  types: Record<string, ColumnType>;
  random: Random;
  order?: string;
  group?: string;
}

/** Numbers, categories, dates and gaps that carry an honest signal (AUC .6 to .75 each at most) and nothing else. */
export function cleanDataset(seed: number, options: CleanOptions = {}): Dataset {
  return finish(make(seed, options));
}

export type PlantedKind =
  | 'declared late'
  | 'almost the outcome'
  | 'copy of the target'
  | 'identifier'
  | 'twins across the split'
  | 'group on both sides'
  | 'rows in telling order'
  | 'name of the outcome'
  | 'duplicated before the split'
  | 'interpolated before the split'
  | 'encoded before the split'
  | 'missing with one class'
  | 'date from the future';

/** The kinds of leak that can be planted, each with the code that must find it. */
export const plantedKinds: Readonly<Record<PlantedKind, FindingCode>> = {
  'declared late': 'L01',
  'almost the outcome': 'L02',
  'copy of the target': 'L03',
  identifier: 'L04',
  'twins across the split': 'L05',
  'group on both sides': 'L06',
  'rows in telling order': 'L07',
  'name of the outcome': 'L08',
  'duplicated before the split': 'L09',
  'interpolated before the split': 'L09',
  'encoded before the split': 'L09',
  'missing with one class': 'L10',
  'date from the future': 'L11',
};

/** A data set with one leak in it; the seed also chooses among the ways in which that leak occurs. */
export function plantLeak(kind: PlantedKind, seed: number): Planted {
  const made = make(seed, {});
  const way = seed % 3;
  const { random, labels } = made;
  const n = labels.length;
  const add = (column: Column, type: ColumnType): void => {
    made.columns.push(column);
    made.types[column.name] = type;
  };
  switch (kind) {
    case 'declared late': {
      const minutes = labels.map((label) => Math.round(100 + 80 * label + 60 * random.normal()));
      add(numberColumn('minutes', minutes), number());
      return { dataset: finish(made, 'minutes') };
    }
    case 'almost the outcome': {
      const flipped = labels.map((label) => (random.uniform() < 0.02 ? 1 - label : label));
      if (way === 0)
        add(
          categoryColumn(
            'letter',
            flipped.map((x) => (x ? 'sent' : 'none')),
          ),
          category(),
        );
      else
        add(
          numberColumn(
            'amount',
            flipped.map((x) => Math.round(100 * (x * 9 + random.uniform()))),
          ),
          number(),
        );
      return { dataset: finish(made) };
    }
    case 'copy of the target': {
      const text = (label: number): string => (label ? (random.uniform() < 0.5 ? 'A1' : 'A2') : 'B');
      if (way === 0)
        add(
          numberColumn(
            'code',
            labels.map((label) => 7 - 3 * label),
          ),
          number(),
        );
      else if (way === 1) add(categoryColumn('code', labels.map(text)), category());
      else
        add(
          numberColumn(
            'code',
            labels.map((label) => Math.exp(label + 0.5 * random.uniform())),
          ),
          number(),
        );
      return { dataset: finish(made) };
    }
    case 'identifier': {
      const numbers = random.shuffle(Float64Array.from(labels, (_, i) => 5000 + 10 * i));
      if (way === 0) add(numberColumn('reference', numbers), number());
      else if (way === 1) add(numberColumn('reference', numbers.sort()), number());
      else
        add(
          categoryColumn(
            'reference',
            [...numbers].map((x) => `R-${x}`),
          ),
          category(),
        );
      return { dataset: finish(made) };
    }
    case 'twins across the split': {
      const copies = Math.round(n * 0.05);
      const dataset = takeRows(made, [
        ...labels.keys(),
        ...Array.from({ length: copies }, () => random.integer(n)),
      ]);
      const near = way === 0 ? dataset : jitter(dataset, 'income', n, random);
      const train = Uint32Array.from({ length: Math.round(n * 0.8) }, (_, i) => i);
      const test = Uint32Array.from({ length: n + copies - train.length }, (_, i) => train.length + i);
      return { dataset: near, split: { train, test } };
    }
    case 'group on both sides': {
      const clients = labels.map(() => `c${random.integer(Math.round(n / 4))}`);
      add(categoryColumn('client', clients), id());
      if (way > 0) made.group = 'client';
      const cut = Math.round(n * 0.8);
      const rows = [...labels.keys()];
      return {
        dataset: finish(made),
        split: { train: Uint32Array.from(rows.slice(0, cut)), test: Uint32Array.from(rows.slice(cut)) },
      };
    }
    case 'rows in telling order': {
      const rows = [...labels.keys()];
      const key = (i: number): number => random.uniform() * 1.5 - labels[i]!;
      const wave = (place: number): number => (Math.sin((place / n) * 4 * Math.PI) > 0 ? 1 : 0);
      const keys = rows.map((i) => (way === 0 ? labels[i]! : key(i)));
      const sorted = rows.sort((a, b) => keys[a]! - keys[b]! || a - b);
      if (way < 2) return { dataset: takeRows(made, sorted) };
      // A season: stretches rich in yes and stretches poor in it, without a trend.
      const [rich, poor] = [sorted.slice(0, n / 2), sorted.slice(n / 2)];
      const season = sorted.map((_, place) =>
        wave(place) ? (rich.pop() ?? poor.pop()!) : (poor.pop() ?? rich.pop()!),
      );
      return { dataset: takeRows(made, season) };
    }
    case 'name of the outcome': {
      const name = ['final_balance', 'estadoPagado', 'Kündigung'][way]!;
      add(
        numberColumn(
          name,
          labels.map(() => Math.round(100 * random.normal())),
        ),
        number(),
      );
      return { dataset: finish(made) };
    }
    case 'duplicated before the split': {
      const yes = [...labels.keys()].filter((i) => labels[i] === 1);
      const more = Array.from(
        { length: Math.round(yes.length * (0.5 + way)) },
        () => yes[random.integer(yes.length)]!,
      );
      return { dataset: takeRows(made, shuffled([...labels.keys(), ...more], random)) };
    }
    case 'interpolated before the split':
      return { dataset: interpolate(made, 0.5 + way) };
    case 'encoded before the split': {
      const regions = made.columns.find(({ name }) => name === 'region')!;
      const codes = regions.kind === 'category' ? regions.codes : new Int32Array();
      add(numberColumn('region_rate', encode(codes, labels, way)), number());
      // Most who encode a category drop it.
      if (way < 2) made.columns = made.columns.filter(({ name }) => name !== 'region');
      return { dataset: finish(made) };
    }
    case 'missing with one class': {
      const only = seed % 2;
      const gap = (label: number): boolean => label === only && random.uniform() < 0.3;
      if (way === 0) {
        const levels = labels.map((label) => (gap(label) ? 'z9' : `z${random.integer(4)}`));
        add(categoryColumn('zone', levels), category());
      } else {
        const values = labels.map((label) =>
          gap(label) ? (way === 1 ? null : 999) : Math.round(50 * random.normal()),
        );
        add(numberColumn('reading', values), number());
      }
      return { dataset: finish(made) };
    }
    case 'date from the future': {
      const start = Date.UTC(2024, 0, 1);
      const day = 86_400_000;
      const moments = labels.map((_, i) => start + Math.floor(i / 2) * day);
      add(dateColumn('asked', moments), date());
      const wait = (label: number): number =>
        (way === 0 ? 1 : label) * random.integer(20) - 10 * random.integer(3);
      add(
        dateColumn(
          'answered',
          labels.map((label, i) => moments[i]! + wait(label) * day),
        ),
        date(),
      );
      made.order = 'asked';
      return { dataset: finish(made) };
    }
  }
}

function make(seed: number, { rows = 500, shift = 0 }: CleanOptions): Made {
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

function finish(made: Made, late?: string): Dataset {
  const target = categoryColumn(
    'bought',
    made.labels.map((label) => (label ? 'yes' : 'no')),
  );
  const columns = made.columns.map(({ name }): SchemaColumn => {
    return { name, known: name === late ? 'after' : 'before', type: made.types[name]! };
  });
  const schema = makeSchema({
    moment: 'the offer is sent',
    target: { name: 'bought', yes: 'yes', no: 'no' },
    order: made.order,
    group: made.group,
    columns,
  });
  const source = { name: 'made.csv', sha256: '0'.repeat(64), simulated: true };
  return makeDataset(schema, table([...made.columns, target]), source);
}

function takeRows(made: Made, rows: readonly number[]): Dataset {
  const dataset = finish(made);
  return { ...dataset, table: dataset.table.rows(Uint32Array.from(rows)) };
}

/** Wiggles one number of the rows from `first` on, so that they are near-twins of what they were copied from. */
function jitter(dataset: Dataset, name: string, first: number, random: Random): Dataset {
  const values = dataset.table
    .numbers(name)
    .map((value, i) => (i < first ? value : value * (1 + 0.1 * random.normal())));
  return { ...dataset, table: dataset.table.with(numberColumn(name, values)) };
}

/** Adds rows of yes that lie between two rows of yes, as SMOTE does; texts come from the first of the two. */
function interpolate(made: Made, times: number): Dataset {
  const { labels, random } = made;
  const yes = [...labels.keys()].filter((i) => labels[i] === 1);
  const from = Array.from({ length: Math.round(yes.length * times) }, () => yes[random.integer(yes.length)]!);
  const dataset = takeRows(made, [...labels.keys(), ...from]);
  const shares = from.map(() => random.uniform());
  const others = from.map(() => yes[random.integer(yes.length)]!);
  const columns = dataset.table.columns.map((column): Column => {
    if (column.kind !== 'number') return column;
    const values = column.values.map((value, i) => {
      const made = i - labels.length;
      return made < 0 ? value : value + shares[made]! * (column.values[others[made]!]! - value);
    });
    return { ...column, values };
  });
  return { ...dataset, table: table(columns) };
}

/** The target's mean by code over all rows: plain, smoothed with 20 rows, or leaving the row itself out. */
function encode(codes: Int32Array, labels: readonly number[], way: number): number[] {
  const rows = new Map<number, number>();
  const yes = new Map<number, number>();
  codes.forEach((code, i) => {
    rows.set(code, (rows.get(code) ?? 0) + 1);
    yes.set(code, (yes.get(code) ?? 0) + labels[i]!);
  });
  const base = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  return Array.from(codes, (code, i) => {
    const [n, s] = [rows.get(code)!, yes.get(code)!];
    if (way === 0) return s / n;
    if (way === 1) return (s + 20 * base) / (n + 20);
    return (s - labels[i]!) / (n - 1);
  });
}

function shuffled(rows: readonly number[], random: Random): number[] {
  return random.shuffle([...rows]);
}
