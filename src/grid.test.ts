import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { type Grid, gridOf } from './grid.js';

const danfo = createRequire(import.meta.url)('danfojs-node');
const frame = new danfo.DataFrame(
  [
    ['a', 1, Number.NaN],
    ['a', 2, 3],
    ['b', 3, 4],
  ],
  { columns: ['g', 'v', 'w'], dtypes: ['string', 'float32', 'float32'] },
);

const shown: [what: string, value: unknown, grid: Grid][] = [
  [
    'a frame',
    frame.loc({ columns: ['g', 'v'] }),
    {
      columns: ['g', 'v'],
      rows: [
        ['a', 1],
        ['a', 2],
        ['b', 3],
      ],
    },
  ],
  [
    'a part of a frame, with the numbers of its rows',
    frame.query(frame.v.gt(1)).loc({ columns: ['v'] }),
    {
      columns: ['', 'v'],
      rows: [
        [1, 2],
        [2, 3],
      ],
    },
  ],
  [
    'counts of values, with the values',
    frame.g.valueCounts(),
    {
      columns: ['', 'value'],
      rows: [
        ['a', 2],
        ['b', 1],
      ],
    },
  ],
  [
    'types, with the columns',
    frame.ctypes,
    {
      columns: ['', 'value'],
      rows: [
        ['g', 'string'],
        ['v', 'float32'],
        ['w', 'float32'],
      ],
    },
  ],
  [
    'how many are missing, with the columns',
    frame.isNa().sum({ axis: 0 }),
    {
      columns: ['', 'value'],
      rows: [
        ['g', 0],
        ['v', 0],
        ['w', 1],
      ],
    },
  ],
  ['a column', frame.v, { columns: ['v'], rows: [[1], [2], [3]] }],
  [
    'groups, with their sizes',
    frame.groupby(['g']),
    {
      columns: ['g', 'rows'],
      rows: [
        ['a', 2],
        ['b', 1],
      ],
      below: "2 groups; what follows is computed in each, as in .col(['age']).mean()",
    },
  ],
];
for (const [what, value, grid] of shown)
  test(`danfo shows ${what} as a table`, () => assert.deepEqual(gridOf(value), grid));

test('what only looks a little like it is no table', () => {
  for (const value of [
    { columns: ['a'] },
    { columns: ['a'], dtypes: [], values: [1] },
    [1, 2],
    [{ a: {} }],
    null,
  ])
    assert.equal(gridOf(value), undefined);
});
