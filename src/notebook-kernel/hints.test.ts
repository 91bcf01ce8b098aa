/** What cells say about mistakes that everybody makes once. */
import assert from 'node:assert/strict';
import { chdir } from 'node:process';
import { before, describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { findRoot } from '../workspace.js';
import { CellSession } from './cell-session.js';

chdir(findRoot());

const packageName = 'alambique';
const prepare = `import { category, defineSchema, features, id, logistic, number, numberColumn, pipeline, scale, table, yesNo } from '${packageName}';
const bank = defineSchema({
  moment: 'the call is placed', target: yesNo('y'),
  before: { age: number(), job: category(), client: id() },
  after: { duration: number({ because: 'it is known when we hang up' }) },
});
const people = table([numberColumn('age', [58, 44])]);
const later = async () => people;
const pending = later();
const loose: any = pending;
const pipe = pipeline(features(bank, [scale('age')]), logistic());
const anyPipe: any = pipe;`;

describe('a cell', () => {
  let session: CellSession;
  before(async () => {
    session = new CellSession(findRoot());
    const { status } = await session.execute(prepare, 'Cell [1]');
    assert.equal(status, 'ok');
  });

  async function errorOf(code: string): Promise<{ evalue: string; text: string }> {
    const outcome = await session.execute(code, 'Cell [2]');
    assert.equal(outcome.status, 'error');
    if (outcome.status !== 'error') throw new Error('unreachable');
    return { evalue: outcome.evalue, text: stripVTControlCharacters(outcome.traceback[0]) };
  }

  const late =
    'Column "duration" cannot be a feature: it is only known after the call is placed (it is known when we hang up). ' +
    'Leave it out, or move it to `before` if that is wrong.';

  for (const steps of [
    "scale('duration')",
    "scale('age', 'duration')",
    "scale('age'), scale('duration', 'age')",
  ]) {
    it(`says of ${steps} what the audit and the service say, and shows no nested types`, async () => {
      const { evalue, text } = await errorOf(`features(bank, [${steps}])`);
      assert.ok(evalue.startsWith(late), evalue);
      assert.ok(text.startsWith(`CompileError: ${late}\n`), text);
      assert.doesNotMatch(text, /Step<|Did you mean/);
      assert.match(text, /> 1 \| features/);
    });
  }

  it('takes the reason from the schema that the cell names', async () => {
    const reason = /\(the bill says so\)/;
    const bill = `const billed = defineSchema({ moment: 'now', target: yesNo('y'), before: { age: number(), client: id(), job: category() }, after: { duration: number({ because: 'the bill says so' }) } });`;
    assert.equal((await session.execute(bill, 'Cell [3]')).status, 'ok');
    assert.match((await errorOf("features(billed, [scale('duration')])")).evalue, reason);
    assert.doesNotMatch((await errorOf("features(bank, [scale('duration')])")).evalue, reason);
  });

  it('names each column that is refused, with the nearest where it is misspelt', async () => {
    const { evalue } = await errorOf("features(bank, [scale('agge', 'duration', 'age')])");
    assert.match(evalue, /Column "agge" is not in the schema\..*Did you mean "age"\?/);
    assert.ok(evalue.includes(late));
  });

  it('says so of a schema that is declared in the same cell, too', async () => {
    const { evalue } = await errorOf(
      "const own = defineSchema({ moment: 'now', target: yesNo('y'), before: { size: number() }, after: { cost: number() } });\nfeatures(own, [scale('size', 'cost')]);",
    );
    assert.match(evalue, /^Column "cost" cannot be a feature: the schema does not know it before the moment/);
  });

  it('leaves complaints about other texts to the compiler', async () => {
    const { evalue } = await errorOf("const size: 'small' | 'large' = 'duration'");
    assert.match(evalue, /^Type '"duration"' is not assignable/);
  });

  it('names the nearest column where one is misspelt', async () => {
    assert.match((await errorOf("people.numbers('agge')")).evalue, /no such column.*Did you mean "age"\?/);
  });

  it('tells of a forgotten await, whether the compiler sees it or not', async () => {
    const forgotten = /is a promise: write `await` before the call that gives it\./;
    for (const code of ['pending.rowCount', 'const rows: number = later().rowCount', '[...later()]'])
      assert.match((await errorOf(code)).text, forgotten, code);
    assert.match(
      (await errorOf("loose.numbers('age')")).text,
      /^TypeError: loose\.numbers is not a function/,
    );
    assert.match((await errorOf("loose.numbers('age')")).text, /`loose` is a promise/);
    assert.doesNotMatch((await errorOf("(await loose).numbers('agge')")).text, forgotten);
    const shown = await session.execute('later()', 'Cell [2]');
    assert.ok(shown.status === 'ok');
    assert.match(String(shown.result!['text/plain']), /^Promise \{[\s\S]*write `await` before it/);
  });

  it('tells of a model that has not been fitted, whether the compiler sees it or not', async () => {
    const unfitted = /has not learned yet: `fit` gives what can predict/;
    for (const code of ['pipe.predict(people)', 'pipe.score(people)', 'anyPipe.predict(people)'])
      assert.match((await errorOf(code)).text, unfitted, code);
    assert.match((await errorOf('anyPipe.predict(people)')).text, /`anyPipe` has not learned/);
    assert.doesNotMatch((await errorOf('pipe.predcit')).text, unfitted);
  });
});
