import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regimes, segmentLabel } from './segment-name.js';

test('a month is named for a person, anything else stays as it is', () => {
  assert.deepEqual(['2008-05', '2010-12', '2008-13', 'shop 7'].map(segmentLabel), [
    'May 2008',
    'Dec 2010',
    '2008-13',
    'shop 7',
  ]);
});

test('months of a year make a regime with its rows and its rate', () => {
  const found = regimes([
    { name: '2008-11', rows: 30, rate: 0.1 },
    { name: '2008-12', rows: 10, rate: 0.5 },
    { name: '2009-01', rows: 5, rate: 0.4 },
  ]);
  assert.deepEqual(
    found.map(({ name, from, to, rows }) => [name, from, to, rows]),
    [
      ['2008', 0, 1, 40],
      ['2009', 2, 2, 5],
    ],
  );
  assert.ok(Math.abs(found[0]!.rate - 0.2) < 1e-12);
});

test('bare months make years by their order; a repeated month is another year', () => {
  const months = ['may', 'jun', 'dec', 'jan', 'feb', 'feb', 'March'].map((name) => ({
    name,
    rows: 1,
    rate: 0,
  }));
  assert.deepEqual(
    regimes(months).map(({ name, from, to }) => [name, from, to]),
    [
      ['year 1', 0, 2],
      ['year 2', 3, 4],
      ['year 3', 5, 6],
    ],
  );
});

test('names without years, or of one year, make no regimes', () => {
  const row = { rows: 1, rate: 0 };
  assert.deepEqual(
    regimes([
      { name: 'a', ...row },
      { name: '2008-01', ...row },
    ]),
    [],
  );
  assert.deepEqual(
    regimes([
      { name: '2008-01', ...row },
      { name: '2008-02', ...row },
    ]),
    [],
  );
  assert.deepEqual(regimes([]), []);
  assert.deepEqual(
    regimes([
      { name: 'may', ...row },
      { name: 'shop', ...row },
    ]),
    [],
  );
  assert.deepEqual(
    regimes([
      { name: 'maybe', ...row },
      { name: 'may', ...row },
    ]),
    [],
  );
});
