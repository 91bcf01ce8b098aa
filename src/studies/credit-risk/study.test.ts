/** The study of loans: its clients' features are the published ones, and its simulated bank has the sample's columns. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentFeatures } from '../../clients/current-features.js';
import { readClientRows } from '../../clients/read-client-rows.js';
import { labelsOf, loadData, readCsvTable } from '../../index.js';
import { realData, withoutRealData } from '../../testing/real-data.js';
import { simulateLoans } from './simulate-loans.js';
import { fewLoans } from './source.js';
import { borrowers, loans, study } from './study.js';

test('no candidate reads a column that is only known later, nor the sex of the client', () => {
  const read = new Set(study.candidates.flatMap(({ columns }) => columns));
  assert.deepEqual(
    [...study.schema.late, 'code_gender', 'id', 'loan_id'].filter((name) => read.has(name)),
    [],
  );
  assert.deepEqual([study.schema.group, study.schema.order], ['id', 'loan_date']);
});

const sample = 'credit-risk-sample.csv.gz';
const published = 'credit-risk-sample-features.csv';
const five = ['nb_previous_loans', 'avg_amount_loans_previous', 'age', 'years_on_the_job'];

test('the features of all 1,791 clients of the sample are the published ones, to the bit', {
  skip: withoutRealData(sample) || withoutRealData(published),
}, async () => {
  const { table: rows } = await readClientRows(realData(sample)!, borrowers);
  const { ids, table } = currentFeatures(borrowers, rows, { asOf: new Date('2021-09-17') });
  const told = (await readCsvTable(realData(published)!)).table;
  assert.equal(told.rowCount, 1791);
  assert.equal(ids.length, 1791);
  for (let row = 0; row < told.rowCount; row++) {
    const client = ids.indexOf(String(told.cell(row, 'id')));
    for (const name of five) {
      const text = told.cell(row, name);
      assert.equal(
        table.cell(client, name),
        text === null || text === '' ? null : Number(text),
        `${ids[client]} ${name}`,
      );
    }
    assert.equal(table.cell(client, 'flag_own_car'), told.cell(row, 'flag_own_car') === '1' ? 'Y' : 'N');
  }
});

test('the simulated bank has the columns of the sample, its loans and its trouble', async () => {
  const { table } = simulateLoans({ clients: 1791, seed: 2021 });
  assert.ok(Math.abs(table.rowCount / 38_465 - 1) < 0.1, `${table.rowCount} loans`);
  const file = await loadData(fewLoans, loans);
  assert.ok(file.source.simulated);
  const rows = borrowers.derive.rows(file);
  const late = labelsOf(rows);
  const share = late.reduce((sum, one) => sum + one, 0) / late.length;
  assert.ok(share > 0.008 && share < 0.04, `${share} late`);
  // Whoever was late before is late again: that is what a client's own record tells.
  const record = rows.table.numbers('late_before');
  const rateOf = (of: (share: number) => boolean): number => {
    const those = [...late.keys()].filter((row) => of(record[row]!));
    return those.reduce((sum, row) => sum + late[row]!, 0) / those.length;
  };
  assert.ok(rateOf((before) => before > 0) > 5 * rateOf((before) => before === 0));
  const again = simulateLoans({ clients: 20, seed: 4 });
  assert.deepEqual(simulateLoans({ clients: 20, seed: 4 }), again);
  assert.notDeepEqual(simulateLoans({ clients: 20, seed: 5 }).table.row(0), again.table.row(0));
  assert.throws(() => simulateLoans({ clients: 0 }), /at least 1/);
});

test('the header of the sample is that of the simulated bank', {
  skip: withoutRealData(sample),
}, async () => {
  const { table } = await readCsvTable(realData(sample)!, { rows: 1 });
  assert.deepEqual(simulateLoans({ clients: 1 }).table.names, table.names);
});
