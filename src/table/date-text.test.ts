import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDate, parseDate } from './date-text.js';

test('days and instants, with UTC where no offset is given', () => {
  assert.equal(parseDate('2010-12-31'), Date.UTC(2010, 11, 31));
  assert.equal(parseDate('2010-12-31T09:30'), Date.UTC(2010, 11, 31, 9, 30));
  assert.equal(parseDate('2010-12-31 09:30:15.25'), Date.UTC(2010, 11, 31, 9, 30, 15, 250));
  assert.equal(parseDate('2010-12-31T09:30:00Z'), Date.UTC(2010, 11, 31, 9, 30));
  assert.equal(parseDate('2010-12-31T09:30:00+02:00'), Date.UTC(2010, 11, 31, 7, 30));
  assert.equal(parseDate('2010-12-31T09:30:00-0130'), Date.UTC(2010, 11, 31, 11, 0));
  assert.equal(parseDate('0001-01-01'), -62135596800000);
  assert.equal(parseDate('1/2/2010', 'dmy'), Date.UTC(2010, 1, 1));
  assert.equal(parseDate('29.02.2012', 'dmy'), Date.UTC(2012, 1, 29));
});

test('days that do not exist and other notations are NaN', () => {
  for (const text of [
    '2011-02-29',
    '2010-13-01',
    '2010-00-10',
    '2010-1-1',
    '10-12-31',
    '2010-12-31T24:00',
    '2010-12-31T09:60',
    '2010-12-31T09',
    '31/12/2010',
    '',
    'today',
    '2010-12-31T09:30:00+99:00',
  ]) {
    assert.ok(Number.isNaN(parseDate(text)), text);
  }
  for (const text of ['2010-12-31', '31/02/2010', '0/1/2010', '1/13/2010', '1/1/10']) {
    assert.ok(Number.isNaN(parseDate(text, 'dmy')), text);
  }
});

test('every instant of the years 0 to 9999 comes back from its text', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62167219200000, max: 253402300799999 }), (instant) => {
      assert.equal(parseDate(formatDate(instant)), instant);
    }),
  );
  assert.equal(formatDate(Date.UTC(2010, 11, 31)), '2010-12-31');
  assert.equal(formatDate(Number.NaN), '');
  assert.equal(formatDate(253402300800000), '');
});
