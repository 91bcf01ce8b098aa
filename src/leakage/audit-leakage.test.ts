import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Problem } from '../problem.js';
import { number } from '../schema/column-types.js';
import type { Dataset } from '../schema/schema.js';
import { categoryColumn, numberColumn } from '../table/table.js';
import { cleanDataset } from '../testing/clean-data.js';
import { type PlantedKind, plantedKinds, plantLeak } from '../testing/planted-leaks.js';
import { auditLeakage, leakageChecks } from './audit-leakage.js';
import type { Finding } from './leakage.js';

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

for (const target of ['yesNo', 'number', 'category'] as const) {
  for (const [kind, { code, ofClasses }] of Object.entries(plantedKinds)) {
    if (ofClasses && target === 'number') continue;
    // The checks differ little by target: of two of them half of the data sets, but all of these.
    const [seeds, most] = target === 'yesNo' ? [SEEDS, 1] : [SEEDS.slice(0, 10), 0];
    test(`${target}: the audit finds "${kind}" with ${code} in at least ${seeds.length - most} of ${seeds.length} data sets`, () => {
      const missed = seeds.filter((seed) => {
        const { dataset, split } = plantLeak(kind as PlantedKind, seed, target);
        const { findings } = auditLeakage(dataset, { split });
        return !findings.some((finding) => finding.code === code && finding.severity !== 'note');
      });
      assert.ok(missed.length <= most, `missed in seeds ${missed.join(', ')}`);
    });
  }
}

test('the audit cries in at most one in twenty clean data sets, large, small, balanced or not', () => {
  const shapes = [{ rows: 60 }, { rows: 500 }, { rows: 500, shift: -2.5 }, { rows: 500, shift: 1.5 }];
  const cries = shapes.flatMap((shape) =>
    SEEDS.flatMap((seed) => {
      const dataset = cleanDataset(1000 + seed, shape);
      return [undefined, firstFourFifths(dataset)].filter(
        (split) => auditLeakage(dataset, { split, seed }).findings.length > 0,
      );
    }),
  );
  assert.ok(cries.length <= 0.05 * 2 * shapes.length * SEEDS.length, `${cries.length} cries`);
});

test('an audit is the same twice, leaves its dataset alone and turns into finite JSON', () => {
  const { dataset, split } = plantLeak('interpolated before the split', 1);
  const before = JSON.stringify(dataset.table.columns.map((column) => ({ ...column })));
  const [first, second] = [
    auditLeakage(dataset, { split, seed: 3 }),
    auditLeakage(dataset, { split, seed: 3 }),
  ];
  assert.deepEqual(first.toJSON(), second.toJSON());
  assert.equal(JSON.stringify(dataset.table.columns.map((column) => ({ ...column }))), before);
  assert.deepEqual(JSON.parse(JSON.stringify(first.toJSON())), first.toJSON());
});

test('a late column is a leak that the schema contains, until a recipe reads it', () => {
  const { dataset } = plantLeak('declared late', 0);
  const contained = auditLeakage(dataset);
  assert.equal(only(contained.findings, 'L01').contained, 'the schema keeps it out of every feature');
  assert.equal(contained.ok, true);
  const read = auditLeakage(dataset, { recipe: { columns: ['age', 'minutes'] } });
  assert.equal(only(read.findings, 'L01').contained, undefined);
  assert.equal(read.ok, false);
});

test('a recipe that does not read a leaking column contains the finding', () => {
  const { dataset } = plantLeak('copy of the target', 0);
  assert.equal(auditLeakage(dataset).ok, false);
  const audit = auditLeakage(dataset, { recipe: { columns: ['age'] } });
  assert.equal(only(audit.findings, 'L03').contained, 'the recipe does not read it');
  assert.equal(audit.ok, true);
});

test('a finding is waived with a written reason, which is kept', () => {
  const { dataset } = plantLeak('copy of the target', 0);
  const audit = auditLeakage(dataset, { waive: { 'L03:code': 'A toy.', 'L02:age': 'Stale.' } });
  assert.equal(only(audit.findings, 'L03').waived, 'A toy.');
  assert.equal(audit.ok, true);
  assert.deepEqual(audit.unusedWaivers, ['L02:age']);
  assert.match(String(audit), /Waived: A toy\./);
  assert.match(String(audit), /to be taken out: "L02:age"/);
});

test('waivers without a reason, for no check or for no column are refused all at once', () => {
  const { dataset } = plantLeak('copy of the target', 0);
  const waive = { 'L03:code': ' ', 'L99:age': 'because', 'L03:agee': 'because' };
  assert.throws(
    () => auditLeakage(dataset, { waive }),
    (error) =>
      error instanceof Problem &&
      error.issues.map(({ code }) => code).join() ===
        'leakage-waiver-without-reason,leakage-unknown-waiver,leakage-unknown-waiver',
  );
});

test('a finding on several columns is waived when each of them is', () => {
  const { dataset } = plantLeak('interpolated before the split', 0);
  const finding = only(auditLeakage(dataset).findings, 'L09');
  assert.ok(finding.columns.length > 1);
  const waivers = finding.columns.map((column) => [`L09:${column}`, 'A toy.'] as const);
  const waivedBy = (entries: typeof waivers): string | undefined =>
    only(auditLeakage(dataset, { waive: Object.fromEntries(entries) }).findings, 'L09').waived;
  assert.equal(waivedBy(waivers), 'A toy.');
  assert.equal(waivedBy(waivers.slice(1)), undefined);
});

