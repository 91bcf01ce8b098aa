import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regimes, segmentLabels } from './segment-name.js';

const labels = (...names: string[]): string[] => segmentLabels(names.map((name) => ({ name })));

test('a month is named for a person, anything else stays as it is', () => {
  assert.deepEqual(labels('2008-05', '2010-12', '2008-13', 'shop 7'), [
    'May 2008',
    'Dec 2010',
    '2008-13',
    'shop 7',
  ]);
});

test('a month that returns is told apart by its year, in any of the languages; another name by its run', () => {
  assert.deepEqual(labels('nov', 'feb', 'feb (2)', 'mar'), [
    'nov',
    'feb, year 2',
    'feb, year 3',
    'mar, year 3',
  ]);
  assert.deepEqual(labels('Fevereiro', 'Março', 'Fevereiro (2)'), [
    'Fevereiro',
    'Março',
    'Fevereiro, year 2',
  ]);
  assert.deepEqual(labels('dic', 'ene', 'feb.'), ['dic', 'ene, year 2', 'feb., year 2']);
  assert.deepEqual(labels('north', 'south', 'north (2)'), ['north', 'south', 'north, run 2']);
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
