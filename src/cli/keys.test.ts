/** `alambique keys`: a key is made, listed without itself, and ended. */
import assert from 'node:assert/strict';
import { testOnEachDatabase } from '../testing/on-each-database.js';
import { watchedEffects } from '../testing/watched-effects.js';
import { runCommandLine } from './run-command-line.js';

testOnEachDatabase('a key is made with its scope, shown once, listed, and ended', async (url, t) => {
  const { effects, taken, remove } = watchedEffects({ env: { HOME: '/nowhere', ALAMBIQUE_DATABASE: url } });
  t.after(remove);
  const said = async (...args: readonly string[]): Promise<{ status: number; out: string; err: string }> => {
    taken();
    const status = await runCommandLine(['keys', ...args], effects);
    return { status, ...taken() };
  };
  assert.match((await said()).out, /No named keys/);
  const made = await said('add', 'branch-7', '--study', 'credit-risk', '--client', '7*', '--client', '9');
  assert.match(made.out, /^[\w-]{43}\n.*"branch-7" \(studies: credit-risk; clients: 7\*, 9\)/);
  const [key = ''] = made.out.split('\n');
  const listed = await said();
  assert.match(listed.out, /branch-7 .*studies: credit-risk; clients: 7\*, 9/);
  assert.ok(!listed.out.includes(key));
  assert.deepEqual(JSON.parse((await said('end', 'branch-7', '--json')).out), { name: 'branch-7', ended: 1 });
  const { keys } = JSON.parse((await said('--json')).out) as { keys: { ended?: string }[] };
  assert.deepEqual(keys.map(({ ended }) => ended), [effects.now().toISOString()]); // biome-ignore format: one thought
  assert.equal((await said('add')).status, 2);
  assert.match((await said('add', 'A b')).err, /cannot be called so/);
});
