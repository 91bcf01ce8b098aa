import assert from 'node:assert/strict';
import { chdir } from 'node:process';
import { describe, it } from 'node:test';
import { findRoot } from '../workspace.js';
import { CellSession } from './cell-session.js';

chdir(findRoot());

/** The last cell's result as text, after the cells before it; each must end well. */
async function resultOf(...cells: readonly string[]): Promise<string | undefined> {
  let shown: unknown;
  for (const [i, code] of cells.entries()) {
    const outcome = await session.execute(code, `Cell [${i + 1}]`);
    if (outcome.status === 'error') assert.fail(`${code}\n${outcome.ename}: ${outcome.evalue}`);
    shown = outcome.result?.['text/plain'];
  }
  return shown as string | undefined;
}

const session = new CellSession(findRoot());
const earlier =
  "const train = [1, 2], test = 3; const own = { train: 'own', deep: { test: 'inner' } }; class Box { v = 1 } enum Kind { A, B }";

describe('variables of earlier cells', () => {
  const uses: [what: string, cell: string, result: string][] = [
    ['as short properties', '({ train, test })', '{ train: [ 1, 2 ], test: 3 }'],
    [
      'in the argument of a call',
      'JSON.stringify({ train, more: [{ test }] })',
      `'{"train":[1,2],"more":[{"test":3}]}'`,
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
    ['in texts', '`${train.length}${`${test}`}${Object.keys({ train })}`', "'23train'"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
    ['in tagged texts', 'String.raw`${test}${Object.keys({ test })[0]}`', "'3test'"],
    ['of classes and enums', '[new ({ Box }).Box().v, ({ Kind }).Kind.B]', '[ 1, 1 ]'],
    [
      'as defaults of a pattern',
      'const { a = test, b = { test } } = {} as { a?: number; b?: object };\n[a, b]',
      '[ 3, { test: 3 } ]',
    ],
    [
      'as defaults of parameters',
      '((a = train, { b = test } = {} as { b?: number }) => [a, b, { test }])()',
      '[ [ 1, 2 ], 3, { test: 3 } ]',
    ],
    [
      'not where a property is taken by their name',
      'const { train: mine, deep: { test: inner } } = own;\n[mine, inner]',
      "[ 'own', 'inner' ]",
    ],
    ['not where a pattern assigns by their name', "let text = '';\n({ train: text } = own);\ntext", "'own'"],
    [
      'not where the cell has a variable of that name',
      "((train) => ({ train }))('inner')",
      "{ train: 'inner' }",
    ],
    [
      'in functions, classes and after an await',
      'await null;\nclass Kept { all = { train } }\n[new Kept().all, (() => ({ test }))()]',
      '[ { train: [ 1, 2 ] }, { test: 3 } ]',
    ],
  ];
  for (const [what, cell, result] of uses) {
    it(`are found ${what}`, async () => assert.equal(await resultOf(earlier, cell), result));
  }

  it('that were imported are found as short properties, and may be declared anew', async () => {
    const asked = await resultOf(
      "import { sep } from 'node:path';",
      '({ sep })',
      "const sep = 'mine';\n({ sep })",
      '({ sep })',
    );
    assert.equal(asked, "{ sep: 'mine' }");
    assert.equal(await resultOf("import { sep } from 'node:path';\nsep"), "'/'");
  });

  it('may be declared anew with another type', async () => {
    assert.equal(
      await resultOf('const size = 1;', "const size = 'large';", '({ size })'),
      "{ size: 'large' }",
    );
    assert.equal(
      await resultOf('const [size, { length }] = [[1], [2, 3]];', '({ size, length })'),
      '{ size: [ 1 ], length: 2 }',
    );
  });

  it('are one variable for later cells and for the functions that changed them', async () => {
    const counting = 'let count = 0;\nfunction bump() {\n  count++;\n}';
    assert.equal(await resultOf(counting, 'bump(); bump();\ncount', 'count = 10; bump();\ncount'), '11');
    assert.equal(await resultOf('({ count } = { count: 20 }); bump();\n({ count })'), '{ count: 21 }');
    assert.equal(await resultOf('[count] = [30]; count += 1; bump();\n(() => count)()'), '32');
  });
});

describe('a cell', () => {
  it('may wait anywhere at its top', async () => {
    const later = 'const later = Promise.resolve({ ask: async () => 5 });';
    assert.equal(await resultOf(later, 'await (await later).ask()'), '5');
    const each =
      'let sum = 0;\nfor await (const part of (async function* () { yield 1; yield 2; })()) sum += part;\nsum';
    assert.equal(await resultOf(each), '3');
  });

  it('names its line when an expanded short property throws', async () => {
    await resultOf(earlier);
    const failed = await session.execute('const a = 1;\n[{ train, got: (null as any).x }];', 'Cell [9]');
    assert.ok(failed.status === 'error');
    assert.equal(failed.line, 2);
  });

  it('that exports is told what to write instead', async () => {
    const failed = await session.execute('const a = 1;\nexport const b = 2;', 'Cell [1]');
    assert.ok(failed.status === 'error');
    assert.equal(failed.line, 2);
    assert.match(failed.evalue, /a cell exports nothing.*\/\/\| export/);
  });
});
