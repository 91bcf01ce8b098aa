import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { type BankColumn, bankCalls } from './calls.js';

test('simulated calls are few, in time order, of the schema that the type names, and say what they are', async () => {
  const calls = await bankCalls('simulated');
  const columns: Record<BankColumn, true> = {
    age: true,
    job: true,
    marital: true,
    education: true,
    default: true,
    balance: true,
    housing: true,
    loan: true,
    contact: true,
    day: true,
    month: true,
    campaign: true,
    pdays: true,
    previous: true,
    poutcome: true,
  };
  assert.deepEqual([...calls.schema.before].sort(), Object.keys(columns).sort());
  assert.deepEqual(calls.schema.late, ['duration']);
  assert.equal(calls.schema.order, 'rows');
  assert.equal(calls.table.rowCount, 6000);
  assert.match(inspect(calls), /SIMULATED, describes nobody/);
});
