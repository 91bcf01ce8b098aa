/** Studies of a number and of several classes in somebody's own workspace: one file each, and every route answers. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { seededRandom } from '../../random.js';
import { endProcess } from '../../testing/end-process.js';
import { makeWorkspace, program, typeCommand } from '../../testing/made-workspace.js';

const root = makeWorkspace('shop');
const library = 'alambique';

const sales = `import {
  baseline, category, defineSchema, defineStudy, features, number, oneHot, pipeline, ridge, scale, stratifiedFolds,
} from '${library}';

const shop = defineSchema({
  moment: 'the order is placed',
  target: number('sold', { unit: 'pieces' }),
  before: { price: number(), town: category() },
  after: { returned: number() },
});
const recipe = features(shop, [scale('price'), oneHot('town')]);

export const study = defineStudy({
  name: 'sales',
  title: 'How much will be sold?',
  question: 'How many pieces will be sold?',
  schema: shop,
  data: { file: 'sales.csv' },
  candidates: [pipeline(recipe, baseline()), pipeline(recipe, ridge())],
  holdout: 0.3,
  protocol: stratifiedFolds({ folds: 2, seed: 7 }),
  seed: 7,
});
`;

const plans = `import {
  baseline, category, defineSchema, defineStudy, features, logistic, number, oneHot, pipeline, scale, stratifiedFolds,
} from '${library}';

const clients = defineSchema({
  moment: 'the offer is made',
  target: category('plan'),
  before: { age: number(), town: category() },
});
const recipe = features(clients, [scale('age'), oneHot('town')]);

export const study = defineStudy({
  name: 'plans',
  title: 'Which plan will they take?',
  question: 'Which plan will a client take?',
  schema: clients,
  data: { file: 'plans.csv' },
  candidates: [pipeline(recipe, baseline()), pipeline(recipe, logistic())],
  holdout: 0.3,
  protocol: stratifiedFolds({ folds: 2, seed: 7 }),
  seed: 7,
});
`;

const towns = ['Porto', 'Faro', 'Braga'];

function salesFile(rows: number): string {
  const random = seededRandom(3);
  const lines = Array.from({ length: rows }, () => {
    const price = (1 + 9 * random.uniform()).toFixed(2);
    const town = towns[random.integer(3)]!;
    const sold = 100 - 8 * Number(price) + (town === 'Porto' ? 20 : 0) + 3 * random.normal();
    return `${price},${town},${random.integer(5)},${sold.toFixed(1)}`;
  });
  return `price,town,returned,sold\n${lines.join('\n')}\n`;
}

function plansFile(rows: number): string {
  const random = seededRandom(4);
  const lines = Array.from({ length: rows }, () => {
    const age = 20 + random.integer(60);
    const town = towns[random.integer(3)]!;
    const noise = 12 * random.normal();
    const plan = age + noise < 38 ? 'basic' : age + noise < 60 ? 'family' : 'company';
    return `${age},${town},${plan}`;
  });
  return `age,town,plan\n${lines.join('\n')}\n`;
}

const call = (...args: string[]): ReturnType<typeof typeCommand> => typeCommand(args, { root });

before(() => {
  mkdirSync(join(root, 'src', 'studies'), { recursive: true });
  mkdirSync(join(root, 'data', 'raw'), { recursive: true });
  writeFileSync(join(root, 'data', 'raw', 'sales.csv'), salesFile(600));
  writeFileSync(join(root, 'data', 'raw', 'plans.csv'), plansFile(600));
  writeFileSync(join(root, 'src', 'studies', 'sales.ts'), sales);
  writeFileSync(join(root, 'src', 'studies', 'plans.ts'), plans);
});
after(() => rmSync(root, { recursive: true }));

/** What routes answer, as far as this test reads it. */
interface Answer {
  readonly prediction?: number;
  readonly decision?: string;
  readonly probabilities?: Readonly<Record<string, number>>;
  readonly predictions?: readonly { readonly prediction: number }[];
  readonly explanation?: {
    readonly unit: string;
    readonly base: number;
    readonly rest: number;
    readonly reasons: readonly { readonly contribution: number }[];
  };
  readonly outputs?: readonly { readonly name: string }[];
}

/** The service of these studies, once it says where it listens. */
async function serve(models: string): Promise<{ service: ChildProcess; address: string }> {
  const env = { PATH: process.env.PATH, PORT: '0', ALAMBIQUE_MODEL: models };
  const service = spawn(process.execPath, [program, 'serve'], { cwd: root, env });
  let said = '';
  service.stdout.setEncoding('utf8');
  for await (const text of service.stdout) {
    said += text as string;
    if (/curl/.test(said)) break;
  }
  return { service, address: /http:\/\/[\d.]+:\d+/.exec(said)![0] };
}

