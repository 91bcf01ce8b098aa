/** A study of one file in somebody's own workspace: found, compiled, run, served, and scored with, nothing else touched. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { seededRandom } from '../../random.js';
import { endProcess } from '../../testing/end-process.js';
import { makeWorkspace, program, typeCommand } from '../../testing/made-workspace.js';
import { findRoot } from '../../workspace.js';

const root = makeWorkspace('tea-shop');
const studyFile = join(root, 'src', 'studies', 'tea.ts');

/** Written by a function, because the test of the rooms reads imports in texts, too. */
const library = 'alambique';
const study = `import {
  auc, baseline, byF1, category, defineSchema, defineStudy, features, logistic, number, oneHot, pipeline, scale,
  stratifiedFolds, yesNo,
} from '${library}';

const tea = defineSchema({
  moment: 'the order is placed',
  target: yesNo('bought'),
  before: { age: number(), town: category() },
  after: { paid: number() },
});
const recipe = features(tea, [scale('age'), oneHot('town')]);

export const study = defineStudy({
  name: 'tea',
  title: 'Who buys tea?',
  question: 'Who will buy tea?',
  schema: tea,
  data: { file: 'tea.csv' },
  candidates: [
    pipeline(recipe, baseline(), { name: 'baseline' }),
    pipeline(recipe, logistic(), { name: 'logistic' }),
  ],
  holdout: 0.3,
  metrics: [auc],
  protocol: stratifiedFolds({ folds: 2, seed: 7 }),
  policies: { 'best F1': byF1() },
  seed: 7,
});
`;

function orders(rows: number): string {
  const random = seededRandom(3);
  const lines = Array.from({ length: rows }, () => {
    const age = Math.round(20 + 60 * random.uniform());
    const town = ['Porto', 'Faro', 'Braga'][Math.floor(3 * random.uniform())]!;
    const chance = 1 / (1 + Math.exp(-(age - 50) / 8 - (town === 'Porto' ? 1.5 : 0)));
    const bought = random.uniform() < chance;
    return `${age},${town},${bought ? 5 : 0},${bought ? 'yes' : 'no'}`;
  });
  return `age,town,paid,bought\n${lines.join('\n')}\n`;
}

const call = (...args: string[]): ReturnType<typeof typeCommand> =>
  typeCommand(args, { root, cwd: join(root, 'src') });

before(() => {
  mkdirSync(join(root, 'src', 'studies'), { recursive: true });
  mkdirSync(join(root, 'data', 'raw'), { recursive: true });
  writeFileSync(join(root, 'data', 'raw', 'tea.csv'), orders(600));
  writeFileSync(studyFile, study);
});
after(() => rmSync(root, { recursive: true }));

describe('a study of one file', () => {
  it('is listed, and is the one that is run where none is named', () => {
    assert.match(call('studies').out, /^tea +Who buys tea\? +tea\.csv +src\/studies\/tea\.ts$/m);
    const { code, out, err } = call('run');
    assert.equal(code, 0, err);
    assert.match(out, /600 rows read\. Who will buy tea\?/);
  });

  it('leaves its model, its report and its modules in the workspace, and nothing in the package', () => {
    const kept = readdirSync(join(root, 'data', 'models', 'tea')).sort();
    assert.equal(kept.filter((name) => /^\d{8}T/.test(name)).length, 1, kept.join());
    assert.ok(kept.includes('aliases.json'), kept.join());
    assert.ok(existsSync(join(root, 'reports', 'tea', 'index.html')));
    assert.ok(existsSync(join(root, 'dist', 'src', 'studies', 'tea.js')));
    assert.ok(!existsSync(join(findRoot(), 'data', 'models', 'tea')));
    assert.deepEqual(readdirSync(join(root, 'node_modules')), [library]);
  });

  it('scores a file', () => {
    const input = join(root, 'new.csv');
    const output = join(root, 'scored.csv');
    writeFileSync(input, 'age,town\n25,Faro\n79,Porto\n');
    const { code, err } = call('predict', 'tea', '-i', input, '-o', output);
    assert.equal(code, 0, err);
    const [, young, old] = readFileSync(output, 'utf8').split('\n');
    assert.ok(Number(young!.split(',')[2]) < 0.2 && Number(old!.split(',')[2]) > 0.8, `${young} ${old}`);
  });

  it('is served, on the short routes and under its name', async () => {
    const env = { PATH: process.env.PATH, PORT: '0' };
    const service = spawn(process.execPath, [program, 'serve'], { cwd: root, env });
    try {
      let said = '';
      service.stdout.setEncoding('utf8');
      for await (const text of service.stdout) {
        said += text as string;
        if (/curl/.test(said)) break;
      }
      const address = /http:\/\/[\d.]+:\d+/.exec(said)![0];
      for (const path of ['/predict', '/studies/tea/predict']) {
        const answer = await fetch(`${address}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ age: 79, town: 'Porto' }),
        });
        const { probability, model } = (await answer.json()) as { probability: number; model: string };
        assert.ok(probability > 0.8 && model.startsWith('tea@'), `${probability} ${model}`);
      }
      const page = await (await fetch(`${address}/`)).text();
      assert.match(page, /Who buys tea\?/);
    } finally {
      await endProcess(service, 'SIGTERM');
    }
  });

  it('is compiled anew when its file has changed; what the compiler says names file and line', () => {
    writeFileSync(studyFile, study.replace("scale('age')", "scale('paid')"));
    const { code, err } = call('run', 'tea');
    assert.equal(code, 1);
    assert.match(
      err,
      /src\/studies\/tea\.ts, line 12: .*'"paid"' is not assignable to type '"age" \| "town"'/s,
    );
    writeFileSync(studyFile, study.replace('Who buys tea?', 'Who drinks tea?'));
    assert.match(call('studies').out, /Who drinks tea\?/);
  });

  it('says what it imports that is not installed', () => {
    renameSync(join(root, 'node_modules', library), join(root, 'elsewhere'));
    assert.match(
      call('run', 'tea').err,
      /^src\/studies\/tea\.ts: it imports what is not installed: .*'alambique'/i,
    );
    renameSync(join(root, 'elsewhere'), join(root, 'node_modules', library));
  });

  it('must export a study of its own name', () => {
    writeFileSync(studyFile, study.replace('export const study', 'const study'));
    assert.match(call('run', 'tea').err, /src\/studies\/tea\.ts: this file exports no study/);
    writeFileSync(studyFile, study.replace("name: 'tea'", "name: 'coffee'"));
    assert.match(call('run', 'tea').err, /the study is called "coffee", its file "tea"/);
    writeFileSync(studyFile, study);
    assert.match(call('run', 'tee').err, /There is no study "tee"\. Expected "tea"\. Did you mean "tea"\?/);
  });
});
