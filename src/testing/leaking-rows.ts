/** Rows that leak: copies, rows of one group on both sides of a split, an order that tells, resampling before the split. */
import type { Random } from '../random.js';
import type { Dataset } from '../schema/schema.js';
import { type Column, numberColumn, table } from '../table/table.js';
import { finish, type Made, takeRows } from './clean-data.js';
import { addClients } from './leaking-columns.js';
import type { Planted, PlantedLeak } from './planted-leak.js';

export type RowKind =
  | 'near-duplicates across the split'
  | 'group on both sides'
  | 'rows in telling order'
  | 'duplicated before the split'
  | 'interpolated before the split'
  | 'one outcome only';

export const leakingRows: Readonly<Record<RowKind, PlantedLeak>> = {
  'near-duplicates across the split': { code: 'L05', plant: copiesAcross },
  'group on both sides': {
    code: 'L06',
    plant(made, seed) {
      addClients(made);
      if (seed % 3 > 0) made.group = 'client';
      return {
        dataset: finish(made),
        split: splitAt(made.labels.length, Math.round(made.labels.length * 0.8)),
      };
    },
  },
  'rows in telling order': { code: 'L07', plant: tellingOrder },
  'duplicated before the split': {
    code: 'L09',
    ofClasses: true,
    plant(made, seed) {
      const { labels, random } = made;
      const yes = [...labels.keys()].filter((i) => labels[i] === 1);
      const count = Math.round(yes.length * (0.5 + (seed % 3)));
      const more = Array.from({ length: count }, () => yes[random.integer(yes.length)]!);
      return { dataset: takeRows(made, random.shuffle([...labels.keys(), ...more])) };
    },
  },
  'interpolated before the split': {
    code: 'L09',
    ofClasses: true,
    plant: (made, seed) => ({ dataset: interpolate(made, 0.5 + (seed % 3)) }),
  },
  'one outcome only': {
    code: 'L17',
    plant(made) {
      const { outcomes } = made;
      return {
        dataset: takeRows(
          made,
          [...outcomes.keys()].filter((i) => outcomes[i] === 0),
        ),
      };
    },
  },
};

function copiesAcross(made: Made, seed: number): Planted {
  const { labels, random } = made;
  const n = labels.length;
  const copies = Array.from({ length: Math.round(n * 0.05) }, () => random.integer(n));
  const dataset = takeRows(made, [...labels.keys(), ...copies]);
  const near = seed % 3 === 0 ? dataset : jitter(dataset, { name: 'income', first: n, random });
  return { dataset: near, split: splitAt(n + copies.length, Math.round(n * 0.8)) };
}

function splitAt(rowCount: number, cut: number): { train: Uint32Array; test: Uint32Array } {
  const rows = Uint32Array.from({ length: rowCount }, (_, i) => i);
  return { train: rows.slice(0, cut), test: rows.slice(cut) };
}

function tellingOrder(made: Made, seed: number): Planted {
  const { labels, random } = made;
  const n = labels.length;
  const rows = [...labels.keys()];
  const key = (i: number): number => random.uniform() * 1.5 - labels[i]!;
  const wave = (place: number): number => (Math.sin((place / n) * 4 * Math.PI) > 0 ? 1 : 0);
  const keys = rows.map((i) => (seed % 3 === 0 ? labels[i]! : key(i)));
  const sorted = rows.sort((a, b) => keys[a]! - keys[b]! || a - b);
  if (seed % 3 < 2) return { dataset: takeRows(made, sorted) };
  // A season: stretches rich in yes and stretches poor in it, without a trend.
  const [rich, poor] = [sorted.slice(0, n / 2), sorted.slice(n / 2)];
  const season = sorted.map((_, place) =>
    wave(place) ? (rich.pop() ?? poor.pop()!) : (poor.pop() ?? rich.pop()!),
  );
  return { dataset: takeRows(made, season) };
}

/** Wiggles one number of the rows from `first` on, so that they are near-duplicates of what they were copied from. */
function jitter(
  dataset: Dataset,
  { name, first, random }: { name: string; first: number; random: Random },
): Dataset {
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
