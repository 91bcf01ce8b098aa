import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { formatCsv } from '../src/index.js';
import { compileRowCheck } from '../src/schema/check-row.js';
import { simulateBank } from '../src/studies/bank-marketing/simulate-bank.js';
import { study } from '../src/studies/bank-marketing/study.js';
import { readArtefact } from '../src/study/artefact.js';
import { realData } from '../src/testing/real-data.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { workspace } from '../src/workspace.js';
import { createApp } from './app.js';

const { root, models } = workspace();
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The fenced blocks of a language, in their order; "" for those without one. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , text]) => text!);
}

test("the README's cell compiles without a complaint, runs, and prints the leaderboard that stands below it", () => {
  const [cell = ''] = blocks('ts');
  mkdirSync(join(root, 'dist', 'readme'), { recursive: true });
  const folder = mkdtempSync(join(root, 'dist', 'readme', 'cell-'));
  try {
    const source = join(folder, 'cell.mts');
    writeFileSync(source, cell);
    const program = ts.createProgram([source], {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ['node'],
      skipLibCheck: true,
    });
    const complaints = ts.getPreEmitDiagnostics(program);
    assert.deepEqual(
      complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
      [],
    );
    program.emit();

    mkdirSync(join(folder, 'data', 'raw'), { recursive: true });
    const real = realData('bank-full.csv');
    const data = join(folder, 'data', 'raw', 'bank-full.csv');
    if (real) cpSync(real, data);
    else writeFileSync(data, formatCsv(simulateBank({ rows: 4000, seed: 1 }).table, { separator: ';' }));
    const ran = spawnSync(process.execPath, ['cell.mjs'], { cwd: folder, encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stderr);

    const leaderboard = blocks('')[1]!.trim();
    const printed = ran.stdout.split('\n');
    const lines = leaderboard.split('\n').filter((line) => line.trim() !== '…');
    // The numbers are those of the real file; without it the candidates alone can be compared.
    const shown = (line: string): string => (real ? line.trimEnd() : line.slice(0, 16).trim());
    const names = new Set(printed.map(shown));
    assert.deepEqual(
      lines.map(shown).filter((line) => !names.has(line)),
      [],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(join(models, 'term-deposit'), { recursive: true, force: true });
  }
});

test("the README's curl line is answered as it says", async () => {
  const command = blocks('').find((text) => text.startsWith('curl'))!;
  const [, text = ''] = /-d '(.+)'/s.exec(command)!;
  const asked = JSON.parse(text) as Record<string, unknown>;
  assert.deepEqual(compileRowCheck(study.schema)(asked).issues, []);
  // The small model knows the file's columns only.
  const { daysOfLast200: _, ...row } = asked;
  const app = createApp({ model: readArtefact(smallArtefact()), now: () => new Date(0) });
  const answer = await app.request('/predict', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(row),
  });
  assert.equal(answer.status, 200);
  const expected = JSON.parse(blocks('json')[0]!) as object;
  assert.deepEqual(Object.keys((await answer.json()) as object), Object.keys(expected));
});
