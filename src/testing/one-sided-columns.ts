/** Columns that hold something in rows of one outcome only: a value, any value, a number above 0, a range, an equal pair. */
import { categoryColumn, dateColumn, numberColumn } from '../table/table.js';
import { finish, type Made } from './clean-data.js';
import { addColumn } from './leaking-columns.js';
import type { PlantedLeak } from './planted-leak.js';

export type OneSidedKind =
  | 'missing with one class'
  | 'present with one class'
  | 'present alone with one class'
  | 'above zero with one class'
  | 'range of one class'
  | 'equal with one class';

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);

/** Which rows are told of: a part of those of one label. */
function toldRows({ labels, random }: Made, { only, share }: { only: number; share: number }): boolean[] {
  return labels.map((label) => label === only && random.uniform() < share);
}

export const oneSidedColumns: Readonly<Record<OneSidedKind, PlantedLeak>> = {
  'missing with one class': {
    code: 'L10',
    plant(made, seed) {
      const { random } = made;
      const gap = toldRows(made, { only: seed % 2, share: 0.3 });
      if (seed % 3 === 0) {
        addColumn(
          made,
          categoryColumn(
            'zone',
            gap.map((is) => (is ? 'z9' : `z${random.integer(4)}`)),
          ),
        );
      } else {
        const value = seed % 3 === 1 ? null : 999;
        addColumn(
          made,
          numberColumn(
            'reading',
            gap.map((is) => (is ? value : Math.round(50 * random.normal()))),
          ),
        );
      }
      return { dataset: finish(made) };
    },
  },
  'present with one class': {
    code: 'L12',
    plant(made, seed) {
      const { random } = made;
      const told = toldRows(made, { only: (seed >> 2) % 2, share: 0.5 });
      const filled = <Value>(value: () => Value): (Value | null)[] => told.map((is) => (is ? value() : null));
      if (seed % 4 === 0)
        addColumn(
          made,
          categoryColumn(
            'reason',
            filled(() => `reason ${random.integer(3)}`),
          ),
        );
      if (seed % 4 === 1)
        addColumn(
          made,
          numberColumn(
            'refund',
            filled(() => 5 + random.integer(60)),
          ),
        );
      if (seed % 4 === 2)
        addColumn(
          made,
          numberColumn(
            'refund',
            filled(() => random.integer(9000) / 100),
          ),
        );
      if (seed % 4 === 3)
        addColumn(
          made,
          dateColumn(
            'on',
            filled(() => start + day * random.integer(200)),
          ),
        );
      return { dataset: finish(made) };
    },
  },
  'present alone with one class': {
    code: 'L12',
    plant(made, seed) {
      const told = toldRows(made, { only: seed % 2, share: 0.4 });
      if (seed % 3 === 0)
        addColumn(
          made,
          categoryColumn(
            'flag',
            told.map((is) => (is ? 'x' : null)),
          ),
        );
      else
        addColumn(
          made,
          numberColumn(
            'flag',
            told.map((is) => (is ? 1 : null)),
          ),
        );
      return { dataset: finish(made) };
    },
  },
  'above zero with one class': {
    code: 'L13',
    plant(made, seed) {
      const { random } = made;
      const told = toldRows(made, { only: (seed >> 2) % 2, share: 0.4 });
      const amount = (): number =>
        [
          1 + random.integer(80),
          (1 + random.integer(9000)) / 100,
          -1 - random.integer(50),
          Math.exp(random.normal()),
        ][seed % 4]!;
      addColumn(
        made,
        numberColumn(
          'refund',
          told.map((is) => (is ? amount() : 0)),
        ),
      );
      return { dataset: finish(made) };
    },
  },
  'range of one class': {
    code: 'L14',
    plant(made, seed) {
      const { random } = made;
      const told = toldRows(made, { only: (seed >> 1) % 2, share: 0.4 });
      const sign = seed % 4 < 2 ? 1 : -1;
      const values = told.map((is) => sign * (is ? 3 + 4 * random.uniform() : 3 * random.uniform()));
      if (seed % 2 === 0) addColumn(made, numberColumn('level', values));
      else
        addColumn(
          made,
          dateColumn(
            'seen',
            values.map((x) => start + Math.round(100 * x) * day),
          ),
        );
      return { dataset: finish(made) };
    },
  },
  'equal with one class': {
    code: 'L15',
    plant(made, seed) {
      const { random } = made;
      const told = toldRows(made, { only: seed % 2, share: 0.5 });
      const first = told.map(() => random.integer(300));
      const second = first.map((x, i) => (told[i] ? x : x + 1 + random.integer(60)));
      if (seed % 3 === 0) {
        addColumn(made, numberColumn('asked', first));
        addColumn(made, numberColumn('granted', second));
      } else {
        addColumn(
          made,
          dateColumn(
            'created',
            first.map((x) => start + x * day),
          ),
        );
        addColumn(
          made,
          dateColumn(
            'updated',
            second.map((x) => start + x * day),
          ),
        );
      }
      return { dataset: finish(made) };
    },
  },
};
