/** A file that was refused for its form is met with the dialect that would read it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Problem } from '../../problem.js';
import type { CsvColumn } from '../csv/csv.js';
import { readCsvTable } from '../csv/read-csv-table.js';
import { toWindows1252 } from '../file/windows-1252.js';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alambique-hint-'));
});
after(async () => {
  await rm(folder, { recursive: true });
});

const columns: readonly CsvColumn[] = [
  { name: 'age', kind: 'number' },
  { name: 'job', kind: 'category' },
];
const rows = '58,clerk\n44,nurse\n33,clerk\n';
const files: [string, string | Uint8Array, RegExp][] = [
  ['no header', rows, /state dialect: { header: false }/i],
  [
    'an index column',
    `,age,job\n0,${rows.replace(/\n(?=\d)/g, '\n9,')}`,
    /state dialect: { repairNames: true }|state dialect: { indexColumn: true }/i,
  ],
  ['a trailing separator', 'age,job,\n58,clerk,\n44,nurse,\n', /state dialect: { trailingSeparator: true }/i],
  ['comments', `# by hand\nage,job\n${rows}`, /state dialect: { comments: '#' }/i],
  ['blank lines', `age,job\n\n${rows}`, /state dialect: { blankLines: true }/i],
  ['blanks', `age, job\n${rows.replaceAll(',', ', ')}`, /state dialect: { trim: true }/i],
  [
    'Windows-1252',
    toWindows1252(`age,job\n${rows.replace('clerk', 'Jos\u00e9')}`),
    /state dialect: { encoding: 'windows-1252' }/i,
  ],
];
for (const [name, content, hint] of files) {
  test(`${name}: the first word is the option`, async () => {
    const path = join(folder, 'file.csv');
    await writeFile(path, content);
    await assert.rejects(readCsvTable(path, { columns }), (error: unknown) => {
      assert.ok(error instanceof Problem, String(error));
      assert.equal(error.issues[0]?.code, 'csv-dialect');
      assert.match(error.message.split('\n')[0]!, hint);
      return true;
    });
  });
}

test('a plain file with a wrong header gets no such word', async () => {
  const path = join(folder, 'plain.csv');
  await writeFile(path, `age,jobb\n${rows}`);
  await assert.rejects(readCsvTable(path, { columns }), (error: unknown) => {
    assert.ok(error instanceof Problem);
    return error.issues.every(({ code }) => code !== 'csv-dialect');
  });
});
