import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { categoryColumn, numberColumn, table } from '../../table/table.js';
import { panel as shop } from '../../testing/example-data.js';
import type { Panel, Series } from '../panel/panel.js';
import { until } from '../panel/until.js';
import { pastOf } from './past.js';
import { type PastRecipe, pastFeatures, plainPast } from './past-recipe.js';
import type { PastRows } from './past-rows.js';

const n = Number.NaN;

/** Two series, of which the second begins late; the first was out of stock in its third period. */
const small: Panel = {
  periods: { every: 'month', first: '2026-01-01', count: 6 },
  names: ['id'],
  series: [
    {
      key: ['a'],
      start: 0,
      values: Float64Array.of(4, 8, 0, 0, 6, 2),
      available: Uint8Array.of(1, 1, 0, 1, 1, 1),
    },
    { key: ['b'], start: 3, values: Float64Array.of(10, n, 30), available: Uint8Array.of(1, 1, 1) },
  ],
  seasons: [3],
  counts: true,
  attributes: table([categoryColumn('kind', ['x', 'y']), numberColumn('size', [5, 7])]),
  ahead: [{ name: 'fair', reach: 7, values: Float64Array.of(0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1) }],
};

const recipe: PastRecipe = {
  ...{ scaleOver: 3, lags: [1, 3], means: [3], medians: [4], zeros: [4], lastSeason: true, calendar: true },
  ...{ pooled: [], pooledAll: true, attributes: ['kind', 'size'], ahead: ['fair'] },
};

/** A feature of the row of this series and origin. */
function value(rows: PastRows, name: string, series: number, origin: number): number {
  const row = rows.series.findIndex((s, i) => s === series && rows.origins[i] === origin);
  const feature =
    rows.matrix.columns[rows.names.indexOf(name)] ?? assert.fail(`no "${name}" in ${rows.names}`);
  return feature.kind === 'number' ? feature.values[row]! : feature.codes[row]!;
}

test('each feature is what its name says, over periods in stock, in the scale of the series', () => {
  const rows = pastOf(small, recipe).training({ step: 1 });
  assert.deepEqual([...rows.series], [0, 0, 0, 0, 0, 1]);
  assert.deepEqual([...rows.origins], [1, 2, 3, 4, 5, 5]);
  assert.deepEqual([...rows.targets], [8, 0, 0, 6, 2, 30]);
  assert.deepEqual([...rows.available], [1, 0, 1, 1, 1, 1]);
  const at = (name: string, origin = 5, series = 0): number => value(rows, name, series, origin);
  assert.equal(at('scale'), 3); // of 0 and 6; the third period was out of stock
  assert.equal(at('lag 1'), 2);
  assert.equal(at('lag 3'), 0);
  assert.equal(at('mean of 3'), 1);
  assert.equal(at('median of 4'), 6 / 3);
  assert.equal(at('share of zeros of 4'), 1 / 3);
  assert.equal(at('periods since a sale', 4), 2);
  assert.equal(at('periods seen'), 5);
  assert.equal(at('last in stock', 3), 0);
  assert.equal(at('out of stock of 13'), 1);
  assert.equal(at('same period of 3 before'), n);
  assert.equal(at('same period of 3 before', 4), 8 / 4);
  assert.equal(at('season of 3', 4), 8 / 4);
  assert.equal(at('season of 3 of all series', 4), 8 / 4);
  assert.equal(at('level lately of all series'), 6 / (16 / 3)); // of 0, 6 and 10
  assert.equal(at('month'), 6);
  assert.equal(at('kind', 5, 1), 1);
  assert.equal(at('size', 5, 1), 7);
  assert.deepEqual([at('fair'), at('fair of the last period')], [1, 0]);
  assert.deepEqual([at('scale', 5, 1), at('lag 1', 5, 1), at('lag 3', 5, 1)], [10, n, n]);
});

test('further steps look at a later period, from the same origin', () => {
  const rows = pastOf(small, recipe).training({ step: 3 });
  assert.deepEqual([...rows.origins], [1, 2, 3, 4].slice(0, 3));
  assert.deepEqual([...rows.targets], [0, 6, 2]);
  assert.equal(value(rows, 'month', 0, 3), 6);
  assert.equal(value(rows, 'same period of 3 before', 0, 3), n);
});

test('origins can begin later and be fewer', () => {
  const origins = (options: { from?: number; every?: number }): number[] => [
    ...pastOf(small, recipe).training({ step: 1, ...options }).origins,
  ];
  assert.deepEqual(origins({ from: 4 }), [4, 5, 5]);
  assert.deepEqual(origins({ every: 2 }), [2, 4]);
});

test('a row knows nothing of its origin or later: it equals the row at the end of the panel as it stood then', () => {
  for (const panel of [small, shop]) {
    for (const step of [1, 2]) {
      const features = { ...plainPast(panel), seasons: [3], pooledAll: true };
      const rows = pastOf(panel, features).training({ step });
      for (const back of [1, 2, 3].filter((count) => count >= step)) {
        const earlier = pastOf(until(panel, back), features).atEnd(step);
        const origin = panel.periods.count - back;
        let compared = 0;
        for (let row = 0; row < rows.series.length; row++) {
          if (rows.origins[row] !== origin) continue;
          compared++;
          rows.names.forEach((name) => {
            const series = rows.series[row]!;
            assert.equal(value(earlier, name, series, origin), value(rows, name, series, origin), name);
          });
        }
        assert.ok(compared > 0);
      }
    }
  }
});

