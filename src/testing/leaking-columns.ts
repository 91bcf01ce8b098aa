/** Columns that say what is not known yet: late ones, copies, encodings, names of rows and of outcomes. */
import { type ColumnType, category, date, id, number } from '../schema/column-types.js';
import { type Column, categoryColumn, dateColumn, numberColumn } from '../table/table.js';
import { finish, type Made } from './clean-data.js';
import type { Planted, PlantedLeak } from './planted-leak.js';

export type ColumnKind =
  | 'declared late'
  | 'almost the outcome'
  | 'far above the rest'
  | 'copy of the target'
  | 'identifier'
  | 'name of the outcome'
  | 'encoded before the split'
  | 'date from the future'
  | 'late column repeated';

/** Adds a column that is said to be known before. */
export function addColumn(made: Made, column: Column, type: ColumnType = typeOf[column.kind]): void {
  made.columns.push(column);
  made.types[column.name] = type;
}

const typeOf: Record<Column['kind'], ColumnType> = { number: number(), date: date(), category: category() };

export const leakingColumns: Readonly<Record<ColumnKind, PlantedLeak>> = {
  'declared late': {
    code: 'L01',
    plant(made) {
      addColumn(made, numberColumn('minutes', minutesOf(made)));
      return { dataset: finish(made, 'minutes') };
    },
  },
  'almost the outcome': { code: 'L02', plant: almostTheOutcome },
  'far above the rest': {
    code: 'L02',
    plant(made) {
      const { outcomes, labels, random, target } = made;
      const numbers = target === 'number';
      const told = numbers ? outcomes.map((x) => x / 50) : labels.map((label) => 1.6 * label);
      const spread = numbers ? 0.15 : 1;
      // Normal scores a distance of 1.6 apart have an AUC of about .87.
      addColumn(
        made,
        numberColumn(
          'secs',
          told.map((x) => x + spread * random.normal()),
        ),
      );
      return { dataset: finish(made) };
    },
  },
  'copy of the target': { code: 'L03', plant: copyOfTheTarget },
  identifier: {
    code: 'L04',
    plant(made, seed) {
      const numbers = made.random.shuffle(Float64Array.from(made.labels, (_, i) => 5000 + 10 * i));
      if (seed % 3 === 0) addColumn(made, numberColumn('reference', numbers));
      else if (seed % 3 === 1) addColumn(made, numberColumn('reference', numbers.sort()));
      else
        addColumn(
          made,
          categoryColumn(
            'reference',
            Array.from(numbers, (x) => `R-${x}`),
          ),
        );
      return { dataset: finish(made) };
    },
  },
  'name of the outcome': {
    code: 'L08',
    plant(made, seed) {
      const name = ['final_balance', 'estadoPagado', 'Kündigung'][seed % 3]!;
      const values = made.labels.map((label) => Math.round(100 * (made.random.normal() + 0.7 * label)));
      addColumn(made, numberColumn(name, values));
      return { dataset: finish(made) };
    },
  },
  'encoded before the split': {
    code: 'L09',
    plant(made, seed) {
      const regions = made.columns.find(({ name }) => name === 'region')!;
      const codes = regions.kind === 'category' ? regions.codes : new Int32Array();
      addColumn(made, numberColumn('region_rate', encode(codes, made, seed % 3)));
      // Most who encode a category drop it.
      if (seed % 3 < 2) made.columns = made.columns.filter(({ name }) => name !== 'region');
      return { dataset: finish(made) };
    },
  },
  'date from the future': {
    code: 'L11',
    plant(made, seed) {
      const { labels, random } = made;
      const day = 86_400_000;
      const moments = labels.map((_, i) => Date.UTC(2024, 0, 1) + Math.floor(i / 2) * day);
      addColumn(made, dateColumn('asked', moments));
      const wait = (label: number): number =>
        (seed % 3 === 0 ? 1 : label) * random.integer(20) - 10 * random.integer(3);
      addColumn(
        made,
        dateColumn(
          'answered',
          labels.map((label, i) => moments[i]! + wait(label) * day),
        ),
      );
      made.order = 'asked';
      return { dataset: finish(made) };
    },
  },
  'late column repeated': {
    code: 'L16',
    plant(made, seed) {
      const minutes = minutesOf(made);
      const levels = minutes.map((x) => Math.floor(x / 100));
      if (seed % 2 === 0) {
        addColumn(made, numberColumn('minutes', minutes));
        addColumn(
          made,
          numberColumn(
            'hours',
            minutes.map((x) => (seed % 3 === 0 ? x / 60 : -x)),
          ),
        );
      } else {
        addColumn(
          made,
          categoryColumn(
            'minutes',
            levels.map((level) => `level ${level}`),
          ),
        );
        addColumn(
          made,
          categoryColumn(
            'hours',
            levels.map((level) => `stufe ${level}`),
          ),
        );
      }
      return { dataset: finish(made, 'minutes') };
    },
  },
};

