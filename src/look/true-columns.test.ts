/** What a look says of real files, beside what is true of them: at most one wrong guess in twenty columns. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { realData, withoutRealData } from '../testing/real-data.js';
import { type TrueColumn, type TrueFile, trueFiles } from '../testing/true-columns.js';
import type { ColumnLook, Look } from './look.js';
import { look } from './look-at-file.js';

const counts = { columns: 0, wrong: [] as string[] };

for (const truth of trueFiles) {
  test(`${truth.file} is read as what it is`, { skip: withoutRealData(truth.file) }, async () => {
    const seen = await look(realData(truth.file)!);
    assert.equal(seen.rowCount, truth.rows);
    assert.equal(seen.dialect.separator ?? ',', truth.separator);
    const wrong = [
      ...wrongOfFile(seen, truth),
      ...seen.columns.flatMap((column) => wrongOfColumn(column, truth)),
    ];
    counts.columns += seen.columns.length;
    counts.wrong.push(...wrong.map((one) => `${truth.file}: ${one}`));
    assert.ok(wrong.length <= Math.max(1, seen.columns.length / 20), wrong.join('\n'));
  });
}

test('over all files at most one guess in twenty columns is wrong', {
  skip: withoutRealData('bank-full.csv'),
}, () => {
  assert.ok(counts.columns > 100);
  assert.ok(counts.wrong.length <= counts.columns / 20, counts.wrong.join('\n'));
});

function wrongOfFile(seen: Look, { order, group }: TrueFile): string[] {
  const first = seen.groups[0]?.column;
  return [
    ...(seen.order?.by === order ? [] : [`order by ${seen.order?.by}, truly ${order}`]),
    ...(group === undefined || first === group ? [] : [`group ${first}, truly ${group}`]),
  ];
}

function wrongOfColumn(column: ColumnLook, { columns, rest }: TrueFile): string[] {
  const truth: TrueColumn | undefined = columns[column.name] ?? rest;
  if (!truth) return [`${column.name} is not in the table`];
  const codes = column.missingCodes.map(({ level }) => level.trim()).filter((level) => level !== '');
  const missing = truth.missing ?? [];
  const faults = [
    ...(truth.kind.split('|').includes(column.kind) ? [] : [`kind ${column.kind}, truly ${truth.kind}`]),
    ...(missing.every((code) => codes.includes(code))
      ? []
      : [`codes ${codes.join()}, truly ${missing.join()}`]),
    ...(column.kind !== 'text' && codes.some((code) => !missing.includes(code))
      ? [`codes ${codes.join()}, truly ${missing.join()}`]
      : []),
    ...(column.constant === (truth.constant === true) ? [] : [`constant ${column.constant}`]),
    ...(truth.kind === 'number' && column.unit !== truth.unit
      ? [`unit ${column.unit}, truly ${truth.unit}`]
      : []),
    ...(truth.format === undefined || column.format === truth.format ? [] : [`format ${column.format}`]),
  ];
  return faults.length > 0 ? [`${column.name}: ${faults.join('; ')}`] : [];
}
