/** `alambique forecast`: a file in, quantiles out, and a sentence for all that cannot be. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

const { effects, workspace, taken, remove } = watchedEffects({});
after(remove);
const file = (name: string): string => join(workspace.root, name);
const written = (name: string, lines: readonly string[]): string => {
  writeFileSync(file(name), `${lines.join('\n')}\n`);
  return file(name);
};
const month = (i: number): string =>
  `${2022 + Math.floor(i / 12)}-${String(1 + (i % 12)).padStart(2, '0')}-01`;
/** Four years of months in whole numbers, each January and July higher. */
const sold = (i: number, of: number): number => 40 + 10 * of + (i % 6 === 0 ? 20 : 0) + ((7 * i) % 5);
const long = written('long.csv', [
  'unique_id,ds,y',
  ...['a', 'b', 'c'].flatMap((name, of) =>
    Array.from({ length: 48 }, (_, i) => `${name},${month(i)},${sold(i, of)}`),
  ),
]);
const run = (...args: string[]): Promise<number> => runCommandLine(['forecast', ...args], effects);
const output = file('out.csv');

test('each series is forecast from its end, with the mean and nineteen quantiles in order', async () => {
  assert.equal(await run('--data', long, '--horizon', '6', '-o', output), 0);
  const [header, ...rows] = readFileSync(output, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  assert.deepEqual(header!.slice(0, 4), ['unique_id', 'ds', 'mean', 'q05']);
  assert.equal(header!.length, 22);
  assert.equal(header!.at(-1), 'q95');
  assert.deepEqual(rows.map(([name]) => name).join(''), 'aaaaaabbbbbbcccccc');
  assert.deepEqual(
    rows.slice(0, 6).map(([, ds]) => ds),
    [48, 49, 50, 51, 52, 53].map(month),
  );
  for (const row of rows) {
    const quantiles = row.slice(3).map(Number);
    assert.deepEqual(
      quantiles,
      [...quantiles].sort((a, b) => a - b),
    );
    assert.ok(quantiles[0]! >= 0);
  }
  // January is higher than the months after it.
  assert.ok(Number(rows[0]![2]) > Number(rows[1]![2]) + 10);
  const { out } = taken();
  assert.match(out, /forecaster +OWA +MASE +sMAPE +WAPE/);
  assert.match(out, /Chosen: {4}\S/);
});

test('a name that ends in .gz is compressed', async () => {
  assert.equal(await run('--data', long, '--horizon', '6', '-o', `${output}.gz`), 0);
  taken();
  assert.deepEqual(gunzipSync(readFileSync(`${output}.gz`)), readFileSync(output));
});

test('the same seed writes the same bytes, and JSON says what was chosen', async () => {
  const before = readFileSync(output, 'utf8');
  assert.equal(await run('--data', long, '--horizon', '6', '-o', output, '--json'), 0);
  assert.equal(readFileSync(output, 'utf8'), before);
  const said = JSON.parse(taken().out) as Record<string, unknown> & { candidates: { name: string }[] };
  assert.deepEqual([said.series, said.horizon, said.rows, said.counts], [3, 6, 18, true]);
  assert.equal(said.chosen, said.candidates[0]!.name);
  assert.deepEqual(said.seasons, [12]);
});

test('columns of other names are found or stated, others are left out, and seasons can be stated', async () => {
  const other = written('other.csv', [
    'shop;article;week;price;sold',
    ...Array.from({ length: 30 }, (_, i) => `x;tea;${i + 1};9;${i % 4},5`),
  ]);
  const stated = [
    '--series',
    'shop,article',
    '--time',
    'week',
    '--season',
    '4',
    '--dialect',
    '{"decimal":","}',
  ];
  assert.equal(await run('--data', other, '--horizon', '2', '-o', output, ...stated), 0);
  const [header, first] = readFileSync(output, 'utf8').split('\n');
  assert.match(header!, /^shop,article,week,mean,q05/);
  assert.match(first!, /^x,tea,31,/);
});

test('articles that never sold are forecast as 0, and a series without a value is left out by name', async () => {
  const zeros = written('zeros.csv', [
    'unique_id,ds,y',
    ...Array.from({ length: 24 }, (_, i) => `none,${month(i)},0`),
    ...Array.from({ length: 24 }, (_, i) => `empty,${month(i)},`),
  ]);
  assert.equal(await run('--data', zeros, '--horizon', '2', '-o', output), 0);
  const rows = readFileSync(output, 'utf8').trim().split('\n').slice(1);
  assert.deepEqual(
    rows.map((row) =>
      row
        .split(',')
        .slice(2)
        .map(Number)
        .every((value) => value === 0),
    ),
    [true, true],
  );
  assert.match(taken().out, /Left out: {2}"empty", of which no value is known/);
});

const refused: [string, RegExp, string[], (readonly string[])?][] = [
  ['no file', /Forecast needs the file \(--data\) and where to write \(-o\)/, ['--horizon', '3']],
  ['a file that is not there', /cannot be read/, ['--data', 'nothing.csv', '--horizon', '3', '-o', output]],
  ['a horizon of nothing', /--horizon cannot be "0"/, ['--data', long, '--horizon', '0', '-o', output]],
  [
    'a season of words',
    /--season cannot be "week"/,
    ['--data', long, '--horizon', '3', '-o', output, '--season', 'week'],
  ],
  [
    'a column that is not there',
    /no column "shop"/,
    ['--data', long, '--horizon', '3', '-o', output, '--series', 'shop'],
  ],
  [
    'gaps of another kind',
    /--gaps cannot be "none"/,
    ['--data', long, '--horizon', '3', '-o', output, '--gaps', 'none'],
  ],
  [
    'columns that cannot be told',
    /which holds the values \(--target\)/,
    [],
    ['unique_id,ds,euros', 'a,2024-01-01,3'],
  ],
  ['a word for a number', /line 3/, [], ['unique_id,ds,y', 'a,2024-01-01,3', 'a,2024-01-02,many']],
  ['a period twice', /twice/, [], ['unique_id,ds,y', 'a,2024-01-01,3', 'a,2024-01-01,4', 'a,2024-01-02,4']],
  [
    'a gap that nobody explained',
    /--gaps zero/,
    [],
    ['ds,y', ...[1, 2, 3, 5, 6].map((i) => `2024-01-0${i},${i}`)],
  ],
  ['a past too short', /longer past/, [], ['ds,y', '2024-01-01,3', '2024-01-02,3']],
  ['a file without rows', /no row/, [], ['ds,y']],
];
for (const [what, sentence, args, lines] of refused)
  test(`${what} is a sentence`, async () => {
    const given = lines ? ['--data', written('bad.csv', lines), '--horizon', '3', '-o', output] : args;
    assert.ok([1, 2].includes(await run(...given)));
    assert.match(taken().err, sentence);
  });

test('months, quarters and weeks are read as people write them, and counted periods go on from their numbers', async () => {
  const ahead = async (times: readonly string[], ...more: string[]): Promise<(string | undefined)[]> => {
    const data = written('times.csv', ['ds,y', ...times.map((time, i) => `${time},${5 + (i % 3)}`)]);
    assert.equal(await run('--data', data, '--horizon', '2', '-o', output, ...more), 0, taken().err);
    taken();
    const rows = readFileSync(output, 'utf8').trim().split('\n').slice(1);
    return rows.map((row) => row.split(',')[0]);
  };
  const each = (of: (i: number) => string): string[] => Array.from({ length: 24 }, (_, i) => of(i));
  const two = (value: number): string => String(value).padStart(2, '0');
  assert.deepEqual(await ahead(each((i) => `${2022 + Math.floor(i / 12)}-${two(1 + (i % 12))}`)), ['2024-01-01', '2024-02-01']); // biome-ignore format: one thought
  assert.deepEqual(await ahead(each((i) => `${2018 + Math.floor(i / 4)}-Q${1 + (i % 4)}`)), ['2024-01-01', '2024-04-01']); // biome-ignore format: one thought
  assert.deepEqual(await ahead(each((i) => `2024-W${two(1 + i)}`)), ['2024-06-17', '2024-06-24']);
  assert.deepEqual(await ahead(each((i) => `01/${two(1 + (i % 12))}/${2022 + Math.floor(i / 12)}`), '--dialect', '{"date":"dmy"}'), ['2024-01-01', '2024-02-01']); // biome-ignore format: one thought
  assert.deepEqual(await ahead(each((i) => String(2000 + i))), ['2024', '2025']);
  assert.deepEqual(await ahead(each((i) => String(100 + i))), ['124', '125']);
  const words = written('words.csv', ['ds,y', 'soon,1', 'later,2']);
  assert.equal(await run('--data', words, '--horizon', '2', '-o', output), 1);
  assert.match(taken().err, /got "soon".*--dialect '\{"date":"dmy"\}'/s);
});
