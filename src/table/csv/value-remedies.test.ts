/** Values that were refused, and the option that reads them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateRemedy, numberRemedy } from './value-remedies.js';

const numbers: [string, readonly string[], RegExp | undefined][] = [
  ['decimal commas', ['1,5', '-2,25'], /state dialect: { decimal: ',' }$/],
  ['thousands', ['1,234.5', '1,000'], /state dialect: { thousands: ',' }$/],
  ['thousands or decimals: the likelier', ['1,234', '5,000'], /state dialect: { thousands: ',' }$/],
  ['blanks around', [' 1', '2 '], /state dialect: { trim: true }$/],
  ['percent', ['12 %', '3%'], /state dialect: { columns: { x: { unit: '%' } } }$/],
  [
    'a currency before',
    ['$5', '$1,000.50'],
    /state dialect: { thousands: ',', columns: { x: { unit: '\$' } } }$/,
  ],
  [
    'words for nothing',
    ['NA', '?'],
    /^if "NA" and "\?" stand for no value, state dialect: { missing: \['NA', '\?'\] }$/,
  ],
  ['words among numbers', ['1,5', 'n/a'], /state dialect: { decimal: ',', missing: \['n\/a'\] }$/],
  ['texts', ['red', 'green', 'blue', 'black'], /declare it as category\(\)/],
  ['two units', ['5 €', '5 $'], /declare it as category\(\)/],
];
for (const [name, texts, remedy] of numbers) {
  test(`numbers: ${name}`, () => assert.match(numberRemedy('x', texts) ?? '', remedy ?? /^$/));
}

test('dates: the format, both where two would do, the words for nothing', () => {
  assert.equal(dateRemedy(['31/12/2010']), "state dialect: { date: 'dmy' }");
  assert.equal(
    dateRemedy(['1/2/2010']),
    "state dialect: { date: 'dmy' }, or 'mdy' if that is what they mean",
  );
  assert.equal(dateRemedy(['20101231', 'never']), "state dialect: { date: 'ymd', missing: ['never'] }");
  assert.equal(dateRemedy(['NULL']), 'if "NULL" stands for no value, state dialect: { missing: [\'NULL\'] }');
  assert.equal(dateRemedy(['2010-02-30']), undefined);
});
