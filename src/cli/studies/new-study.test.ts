/** From a file to a served model and a scored file by commands alone, in somebody's own workspace: nothing is typed into a file. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { seededRandom } from '../../random.js';
import { endProcess } from '../../testing/end-process.js';
import { makeWorkspace, program, typeCommand } from '../../testing/made-workspace.js';
import { realData } from '../../testing/real-data.js';
import { findRoot } from '../../workspace.js';

const root = makeWorkspace('shop');
const library = 'alambique';
const bank = realData('bank-additional-full.csv.gz');

/** Its development tools are installed, too. */
before(() => {
  const installed = join(findRoot(), 'node_modules');
  for (const name of readdirSync(installed)) {
    if (name !== library && !name.startsWith('.'))
      symlinkSync(join(installed, name), join(root, 'node_modules', name));
  }
});
after(() => rmSync(root, { recursive: true }));

/** Commands typed so far, of the study under test. */
let typed = 0;

function call(...args: string[]): string {
  typed++;
  const { code, out, err } = typeCommand(args, { root });
  assert.equal(code, 0, `alambique ${args.join(' ')}\n${out}\n${err}`);
  return out;
}

/** What a service answers to the first row that it shows in its own help. */
async function asked(study: string): Promise<Record<string, unknown>> {
  typed++;
  const service: ChildProcess = spawn(process.execPath, [program, 'serve', study], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: root, PORT: '0' },
  });
  try {
    let said = '';
    service.stdout!.setEncoding('utf8');
    for await (const text of service.stdout!) {
      said += text as string;
      if (/curl[^\n]*\n/.test(said)) break;
    }
    const [, address, body] = /curl -s (\S+) .*-d '(.*)'/.exec(said)!;
    typed++;
    const answer = await fetch(address!, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body!.replaceAll(`'\\''`, "'"),
    });
    assert.equal(answer.status, 200);
    return (await answer.json()) as Record<string, unknown>;
  } finally {
    await endProcess(service, 'SIGTERM');
  }
}

/** `new`, the notebook (unless it would say what `run` says, at length), `distil`, `run`, an answer and a scored file; what the service answered and the lines of the scored file. */
async function walk(
  study: string,
  { file, target, notebook = true }: { file: string; target: string; notebook?: boolean },
): Promise<{ answer: Record<string, unknown>; scored: string; said: string }> {
  typed = 0;
  const said = call('new', study, '--from', file, '--target', target);
  if (notebook) call('notebooks', join('notebooks', study, `1-${study}.ipynb`), '--timeout', '600');
  call('distil', study);
  call('run', study);
  assert.ok(existsSync(join(root, 'reports', study, 'index.html')));
  const answer = await asked(study);
  call('predict', study, '-i', file, '-o', `${study}-scored.csv`);
  assert.ok(typed < 10, `${typed} commands`);
  return { answer, said, scored: readFileSync(join(root, `${study}-scored.csv`), 'latin1') };
}

const random = seededRandom(9);
const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)]!;

interface Person {
  readonly age: number;
  readonly income: number;
  readonly town: string;
  readonly day: string;
  readonly hours: number;
  readonly score: number;
}

const people: readonly Person[] = Array.from({ length: 500 }, () => {
  const [age, income, town] = [
    18 + random.integer(60),
    800 + 4000 * random.uniform(),
    pick(['Córdoba', 'Málaga', 'León']),
  ];
  const score = age / 25 + income / 2500 + (town === 'León' ? 0.7 : 0) + 0.8 * random.normal();
  const day = `${1 + random.integer(12)}/${1 + random.integer(28)}/${2019 + random.integer(5)}`;
  return { age, income, town, day, hours: 10 + random.integer(50), score };
});

