/** A file in another dialect is scored as the plain file is, and its scored file is written as it was. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeDataset } from '../../schema/dataset.js';
import { setAlias, writeArtefact } from '../../store/artefact-store.js';
import { readCsvTable } from '../../table/csv/read-csv-table.js';
import type { Dialect } from '../../table/dialect.js';
import { encodeText } from '../../table/file/encode-text.js';
import { smallArtefact, smallArtefactParts } from '../../testing/small-artefact.js';
import { smallDataset } from '../../testing/small-dataset.js';
import { type Watched, watchedEffects } from '../../testing/watched-effects.js';
import { runCommandLine } from '../run-command-line.js';

const { csv } = smallDataset({ rows: 120, seed: 5 });
const [header = '', ...lines] = csv.trimEnd().split('\n');
const names = header.split(';').map((name) => name.replaceAll('"', ''));

interface Place extends Watched {
  predict(file: Uint8Array | string, more?: readonly string[]): Promise<number>;
  output(): Buffer;
  path(name: string): string;
}

/** A workspace with a model that learned from a file of this dialect. */
function placeFor(t: TestContext, dialect?: Dialect): Place {
  const watched = watchedEffects();
  t.after(watched.remove);
  const folder = watched.workspace.models;
  const { measuredOn } = smallArtefactParts();
  const { schema, table, source } = measuredOn;
  const model = smallArtefact({
    measuredOn: makeDataset(schema, table, { ...source, ...(dialect && { dialect }) }),
  });
  writeArtefact(model, { folder });
  setAlias(model.study, 'champion', model.version, { folder });
  const path = (name: string): string => join(watched.workspace.root, name);
  return {
    ...watched,
    path,
    predict(file, more = []) {
      writeFileSync(path('in.csv'), file);
      return runCommandLine(
        ['predict', model.study, '-i', path('in.csv'), '-o', path('out.csv'), ...more],
        watched.effects,
      );
    },
    output: () => readFileSync(path('out.csv')),
  };
}

/** The scores of the plain file: what every other writing of it must give. */
async function plainScores(t: TestContext): Promise<string[]> {
  const place = placeFor(t);
  assert.equal(await place.predict(csv), 0);
  return scoresIn(place.output().toString());
}

function scoresIn(text: string, separator = ';'): string[] {
  return text.trimEnd().split('\n').slice(1).map((line) => line.split(separator).slice(-2).join(' ')); // biome-ignore format: one thought
}

const numbers = ['age', 'balance', 'day', 'duration', 'campaign', 'pdays', 'previous'];
/** The lines with `change` made to each number. */
const renumbered = (change: (value: string) => string): string[] =>
  lines.map(
    (line) =>
    line.split(';').map((field, j) => (numbers.includes(names[j]!) ? change(field) : field)).join(';'), // biome-ignore format: one thought
  );
const text = (rows: readonly string[], end = '\n'): string => rows.map((row) => `${row}${end}`).join('');