describe('a study of a number and one of several classes', () => {
  it('run, and say what they measured', () => {
    for (const [name, metric] of [
      ['sales', 'RMSE'],
      ['plans', 'log loss'],
    ] as const) {
      const { code, out, err } = call('run', name);
      assert.equal(code, 0, err);
      assert.match(out, new RegExp(metric));
      const page = readFileSync(join(root, 'reports', name, 'index.html'), 'utf8');
      assert.ok(!/undefined|NaN/.test(page.replace(/<script[\s\S]*?<\/script>/g, '')), name);
    }
    const card = readFileSync(join(root, 'reports', 'sales', 'card.md'), 'utf8');
    assert.match(card, /pieces on average/);
  });

  it('score files: a number in its column, a probability for each class and the decision', () => {
    writeFileSync(join(root, 'prices.csv'), 'price,town\n2.00,Porto\n9.00,Faro\n');
    const priced = call('predict', 'sales', '-i', join(root, 'prices.csv'), '-o', join(root, 'priced.csv'));
    assert.equal(priced.code, 0, priced.err);
    const [header, cheap, dear] = readFileSync(join(root, 'priced.csv'), 'utf8').split('\n');
    assert.equal(header, 'price,town,prediction');
    assert.ok(Math.abs(Number(cheap!.split(',')[2]) - 104) < 4, cheap);
    assert.ok(Math.abs(Number(dear!.split(',')[2]) - 28) < 4, dear);

    writeFileSync(join(root, 'ages.csv'), 'age,town\n22,Porto\n78,Faro\n');
    const planned = call('predict', 'plans', '-i', join(root, 'ages.csv'), '-o', join(root, 'planned.csv'));
    assert.equal(planned.code, 0, planned.err);
    const [names, young, old] = readFileSync(join(root, 'planned.csv'), 'utf8').split('\n');
    assert.match(names!, /^age,town,(probability of \w+,){3}decision$/);
    assert.match(young!, /,basic$/);
    assert.match(old!, /,company$/);
    for (const [study, rows] of [
      ['sales', 'prices.csv'],
      ['plans', 'ages.csv'],
    ] as const) {
      const chosen = call(
        'predict',
        study,
        '-i',
        join(root, rows),
        '-o',
        join(root, 'no.csv'),
        '--choose',
        '1',
      );
      assert.equal(chosen.code, 1);
      assert.match(chosen.err, /acts on no rows, so a list has no highest rows to choose/);
    }
  });

  it('are answered by every route with the fields of their kind', async () => {
    const { service, address } = await serve('sales,plans');
    const ask = async (path: string, body?: unknown): Promise<[number, Answer, string]> => {
      const response = await fetch(`${address}${path}`, {
        ...(body !== undefined && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      const text = await response.text();
      return [response.status, text.startsWith('{') ? (JSON.parse(text) as Answer) : {}, text];
    };
    try {
      const row = { price: 2, town: 'Porto' };
      const [status, one] = await ask('/studies/sales/predict', row);
      assert.equal(status, 200);
      assert.ok(Math.abs(one.prediction! - 104) < 4 && !('decision' in one), JSON.stringify(one));
      const [, many] = await ask('/studies/sales/predict', [row, { price: 9, town: 'Faro' }]);
      assert.equal(many.predictions![0]!.prediction, one.prediction);
      const [, reasons] = await ask('/studies/sales/predict?explain=2', row);
      const explanation = reasons.explanation!;
      assert.equal(explanation.unit, 'target');
      const sum = explanation.reasons.reduce((total, { contribution }) => total + contribution, 0);
      assert.ok(Math.abs(explanation.base + explanation.rest + sum - one.prediction!) < 1e-9);
      const [late, , refused] = await ask('/studies/sales/predict', { ...row, returned: 3 });
      assert.equal(late, 422);
      assert.match(refused, /only known after the order is placed/);

      const [, plan] = await ask('/studies/plans/predict', { age: 22, town: 'Porto' });
      const shares = plan.probabilities!;
      assert.equal(plan.decision, 'basic');
      assert.ok(Math.abs(Object.values(shares).reduce((total, share) => total + share, 0) - 1) < 1e-12);

      for (const study of ['sales', 'plans']) {
        const example = study === 'sales' ? row : { age: 30, town: 'Faro' };
        const [invoked, { predictions }] = await ask(`/studies/${study}/invocations`, {
          instances: [example],
        });
        assert.equal(invoked, 200);
        assert.equal(predictions!.length, 1);
        const [described, model] = await ask(`/v2/models/${study}`);
        assert.equal(described, 200);
        const inputs = Object.entries(example).map(([name, value]) => {
          return {
            name,
            datatype: typeof value === 'number' ? 'FP64' : 'BYTES',
            shape: [1, 1],
            data: [value],
          };
        });
        const [inferred, { outputs }] = await ask(`/v2/models/${study}/infer`, { inputs });
        assert.equal(inferred, 200);
        const told = (list: Answer['outputs']): unknown => list!.map(({ name }) => name);
        assert.deepEqual(told(outputs), told(model.outputs));
        for (const path of ['', '/metadata', '/prototype', '/openapi.json', '/docs']) {
          const [code, , text] = await ask(`/studies/${study}${path}`);
          assert.equal(code, 200, `/studies/${study}${path}`);
          assert.ok(!/\bNaN\b|>undefined</.test(text), `/studies/${study}${path}`);
        }
      }
    } finally {
      await endProcess(service, 'SIGTERM');
    }
  });
});
