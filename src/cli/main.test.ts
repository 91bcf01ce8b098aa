/** The program as a process: what a command writes and its exit code reach the shell. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

test('standard output, standard error and the exit code are those of the command', () => {
  const run = (...args: string[]): [number | null, string, string] => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
    return [status, stdout, stderr];
  };
  assert.match(run('--version')[1], /^alambique \d/);
  const [status, out, err] = run('rum');
  assert.deepEqual([status, out], [2, '']);
  assert.match(err, /Did you mean "run"\?/);
});