describe('from a file to an answer and a scored file, typing commands only', () => {
  it(`the bank's other campaign${bank ? '' : ', in a file made for this: the real one is not here'}`, async () => {
    const file = join(root, 'campaign.csv');
    // The first months of the real one are enough to see that it is walked to the end.
    if (bank) {
      const lines = gunzipSync(readFileSync(bank)).toString().split('\n');
      writeFileSync(file, `${lines.slice(0, 6001).join('\n')}\n`);
    } else {
      const rows = people.map(({ age, town, hours, score }) =>
        [age, town, hours, score > 3.6 ? 'yes' : 'no'].join(';'),
      );
      writeFileSync(file, `age;town;duration;y\n${rows.join('\n')}\n`);
    }
    const { answer, scored, said } = await walk('offers', {
      file,
      target: 'y',
      notebook: bank === undefined,
    });
    assert.match(said, /Left out as doubtful: duration/);
    assert.ok(
      typeof answer.probability === 'number' && /^(?:act|skip)/.test(String(answer.decision)),
      JSON.stringify(answer),
    );
    const [header, first] = scored.split('\n');
    assert.match(header!, /;"?y"?;probability;decision\r?$/);
    assert.match(first!, /;[\d.e-]+;(?:act|skip)\r?$/);
  });

  it('Latin-1, decimal commas, no header, m/d/y, a ">50K" target and blanks around fields', async () => {
    const file = join(root, 'latin.csv');
    const rows = people.map(({ age, income, town, day, hours, score }) =>
      [age, income.toFixed(2).replace('.', ','), town, day, hours, score > 3.6 ? '>50K' : '<=50K'].join('; '),
    );
    writeFileSync(file, Buffer.from(`${rows.join('\n')}\n`, 'latin1'));
    const { answer, scored } = await walk('income', { file, target: 'column6' });
    assert.ok(typeof answer.probability === 'number', JSON.stringify(answer));
    const lines = scored.trimEnd().split('\n');
    assert.equal(lines.length, people.length);
    assert.ok(lines[0]!.startsWith(rows[0]!), lines[0]);
    assert.match(lines[0]!, /;"?0,\d+(?:e-\d+)?"?;(?:act|skip)$/);
  });

  it('a number, with gaps written as "NA" and as a date in the far future', async () => {
    const file = join(root, 'spent.csv');
    const rows = people.map(({ age, town, hours, score }, i) => {
      const until = i % 5 === 0 ? '9999-12-31' : `2026-0${1 + (i % 9)}-11`;
      return [age, town, i % 9 === 0 ? 'NA' : hours, until, (40 * score).toFixed(2)].join(',');
    });
    writeFileSync(file, `age,town,hours,until,spent\n${rows.join('\n')}\n`);
    const { answer, scored } = await walk('spent', { file, target: 'spent' });
    assert.ok(Math.abs(Number(answer.prediction) - 150) < 150, JSON.stringify(answer));
    assert.match(scored.split('\n')[0]!, /^age,town,hours,until,spent,prediction$/);
  });

  it('five levels', async () => {
    const file = join(root, 'plans.csv');
    const plan = (score: number): string =>
      ['tiny', 'small', 'middle', 'large', 'huge'][Math.max(0, Math.min(4, Math.floor(score - 1.2)))]!;
    const rows = people.map(({ age, income, town, score }) =>
      [age, income.toFixed(0), town, plan(score)].join(','),
    );
    writeFileSync(file, `age,income,town,plan\n${rows.join('\n')}\n`);
    const { answer, scored } = await walk('plans', { file, target: 'plan' });
    assert.equal(Object.keys(answer.probabilities as object).length, 5);
    assert.match(scored.split('\n')[0]!, /^age,income,town,plan,(?:probability of \w+,){5}decision$/);
  });

  it('a second month, and the report says what changed', () => {
    const file = join(root, 'august.csv');
    const rows = people.map(({ age, town, hours, score }) =>
      [age + 25, town === 'León' ? 'Burgos' : town, hours, '2026-09-12', (40 * score).toFixed(2)].join(','),
    );
    writeFileSync(file, `age,town,hours,until,spent\n${rows.join('\n')}\n`);
    const out = call('run', 'spent', '--data', file);
    assert.match(out, /What changed since \d{8}T/);
    assert.match(out, /^ {2}age: drift \.\d+; up to \d+, before \d+\.$/m);
    assert.match(out, /^ {2}town: .*new levels "Burgos"; levels gone "León"/m);
    const page = readFileSync(join(root, 'reports', 'spent', 'index.html'), 'utf8');
    assert.match(page, /What changed since the model before[\s\S]*new levels &quot;Burgos&quot;/);
  });
});