test('an audit prints leaks first, aligned, with what to do, in red only where there are colours', () => {
  const { dataset } = plantLeak('date from the future', 0);
  const audit = auditLeakage(dataset);
  const lines = inspect(audit).split('\n');
  assert.match(lines[0]!, /^Leakage audit of made\.csv, 500 rows: 1 leak, 1 note; 1 open\.$/);
  assert.match(lines[1]!, /^leak {2}L11 {2}answered {2}In \d+ rows/);
  assert.match(lines[2]!, /^ {21}What to do: /);
  const coloured = inspect(audit, { colors: true }).split('\n');
  assert.equal(coloured.filter((line) => line.startsWith('\u001b[31m')).length, 2);
  assert.equal(inspect(auditLeakage(cleanDataset(1))), 'Leakage audit of made.csv, 500 rows: nothing found.');
});

test('an outlier among weak columns is suspect although far from perfect', () => {
  const dataset = cleanDataset(5, { rows: 2000 });
  const labels = dataset.table.categories('bought').codes;
  const yes = dataset.table.categories('bought').levels.indexOf('yes');
  const noise = dataset.table.numbers('income');
  // Normal scores a distance of 1.6 apart have an AUC of about .87.
  const minutes = Array.from(
    labels,
    (code, i) => 1.6 * Number(code === yes) + (Math.log(noise[i]!) - 7) / 0.6,
  );
  const finding = only(auditLeakage(withNumber(dataset, 'minutes', minutes)).findings, 'L02');
  assert.equal(finding.severity, 'suspect');
  assert.deepEqual(finding.columns, ['minutes']);
});

test('an ordered dataset contains the order, and a split that trains on the future is a leak', () => {
  const { dataset } = plantLeak('rows in telling order', 1);
  const ordered: Dataset = { ...dataset, schema: { ...dataset.schema, order: 'rows' } };
  assert.equal(only(auditLeakage(dataset).findings, 'L07').contained, undefined);
  assert.match(only(auditLeakage(ordered).findings, 'L07').contained ?? '', /order is declared/);
  const { train, test: judged } = firstFourFifths(ordered);
  assert.equal(auditLeakage(ordered, { split: { train, test: judged } }).ok, true);
  const backwards = auditLeakage(ordered, { split: { train: judged, test: train } });
  assert.match(backwards.open[0]!.what, /taught by the future/);
});

test('a row on both sides of a split is a leak, and a row that is not there a problem', () => {
  const dataset = cleanDataset(2);
  const audit = auditLeakage(dataset, {
    split: { train: Uint32Array.of(0, 1, 2), test: Uint32Array.of(2, 3) },
  });
  assert.equal(only(audit.findings, 'L05').severity, 'leak');
  assert.throws(
    () => auditLeakage(dataset, { split: { train: Uint32Array.of(0), test: Uint32Array.of(500) } }),
    (error) => error instanceof Problem && error.issues[0]!.code === 'leakage-split-row',
  );
});

test('one class is said to be one; one row and missing-only columns are audited without a word or a crash', () => {
  const dataset = withNumber(cleanDataset(3), 'empty', new Array(500).fill(null));
  assert.deepEqual(auditLeakage(dataset).findings, []);
  const oneClass: Dataset = {
    ...dataset,
    table: dataset.table.with(categoryColumn('bought', new Array(500).fill('no'))),
  };
  assert.match(only(auditLeakage(oneClass).findings, 'L17').what, /^All 500 rows say "no" in "bought"/);
  assert.equal(auditLeakage(oneClass).findings.length, 1);
  assert.deepEqual(auditLeakage({ ...dataset, table: dataset.table.slice(0, 1) }).findings, []);
  assert.deepEqual(auditLeakage({ ...dataset, table: dataset.table.slice(0, 0) }).findings, []);
});

test('every check has its own code, in order', () => {
  const codes = leakageChecks.map(({ code }) => code);
  assert.deepEqual(codes, [...new Set(codes)].sort());
  const planted = Object.values(plantedKinds).map(({ code }) => code);
  assert.deepEqual([...new Set(planted)].sort(), codes);
});

function only(findings: readonly Finding[], code: string): Finding {
  const found = findings.filter((finding) => finding.code === code);
  assert.equal(found.length, 1, `${code}: ${found.length} findings`);
  return found[0]!;
}

function firstFourFifths({ table }: Dataset): { train: Uint32Array; test: Uint32Array } {
  const rows = Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  const cut = Math.floor(0.8 * table.rowCount);
  return { train: rows.slice(0, cut), test: rows.slice(cut) };
}

function withNumber(dataset: Dataset, name: string, values: readonly (number | null)[]): Dataset {
  const { schema, table } = dataset;
  const columns = [...schema.columns, { name, known: 'before', type: number() } as const];
  return {
    ...dataset,
    schema: { ...schema, columns, before: [...schema.before, name] },
    table: table.with(numberColumn(name, values)),
  };
}
