/** How far a long work is: the time left on a terminal, a line at every tenth elsewhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressBar } from './progress.js';

function bar(terminal: boolean): { update(done: number, atSecond: number): string; end(): string } {
  let second = 0;
  let said = '';
  const err = (text: string): void => {
    said += text;
  };
  const taken = (): string => {
    const text = said;
    said = '';
    return text;
  };
  const made = progressBar({ err, terminal, now: () => new Date(1000 * second) });
  return {
    update(done, atSecond) {
      second = atSecond;
      made.update(done, 100, 'forest');
      return taken();
    },
    end() {
      made.end();
      return taken();
    },
  };
}

test('elsewhere than on a terminal there is one line a tenth, never two for one', () => {
  const plain = bar(false);
  assert.equal(plain.update(0, 0), '  0 % forest\n');
  assert.equal(plain.update(5, 1), '');
  assert.equal(plain.update(10, 6), ' 10 % 54 s left forest\n');
  assert.equal(plain.update(35, 7), ' 35 % 13 s left forest\n');
  assert.equal(plain.update(34, 8), '');
  assert.equal(plain.update(100, 20), '100 % forest\n');
  assert.equal(plain.end(), '');
});

test('on a terminal the line is drawn anew with the time left, in minutes where there are many', () => {
  const drawn = bar(true);
  assert.equal(drawn.end(), '', 'nothing drawn, nothing to wipe');
  assert.equal(drawn.update(0, 0), `\r\u001b[2K${'░'.repeat(24)}   0 % forest`);
  assert.equal(drawn.update(25, 50), `\r\u001b[2K██████${'░'.repeat(18)}  25 % 3 min left forest`);
  assert.equal(drawn.update(120, 60), `\r\u001b[2K${'█'.repeat(24)} 100 % forest`);
  assert.equal(drawn.end(), '\r\u001b[2K');
});