/** A panel of a few series with gaps and stock-outs, an origin in it, and other values from the origin on. */
const changed = fc
  .record({
    count: fc.integer({ min: 3, max: 24 }),
    lengths: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 }),
    cells: fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(n)), {
      minLength: 96,
      maxLength: 96,
    }),
    stock: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 96, maxLength: 96 }),
    others: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 96, maxLength: 96 }),
    origin: fc.double({ min: 0, max: 1, noNaN: true }),
    step: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ count, lengths, cells, stock, others, origin, step }) => {
    const at = 1 + Math.floor(origin * (count - 2));
    const make = (
      cell: (i: number, place: number) => number,
      isIn: (i: number, place: number) => number,
    ): Panel => ({
      periods: { every: 'week', first: '2026-01-05', count },
      names: ['id'],
      series: lengths.map((share, s): Series => {
        const start = Math.floor(share * (count - 1));
        const length = count - start;
        return {
          key: [String(s)],
          start,
          values: Float64Array.from({ length }, (_, i) => cell(s * 24 + i, start + i)),
          available: Uint8Array.from({ length }, (_, i) => isIn(s * 24 + i, start + i)),
        };
      }),
      seasons: [5],
      counts: true,
      attributes: table([
        categoryColumn(
          'group',
          lengths.map((_, s) => String(s % 2)),
        ),
      ]),
      ahead: [],
    });
    return {
      before: make(
        (i) => cells[i]!,
        (i) => stock[i]!,
      ),
      after: make((i, place) => (place < at ? cells[i]! : others[i]!), (i, place) => (place < at ? stock[i]! : others[i]! % 2)), // biome-ignore format: one thought
      ...{ at, step },
    };
  });

test('changing any value or stock-out at or after an origin changes no feature of it or of one before', () => {
  fc.assert(
    fc.property(changed, ({ before, after, at, step }) => {
      const features = { ...recipe, pooled: ['group'], attributes: ['group'], ahead: [] };
      const read = (panel: Panel): Map<string, string> => {
        const rows = pastOf(panel, features).training({ step });
        return new Map(
          Array.from(rows.series, (s, row) => [
            `${s} ${rows.origins[row]}`,
            [rows.scales[row], ...rows.matrix.columns.map((column) => (column.kind === 'number' ? column.values[row] : column.codes[row]))].join(' '), // biome-ignore format: one thought
          ]),
        );
      };
      const [then, now] = [read(before), read(after)];
      for (const [key, text] of then)
        if (Number(key.split(' ')[1]) <= at && now.has(key)) assert.equal(now.get(key), text, key);
    }),
    { numRuns: 300 },
  );
});

test('a series without a value has the mean scale of the others, and one of zeros a small one', () => {
  const series: Series[] = [
    { key: ['new'], start: 2, values: new Float64Array(0) },
    { key: ['zeros'], start: 0, values: new Float64Array(2) },
    { key: ['old'], start: 0, values: Float64Array.of(4, 8) },
  ];
  const rows = pastOf(
    { ...small, periods: { count: 2 }, series, ahead: [] },
    { ...recipe, attributes: [], ahead: [] },
  ).atEnd(1);
  assert.deepEqual([...rows.scales], [6, 1 / 3, 6]);
  assert.ok([...rows.targets].every(Number.isNaN));
});

function refused(run: () => unknown, code: string, sentence: RegExp): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof Problem, String(error));
    assert.equal(error.issues[0]!.code, code);
    assert.match(error.message, sentence);
    return true;
  });
}

test('what is known ahead must reach the period that is forecast', () => {
  pastOf(small, recipe).atEnd(1);
  refused(
    () => pastOf(small, recipe).atEnd(2),
    'panel-ahead-too-short',
    /Column "fair" is not known for the period 2026-08-01/,
  );
});

test('lengths, steps and names that cannot be used are told', () => {
  refused(() => pastOf(small, { ...recipe, lags: [0] }), 'forecast-bad-setting', /of at least 1/);
  refused(() => pastOf(small, recipe).training({ step: 0 }), 'forecast-bad-setting', /"step"/);
  refused(() => pastOf(small, { ...recipe, ahead: ['rain'] }).atEnd(1), 'features-unknown-column', /"rain"/);
  const names = (options: object): unknown => pastFeatures(shop.schema, options);
  refused(
    () => names({ attributes: ['departmnt'] }),
    'features-unknown-column',
    /did you mean "department"/i,
  );
  refused(() => names({ ahead: ['sold'] }), 'features-target-column', /its past is read anyway/);
  const late = { ...shop.schema, after: shop.schema.ahead, ahead: [] };
  refused(
    () => pastFeatures(late, { ahead: ['promotion'] as never[] }),
    'features-late-column',
    /Column "promotion" cannot be a feature: it is only known with its period, after the order is placed/,
  );
});
