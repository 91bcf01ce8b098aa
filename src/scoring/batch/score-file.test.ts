/** Reading and scoring block by block: wherever a read ends, and wherever the work is interrupted. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readArtefact } from '../../study/artefact.js';
import { smallArtefact } from '../../testing/small-artefact.js';
import { smallDataset } from '../../testing/small-dataset.js';
import { createScorer } from '../scorer.js';
import { batchFiles } from './batch-files.js';
import { scoreBatch } from './score-batch.js';
import { scoreFile } from './score-file.js';
import { csvSource, type RowSource } from './source.js';

const artefact = readArtefact(smallArtefact());
const { csv } = smallDataset({ rows: 400, seed: 5 });

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('texts of any number and of several bytes come as they stand, wherever a read ends', async (t) => {
  const input = join(folderFor(t), 'in.csv');
  const [header, first] = csv.split('\n');
  const job = header!.split(';').indexOf('job');
  const jobs = Array.from({ length: 40_000 }, (_, i) =>
    i % 7 === 0 ? `"élan ""${i % 9000}""";` : `métier ${i % 9000}${i % 1000 === 3 ? 'é'.repeat(200) : ''}`,
  );
  const quoted = jobs.map((text) => `"${text.replaceAll('"', '""')}"`);
  const lines = quoted.map((text) => first!.split(';').map((cell, j) => (j === job ? text : cell)).join(';')); // biome-ignore format: one thought
  const broken = Buffer.from(lines[17]!.replace('é', '\u0001'), 'latin1').map((byte) =>
    byte === 1 ? 0xff : byte,
  );
  const bytes = Buffer.concat([
    Buffer.from([header, ...lines.slice(0, 17), ''].join('\r\n')),
    broken,
    Buffer.from(['', ...lines.slice(18)].join('\r\n')),
  ]);
  assert.ok(bytes.length > 3 << 20);
  writeFileSync(input, bytes);
  const source = await csvSource(input, artefact.schema, { keep: [] });
  let seen = 0;
  for await (const { rows } of source.blocks()) {
    for (const { line, raw, value, fault } of rows) {
      const wanted = seen === 17 ? undefined : jobs[seen];
      assert.equal((value as { job: string } | undefined)?.job, wanted);
      assert.equal(fault?.code, seen === 17 ? 'csv-bad-utf8' : undefined);
      if (wanted !== undefined) assert.equal(raw, lines[seen]);
      assert.equal(line, seen + 2);
      seen++;
    }
  }
  assert.equal(seen, jobs.length);
});

test('an interrupted work goes on where it was, and comes out as if it had never stopped', async (t) => {
  const folder = folderFor(t);
  const [input, output] = [join(folder, 'in.csv'), join(folder, 'out.csv')];
  writeFileSync(input, csv);
  const whole = await csvSource(input, artefact.schema, { keep: [] });
  // The same rows in blocks of five, so that a small file is marked on its way.
  // They are read twice: this policy decides by rank.
  const slow = (left: number): RowSource => ({
    ...whole,
    async *blocks(from) {
      for await (const { rows, place: end } of whole.blocks(from)) {
        for (let i = 0; i < rows.length; i += 5) {
          if (left-- === 0) throw new Error('the power is gone');
          const next = rows[i + 5]?.line ?? end.line;
          const offset = Buffer.byteLength(csv.split('\n').slice(0, next - 1).map((line) => `${line}\n`).join('')); // biome-ignore format: one thought
          yield { rows: rows.slice(i, i + 5), place: { offset, line: next } };
        }
      }
    },
  });
  const options = { input, output, allowConstant: false };
  await assert.rejects(scoreFile(createScorer(artefact), slow(50), options), /power/);
  await assert.rejects(scoreFile(createScorer(artefact), slow(80 + 50), options), /power/);
  assert.equal(existsSync(output), false);
  // Killed while the files are put into place, it begins anew.
  const { progress, rejects, rejectsPart } = batchFiles(output);
  renameSync(rejectsPart, rejects);
  await assert.rejects(scoreFile(createScorer(artefact), slow(80 + 50), options), /power/);
  assert.ok(existsSync(progress));
  const { place: mark } = JSON.parse(readFileSync(batchFiles(output).progress, 'utf8'));
  assert.ok(mark.line > 100);
  const resumed = await scoreFile(createScorer(artefact), slow(1000), options);
  const text = readFileSync(output, 'utf8');
  rmSync(output);
  const straight = await scoreFile(createScorer(artefact), whole, options);
  assert.equal(text, readFileSync(output, 'utf8'));
  assert.deepEqual(resumed, straight);
});

test('of NDJSON, fields to keep are passed over and stay in the output', async (t) => {
  const folder = folderFor(t);
  const [input, output] = [join(folder, 'in.ndjson'), join(folder, 'out.ndjson')];
  const [row] = artefact.golden.rows;
  writeFileSync(input, `${JSON.stringify({ id: 7, ...row })}\n`);
  const done = await scoreBatch(artefact, input, { output, keep: ['id'], allowConstant: true });
  assert.deepEqual([done.scored, done.rejected], [1, 0]);
  assert.match(readFileSync(output, 'utf8'), /^\{"id":7,.*"probability":/);
  await assert.rejects(
    scoreBatch(artefact, input, { output, allowConstant: true }),
    /All 1 rows were rejected/,
  );
  await assert.rejects(
    scoreBatch(artefact, input, { output, keep: ['id', 'probability'], allowConstant: true }),
    /column "probability": the file has a column of that name already/i,
  );
});

test('of NDJSON, a byte order mark is no row’s, and an object with a name twice is rejected', async (t) => {
  const folder = folderFor(t);
  const [input, output] = [join(folder, 'in.ndjson'), join(folder, 'out.ndjson')];
  const row = JSON.stringify(artefact.golden.rows[0]);
  const [name] = Object.keys(artefact.golden.rows[0]!);
  writeFileSync(input, `\uFEFF${row}\r\n${row.replace('{', `{"${name}":null,`)}\n${row}\n`);
  const done = await scoreBatch(artefact, input, { output, allowConstant: true });
  assert.deepEqual([done.scored, done.rejected], [2, 1]);
  assert.match(readFileSync(output, 'utf8'), /^\{"/);
  assert.match(readFileSync(batchFiles(output).rejects, 'utf8'), /^2,,batch-name-twice,/m);
});
