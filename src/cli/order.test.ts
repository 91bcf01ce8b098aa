/** `alambique order`: a folder of sales and stock in, orders out, as a file, as JSON and as sentences. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { seededRandom } from '../random.js';
import { watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

const { effects, workspace, taken, remove } = watchedEffects({});
after(remove);

const articles = 12;
const weeks = 60;
const names = Array.from({ length: articles }, (_, i) => `${i % 3},${100 + i}`);
const days = Array.from({ length: weeks }, (_, week) =>
  new Date(Date.UTC(2023, 0, 2) + week * 7 * 86_400_000).toISOString().slice(0, 10),
);

/** Article i sells about i a week. */
function soldOf(article: number, random: () => number): number {
  return Math.max(0, Math.round(article + Math.sqrt(article) * 1.5 * (random() - 0.5)));
}

function makeFolder(name: string, change: Partial<Record<string, string | null>> = {}): string {
  const folder = join(workspace.root, name);
  mkdirSync(folder, { recursive: true });
  const random = seededRandom(4);
  const line = (article: number, of: () => string | number): string =>
    `${names[article]},${days.map(of).join(',')}`;
  const rows = (of: (article: number) => string): string => `${names.map((_, i) => of(i)).join('\n')}\n`;
  const header = `Store,Product,${days.join(',')}\n`;
  const files: Record<string, string | null> = {
    'sales.csv': header + rows((i) => line(i, () => `${soldOf(i, () => random.uniform())}.0`)),
    'in-stock.csv': header + rows((i) => line(i, () => 'True')),
    'master.csv': `Store,Product,Department\n${rows((i) => `${names[i]},${i % 2}`)}`,
    'state.csv': `Store,Product,End Inventory,In Transit W+1,In Transit W+2,Holding Cost\n${rows((i) => `${names[i]},${i},${i},0,.2`)}`,
    ...change,
  };
  for (const [file, text] of Object.entries(files))
    if (text === null) rmSync(join(folder, file), { force: true });
    else writeFileSync(join(folder, file), text!);
  return folder;
}

test('it writes an order for each article, and says so', async () => {
  const folder = makeFolder('shop');
  const output = join(workspace.root, 'orders.csv');
  assert.equal(await runCommandLine(['order', 'stock', '--data', folder, '-o', output], effects), 0);
  assert.match(
    taken().out,
    /^12 articles, \d+ of them ordered: \d+ units, which arrive at the start of 2024-03-11\.\nSales are known through the week of 2024-02-19\.\nOrders: /,
  );
  const lines = readFileSync(output, 'utf8').trim().split('\n');
  assert.equal(lines[0], 'Store,Product,order');
  const orders = lines.slice(1).map((line) => line.split(','));
  assert.deepEqual(
    orders.map(([store, product]) => `${store},${product}`),
    names,
  );
  // Two weeks of stock stand against three weeks to protect.
  orders.forEach(([, , order], i) => {
    assert.ok(Number(order) >= i - 2 && Number(order) <= 1.6 * i + 3, `${order} of article ${i}`);
  });
  assert.equal(await runCommandLine(['runs', '--name', 'order', '--json'], effects), 0);
  const { runs } = JSON.parse(taken().out) as { runs: { kind: string; input: unknown; output: unknown }[] };
  assert.equal(runs[0]?.kind, 'batch');
  const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  for (const [file, facts] of [
    [join(folder, 'sales.csv'), runs[0]?.input],
    [output, runs[0]?.output],
  ] as const)
    assert.ok(JSON.stringify(facts).includes(hashOf(file)), file);
  const packed = join(workspace.root, 'orders.csv.gz');
  assert.equal(await runCommandLine(['order', 'stock', '--data', folder, '-o', packed], effects), 0);
  assert.equal(gunzipSync(readFileSync(packed)).toString(), `${lines.join('\n')}\n`);
  taken();
});

