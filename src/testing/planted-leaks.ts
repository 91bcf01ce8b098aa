/** Small made data sets with one leak of a known kind planted in them: the audit's ground truth. Long, for all kinds stand here. */
import type { FindingCode } from '../leakage/leakage.js';
import type { Random } from '../random.js';
import { type ColumnType, category, date, id, number } from '../schema/column-types.js';
import type { Dataset } from '../schema/schema.js';
import { type Column, categoryColumn, dateColumn, numberColumn, table } from '../table/table.js';
import { finish, type Made, make, takeRows } from './clean-data.js';

/** A data set, and the split that goes with the leak where it takes one. */
export interface Planted {
  readonly dataset: Dataset;
  readonly split?: { readonly train: Uint32Array; readonly test: Uint32Array };
}

export type PlantedKind =
  | 'declared late'
  | 'almost the outcome'
  | 'copy of the target'
  | 'identifier'
  | 'nearDuplicates across the split'
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
  'nearDuplicates across the split': 'L05',
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
    case 'nearDuplicates across the split': {
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
      return { dataset: takeRows(made, random.shuffle([...labels.keys(), ...more])) };
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

/** Wiggles one number of the rows from `first` on, so that they are near-nearDuplicates of what they were copied from. */
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
