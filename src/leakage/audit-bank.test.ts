import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { number, yesNo } from '../schema/column-types.js';
import { defineSchema } from '../schema/define-schema.js';
import { readCsv } from '../schema/read-csv.js';
import type { Dataset } from '../schema/schema.js';
import { bankColumns, realBank } from '../testing/real-bank.js';
import { realData, withoutRealData } from '../testing/real-data.js';
import { auditLeakage } from './audit-leakage.js';
import { ROW_INDEX } from './subject.js';

describe('the bank file', { skip: withoutRealData('bank-full.csv') }, () => {
  let calls: Dataset;
  before(async () => {
    calls = await readCsv(realData('bank-full.csv')!, realBank, { separator: ';' });
  });

  test('the audit flags duration as declared late, the row order, and no other column', () => {
    const audit = auditLeakage(calls);
    const [late, order] = [audit.findings[0]!, audit.findings.find(({ code }) => code === 'L07')!];
    assert.deepEqual([late.code, late.columns], ['L01', ['duration']]);
    assert.ok(Math.abs((late.evidence.auc as number) - 0.8076) < 5e-5);
    assert.deepEqual(order.columns, [ROW_INDEX]);
    assert.ok(Math.abs((order.evidence.aucByValue as number) - 0.7661) < 5e-5);
    const others = new Set(audit.findings.flatMap(({ columns }) => columns));
    for (const column of ['duration', ROW_INDEX]) others.delete(column);
    assert.deepEqual([...others], []);
    assert.equal(audit.ok, true);
  });

  test('duration stands out as a suspect even where nobody has declared it late', () => {
    const { columns } = calls.schema;
    const naive = defineSchema({
      moment: 'the call is placed',
      target: yesNo('y'),
      before: { ...bankColumns, duration: number() },
    });
    assert.equal(naive.columns.length, columns.length);
    const audit = auditLeakage({ ...calls, schema: naive });
    const codes = audit.findings
      .filter((finding) => finding.columns.includes('duration'))
      .map(({ code }) => code);
    assert.deepEqual(codes, ['L02', 'L08']);
    assert.equal(audit.findings.find(({ code }) => code === 'L07')?.contained, undefined);
  });
});