test('as JSON it has the fields that the README promises; sentences say why', async () => {
  const folder = makeFolder('shop');
  assert.equal(
    await runCommandLine(['order', 'stock', '--data', folder, '--json', '--pack', '6'], effects),
    0,
  );
  const got = JSON.parse(taken().out) as {
    arrives: string;
    knownThrough: string;
    total: number;
    orders: Record<string, unknown>[];
  };
  assert.deepEqual(Object.keys(got), ['arrives', 'knownThrough', 'orders', 'total']);
  assert.equal(got.knownThrough, '2024-02-19');
  const [first] = got.orders;
  assert.deepEqual(Object.keys(first!), [
    ...['article', 'expected', 'high', 'low', 'onHand', 'onTheWay', 'order', 'why'],
  ]);
  assert.deepEqual(first!.article, { Product: '100', Store: '0' });
  assert.ok(got.orders.every(({ order }) => (order as number) % 6 === 0));
  assert.equal(await runCommandLine(['order', 'stock', '--data', folder, '--explain'], effects), 0);
  assert.match(
    taken().out,
    /^2, 111: Stock 11, on the way 11\. Until the next order can arrive you will sell 3\d \(\d+–\d+\)\. Order \d+\.$/m,
  );
});

test('sales and stock alone are enough, and other rules are kept', async () => {
  const folder = makeFolder('bare', { 'in-stock.csv': null, 'master.csv': null });
  const json = async (...more: string[]): Promise<number> => {
    assert.equal(await runCommandLine(['order', 'stock', '--data', folder, '--json', ...more], effects), 0);
    return (JSON.parse(taken().out) as { total: number }).total;
  };
  const usual = await json();
  assert.ok((await json('--holding-cost', '2')) < usual);
  assert.ok((await json('--review', '2')) > usual);
  assert.ok((await json('--lead-time', '1')) < usual);
});

test('what is wrong with a folder is said in sentences', async () => {
  const fails = async (change: Partial<Record<string, string | null>>, message: RegExp): Promise<void> => {
    const folder = makeFolder('broken', change);
    const output = join(workspace.root, 'none.csv');
    assert.equal(await runCommandLine(['order', 'stock', '--data', folder, '-o', output], effects), 1);
    assert.match(taken().err, message);
  };
  const { 'state.csv': _, ...others } = { 'state.csv': '' };
  await fails({ ...others, 'state.csv': null }, /has no "state\.csv"/);
  await fails(
    { 'state.csv': 'Store,Product,End Inventory,In Transit W+1,In Transit W+2\n0,100,1,1,1\n' },
    /1, 101 is missing, which sales\.csv has/,
  );
  await fails(
    {
      'state.csv': `Store,Product,End Inventory,In Transit W+1,In Transit W+2\n${names
        .map((name, i) => `${name},${i === 4 ? '' : i === 5 ? -2 : 1},1,1`)
        .join('\n')}\n`,
    },
    /state\.csv, line 6, column "End Inventory": the stock is missing[\s\S]*below 0/,
  );
  await fails({ 'sales.csv': 'Store,Product\n0,100\n' }, /no column is named by a day/);
  await fails({ 'sales.csv': 'Store,Product,2024-01-01,2024-01-09\n0,100,1,2\n' }, /2024-01-09/);
});

test('called wrongly it says what to type', async () => {
  assert.equal(await runCommandLine(['order', 'stock'], effects), 2);
  assert.match(taken().err, /alambique order stock --data FOLDER -o orders\.csv/);
  assert.equal(await runCommandLine(['order', 'beer', '--data', '.', '-o', 'x.csv'], effects), 2);
  assert.match(taken().err, /"beer" cannot be ordered/);
  assert.equal(
    await runCommandLine(['order', 'stock', '--data', '.', '--json', '--holding-cost', 'much'], effects),
    2,
  );
  taken();
});

test('orders are not written over what they are made of', async () => {
  const folder = makeFolder('own');
  for (const name of ['sales.csv', 'in-stock.csv', 'master.csv', 'state.csv']) {
    const before = readFileSync(join(folder, name), 'utf8');
    assert.equal(
      await runCommandLine(['order', 'stock', '--data', folder, '-o', join(folder, name)], effects),
      1,
    );
    assert.match(taken().err, /the input would be replaced/);
    assert.equal(readFileSync(join(folder, name), 'utf8'), before);
  }
});