function minutesOf({ labels, random }: Made): number[] {
  return labels.map((label) => Math.round(100 + 80 * label + 60 * random.normal()));
}

/** The outcome, but for a slip in fifty or a little noise. */
function almostTheOutcome(made: Made, seed: number): Planted {
  const { outcomes, random, target } = made;
  if (target === 'number') {
    addColumn(
      made,
      numberColumn(
        'amount',
        outcomes.map((x) => x + 3 * random.normal()),
      ),
    );
    return { dataset: finish(made) };
  }
  const slipped = outcomes.map((x) => (random.uniform() < 0.02 ? (x === 0 ? 1 : 0) : x));
  if (seed % 3 === 0)
    addColumn(
      made,
      categoryColumn(
        'letter',
        slipped.map((x) => `sent ${x}`),
      ),
    );
  else
    addColumn(
      made,
      numberColumn(
        'amount',
        slipped.map((x) => Math.round(100 * (x * 9 + random.uniform()))),
      ),
    );
  return { dataset: finish(made) };
}

/** The outcome in other words: turned round, or stretched; a class also as one or several texts. */
function copyOfTheTarget(made: Made, seed: number): Planted {
  const { outcomes, random, target } = made;
  const text = (x: number): string => (random.uniform() < 0.5 ? `A${x}` : `B${x}`);
  if (seed % 3 === 0)
    addColumn(
      made,
      numberColumn(
        'code',
        outcomes.map((x) => 7 - 3 * x),
      ),
    );
  else if (target === 'number')
    addColumn(
      made,
      numberColumn(
        'code',
        outcomes.map((x) => Math.sqrt(x)),
      ),
    );
  else if (seed % 3 === 1) addColumn(made, categoryColumn('code', outcomes.map(text)));
  else if (target === 'category')
    addColumn(
      made,
      numberColumn(
        'code',
        outcomes.map((x) => (x * 7 + 3) % 11),
      ),
    );
  else
    addColumn(
      made,
      numberColumn(
        'code',
        outcomes.map((x) => Math.exp(x + 0.5 * random.uniform())),
      ),
    );
  return { dataset: finish(made) };
}

/** The mean outcome by code over all rows: plain, smoothed with 20 rows, or leaving the row itself out. */
function encode(codes: Int32Array, { labels, outcomes, target }: Made, way: number): number[] {
  // Of classes it is the share of one.
  const values = target === 'number' ? outcomes : labels;
  const rows = new Map<number, number>();
  const sums = new Map<number, number>();
  codes.forEach((code, i) => {
    rows.set(code, (rows.get(code) ?? 0) + 1);
    sums.set(code, (sums.get(code) ?? 0) + values[i]!);
  });
  const base = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Array.from(codes, (code, i) => {
    const [n, s] = [rows.get(code)!, sums.get(code)!];
    if (way === 0) return s / n;
    if (way === 1) return (s + 20 * base) / (n + 20);
    return (s - values[i]!) / (n - 1);
  });
}

/** An identifier of clients that come again. */
export function addClients(made: Made): void {
  const clients = made.labels.map(() => `c${made.random.integer(Math.round(made.labels.length / 4))}`);
  addColumn(made, categoryColumn('client', clients), id());
}
