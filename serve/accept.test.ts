/** Which type a client likes best. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferredType } from './accept.js';

test('weights decide, then names before wildcards, then the order of the client', () => {
  const types = ['application/json', 'text/csv'] as const;
  for (const [accept, wanted] of [
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['text/*', 'text/csv'],
    ['text/csv, */*', 'text/csv'],
    ['TEXT/CSV', 'text/csv'],
    ['text/csv;q=0.1, application/json', 'application/json'],
    ['application/json;q=0.1, text/csv;q=0.9', 'text/csv'],
    ['text/csv;header=present;q=0, */*', 'application/json'],
    ['application/json, text/csv', 'application/json'],
    ['text/csv;header=present, application/json', 'text/csv'],
    ['text/html', undefined],
    ['text/csv;q=0', undefined],
    ['', undefined],
  ] as const)
    assert.equal(preferredType(accept, types), wanted, accept);
});
