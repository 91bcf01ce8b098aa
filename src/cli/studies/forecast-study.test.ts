/** A study that forecasts, in one file of somebody's own workspace: found, run, checked, listed and served, nothing else touched. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { seededRandom } from '../../random.js';
import { endProcess } from '../../testing/end-process.js';
import { makeWorkspace, program, typeCommand } from '../../testing/made-workspace.js';

const root = makeWorkspace('bakery');
/** Written by a function, because the test of the rooms reads imports in texts, too. */
const library = 'alambique';
const study = `import { number } from '${library}';
import {
  defineForecastStudy, definePanel, local, meanOfLast, orderUpTo, readPanel, rollingOrigin, week,
} from '${library}/forecast';

const bakery = definePanel({
  moment: 'the order is placed on Monday morning',
  series: ['product'],
  time: week('week'),
  target: number('sold', { integer: true }),
});

export const study = defineForecastStudy({
  name: 'bakery',
  title: 'Flour for a bakery',
  question: 'How much flour should we order?',
  data: { file: 'flour.csv', read: (path) => readPanel(path, bakery) },
  candidates: [local(meanOfLast(4)), local(meanOfLast(13))],
  protocol: rollingOrigin({ horizon: 4, origins: 2 }),
  orders: orderUpTo({ leadTime: 2, holdingCost: 0.2, shortageCost: 1 }),
  seed: 7,
});
`;

const call = (...args: string[]): ReturnType<typeof typeCommand> => typeCommand(args, { root });

before(() => {
  mkdirSync(join(root, 'src', 'studies'), { recursive: true });
  mkdirSync(join(root, 'data', 'raw'), { recursive: true });
  writeFileSync(join(root, 'src', 'studies', 'bakery.ts'), study);
  const random = seededRandom(3);
  const lines = ['rye', 'wheat'].flatMap((product, p) =>
    Array.from({ length: 110 }, (_, i) => {
      const day = new Date(Date.UTC(2024, 0, 1 + 7 * i)).toISOString().slice(0, 10);
      return `${product},${day},${Math.floor((20 + 10 * p) * 2 * random.uniform())}`;
    }),
  );
  writeFileSync(join(root, 'data', 'raw', 'flour.csv'), `product,week,sold\n${lines.join('\n')}\n`);
});
after(() => rmSync(root, { recursive: true, force: true }));

describe('a study that forecasts', () => {
  it('runs, and keeps forecasts with a report', () => {
    const { code, out, err } = call('run', 'bakery', '--json');
    assert.equal(code, 0, err);
    const said = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual([said.task, said.series, said.alias], ['forecast', 2, 'champion']);
    assert.equal((said.candidates as unknown[]).length, 4);
    assert.match(readFileSync(join(root, 'reports', 'bakery', 'index.html'), 'utf8'), /<svg class='chart'/);
    assert.match(readFileSync(join(root, 'reports', 'bakery', 'card.md'), 'utf8'), /^# Flour for a bakery/);
  });

  it('says who forecasts best, and that a later run is a challenger', () => {
    const first = readFileSync(join(root, 'data', 'raw', 'flour.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    writeFileSync(join(root, 'shorter.csv'), `${first.slice(0, -1).join('\n')}\n`);
    const { code, out } = call('run', 'bakery', '--data', 'shorter.csv');
    assert.equal(code, 0);
    assert.match(out, /^mean of last 13 +\d/m);
    assert.match(out, /It is the challenger/);
  });

  it('is checked and listed as every other model, and refuses what works on rows', () => {
    assert.match(call('check', 'bakery').out, /is whole: 2 golden rows answered to the bit/);
    const listed = call('models').out;
    assert.match(listed, /bakery +\S+ +champion/);
    const challenger = /bakery +(\S+) +challenger/.exec(listed)?.[1];
    assert.equal(call('promote', `bakery@${challenger}`, '--why', 'a test').code, 0);
    assert.match(call('models').out, new RegExp(`bakery +${challenger} +champion`));
    const refused = call('predict', 'bakery', '-i', 'data/raw/flour.csv', '-o', 'scored.csv');
    assert.equal(refused.code, 1);
    assert.match(refused.err, /keeps forecasts of series/);
    assert.ok(!existsSync(join(root, 'scored.csv')));
  });

  it('says where its data are wanted', () => {
    const { code, err } = call('run', 'bakery', '--data', 'simulated');
    assert.equal(code, 1);
    assert.match(err, /has no simulation of its data\. Put flour\.csv into data\/raw/);
  });

  it('is served: a forecast and an order over HTTP', async () => {
    const child = spawn(process.execPath, [program, 'serve', 'bakery', '--port', '0'], {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: root },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const address = await new Promise<string>((resolve, reject) => {
        let text = '';
        child.stdout.setEncoding('utf8');
        child.stdout.on('data', (part: string) => {
          text += part;
          const found = /Serving bakery@\S+ on (\S+)/.exec(text)?.[1];
          if (found !== undefined) resolve(found);
        });
        child.on('exit', () => reject(new Error(`the service ended: ${text}`)));
      });
      const answer = await fetch(`${address}/studies/bakery/order`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ product: 'wheat', onHand: 5, onOrder: [10] }),
      });
      assert.equal(answer.status, 200);
      const { order, reason } = (await answer.json()) as { order: number; reason: string };
      assert.ok(order > 0);
      assert.match(reason, /^Stock 5, on the way 10\./);
    } finally {
      await endProcess(child, 'SIGTERM');
    }
  });
});
