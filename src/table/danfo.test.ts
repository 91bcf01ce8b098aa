import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { type DanfoFrame, type DanfoModule, fromDanfo, toDanfo } from './danfo.js';
import { categoryColumn, dateColumn, numberColumn, type Table, table } from './table.js';

interface Series {
  mean(): number;
}
interface Frame extends DanfoFrame {
  column(name: string): Series;
  groupby(names: string[]): { col(names: string[]): { mean(): DanfoFrame } };
}
const danfo = createRequire(import.meta.url)('danfojs-node') as DanfoModule<Frame>;

const mixed: Table = table([
  categoryColumn('code', ['007', '0x1F', null, '2021-01']),
  numberColumn('amount', [1.1, null, -3e12, 0]),
  dateColumn('day', [0, null, Date.UTC(2021, 0, 31), Date.UTC(1969, 6, 20, 20, 17, 40)]),
  categoryColumn('empty', [null, null, null, null]),
]);

test('a table comes back from danfo as it was: leading zeros, missing values, dates, every digit', () => {
  const frame = toDanfo(mixed, danfo);
  assert.deepEqual(frame.dtypes, ['string', 'float32', 'string', 'string']);
  const back = fromDanfo(frame, { dates: ['day'] });
  assert.deepEqual(back.names, mixed.names);
  for (let row = 0; row < 4; row++) assert.deepEqual(back.row(row), mixed.row(row));
});

test('one row and one column survive, too', () => {
  const one = table([numberColumn('x', [2.5])]);
  assert.deepEqual(fromDanfo(toDanfo(one, danfo)).row(0), { x: 2.5 });
});

test('what danfo says of missing numbers is what the documentation says', () => {
  const groups = table([categoryColumn('g', ['a', 'a', 'b']), numberColumn('v', [1, null, 3])]);
  const ours = toDanfo(groups, danfo);
  assert.equal(ours.column('v').mean(), 2, 'a Series passes over NaN');
  assert.deepEqual(ours.groupby(['g']).col(['v']).mean().values, [
    ['a', Number.NaN],
    ['b', 3],
  ]);
  const withNull = new danfo.DataFrame(
    [
      ['a', 1],
      ['a', null],
      ['b', 3],
    ],
    {
      columns: ['g', 'v'],
      dtypes: ['string', 'float32'],
    },
  );
  assert.deepEqual(
    withNull.groupby(['g']).col(['v']).mean().values,
    [
      ['a', 0.5],
      ['b', 3],
    ],
    'null counts as 0',
  );
});

test('a frame whose values do not fit is refused with the place', () => {
  const frame = { columns: ['x'], dtypes: ['float32'], values: [[1], ['two']] };
  assert.throws(() => fromDanfo(frame), /column "x".*two.*a number/s);
  const days = { columns: ['day'], dtypes: ['string'], values: [['2021-02-01'], ['soon']] };
  assert.throws(() => fromDanfo(days, { dates: ['day'] }), /soon.*ISO 8601/s);
});