const written: [string, Dialect, string | Uint8Array][] = [
  ['decimal commas', { decimal: ',' }, text([header, ...renumbered((value) => `${value},0`)])],
  [
    'thousands, units and blanks',
    { thousands: '.', decimal: ',', trim: true, columns: { age: { unit: 'Jahre' } } },
    text([header, ...lines.map((line) => line.replace(/^(\d+);/, ' $1 Jahre ;'))]),
  ],
  ['a trailing separator and CRLF', { trailingSeparator: true }, text([header, ...lines], ';\r\n')],
  ['an index column', { indexColumn: true }, text([`;${header}`, ...lines.map((line, i) => `${i};${line}`)])],
  [
    'a title and comments',
    { skipLines: 1, comments: '#' },
    text(['Calls of May', '# made by hand', header, ...lines, '# end']),
  ],
  ['a line that names the separator', {}, text(['sep=;', header, ...lines])],
  [
    'Windows-1252',
    { encoding: 'windows-1252' },
    encodeText(text([`${header};"café"`, ...lines.map((line) => `${line};"Ñandú"`)]), 'windows-1252'),
  ],
  ['UTF-16', { encoding: 'utf-16be' }, encodeText(text([header, ...lines]), 'utf-16be')],
  ['UTF-16 by its mark', {}, encodeText(`\ufeff${text([header, ...lines])}`, 'utf-16le')],
  [
    'missing texts',
    { columns: { pdays: { missing: ['never'] } } },
    text([header, ...lines]).replaceAll(/;-1;(\d+;"[a-z]+";"[a-z]+")$/gm, ';never;$1'),
  ],
];
for (const [name, dialect, file] of written) {
  test(`${name}: scored as the plain file, and written back as it came`, async (t) => {
    const expected = await plainScores(t);
    const place = placeFor(t, dialect);
    assert.equal(await place.predict(file, ['--keep=café']), 0, place.taken().err);
    // The input, read as it is written, and the output, read in the same way, have the same columns and two more.
    const before = await readCsvTable(place.path('in.csv'), { dialect: { ...dialect, separator: ';' } });
    const after = await readCsvTable(place.path('out.csv'), { dialect: { ...dialect, separator: ';' } });
    assert.deepEqual(after.table.names, [...before.table.names, 'probability', 'decision']);
    assert.deepEqual(after.table.pick(before.table.names).row(7), before.table.row(7));
    const scores = Array.from({ length: after.table.rowCount }, (_, row) => {
      const { probability, decision } = after.table.row(row);
      return `${dialect.decimal === ',' ? String(probability).replace(',', '.') : probability} ${decision}`;
    });
    assert.deepEqual(scores, expected);
    assert.ok(dialect.decimal !== ',' || String(after.table.row(0).probability).includes(','));
  });
}

test('a file without a header gets none, and a stated dialect goes before that of the model', async (t) => {
  const expected = await plainScores(t);
  const place = placeFor(t, { decimal: ',' });
  assert.equal(
    await place.predict(text(lines), [`--dialect=${JSON.stringify({ header: names })}`]),
    0,
    place.taken().err,
  );
  const [first = '', ...others] = place.output().toString().split('\n');
  assert.ok(first.startsWith(lines[0]!));
  assert.deepEqual(scoresIn(['', first, ...others].join('\n')), expected);
});

test('decimal commas between commas are quoted', async (t) => {
  const expected = await plainScores(t);
  const place = placeFor(t, { decimal: ',' });
  assert.equal(await place.predict(csv.replaceAll(';', ',')), 0, place.taken().err);
  const quoted = place.output().toString().trimEnd().split('\n').slice(1).map((line) => /"([\d,e-]+)",(\w+)$/.exec(line)!); // biome-ignore format: one thought
  assert.deepEqual(
    quoted.map(([, p = '', decision]) => `${p.replace(',', '.')} ${decision}`),
    expected,
  );
});

test('a dialect that is none, and UTF-8 where Windows-1252 was stated, are refused in a sentence', async (t) => {
  const place = placeFor(t, { encoding: 'windows-1252' });
  assert.equal(await place.predict(csv, ['--dialect=;']), 2);
  assert.match(place.taken().err, /--dialect is not JSON/);
  assert.equal(await place.predict(csv, ['--dialect={"seperator":";"}']), 1);
  assert.match(place.taken().err, /no option "seperator".*did you mean "separator"/is);
  assert.equal(await place.predict(csv.replace('management', 'gestión')), 1);
  assert.match(place.taken().err, /the file is UTF-8, not Windows-1252 as stated/);
});

test('a value that the dialect does not write is rejected with what it should be', async (t) => {
  const place = placeFor(t, { decimal: ',' });
  const file = text([header, ...renumbered((value) => `${value},0`)]).replace('\n', '\n1.5');
  assert.equal(await place.predict(file), 4);
  const rejects = readFileSync(place.path('out.csv.rejects.csv'), 'utf8');
  assert.match(rejects, /^2,age,csv-not-a-number,/m);
});
