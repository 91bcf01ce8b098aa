import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutate, mutationsOf } from './mutations.js';

test('operators, constants and branches are changed one at a time; types and texts are left', () => {
  const source = `import a from './0.js';
export const f = (x: 0 | 1, y = 2): string => (x < y && !a ? \`\${-x}\` + '1' : 'n' + (x + 1));
if (f(1) === '0') throw new Error('3');
`;
  const changes = mutationsOf(source).map(({ line, from, to }) => `${line}: ${from} → ${to}`);
  assert.deepEqual(changes, [
    '2: 2 → 0',
    '2: x < y && !a → !(x < y && !a)',
    '2: && → ||',
    '2: < → <=',
    '2: -x → x',
    '2: + → -',
    '2: 1 → 0',
    "3: f(1) === '0' → !(f(1) === '0')",
    '3: === → !==',
    '3: 1 → 0',
  ]);
  assert.equal(mutate('a < b', mutationsOf('a < b')[0]!), 'a <= b');
});
