/** Tasks in threads: results in order, errors as they were, and an end that comes at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from './problem.js';
import type { Order } from './testing/obedient-worker.js';
import { openThreads, runTasks } from './threads.js';

const worker = new URL('./testing/obedient-worker.js', import.meta.url);

function run(
  tasks: readonly Order[],
  options: Partial<Parameters<typeof runTasks<Int32Array, Order, number>>[0]> = {},
): Promise<number[]> {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  return runTasks<Int32Array, Order, number>({ worker, shared, tasks, threads: 2, ...options });
}

const squares = Array.from(
  { length: 9 },
  (_, i): Order => ({ kind: 'square', value: i, spin: 1e5 * (9 - i) }),
);

test('results stand in the order of the tasks, whatever the number of threads', async () => {
  for (const threads of [1, 2, 4, 40, 0, Number.NaN])
    assert.deepEqual(await run(squares, { threads }), [0, 1, 4, 9, 16, 25, 36, 49, 64]);
  assert.deepEqual(await run([]), []);
});

test('threads stay for the next run; where they were ended, others start', async () => {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const threads = openThreads<Int32Array, Order, number>({ worker, shared, threads: 1 });
  const asked: Order[] = [{ kind: 'thread' }];
  const [first] = await threads.run(asked);
  assert.deepEqual(await threads.run(squares), await run(squares));
  assert.deepEqual(await threads.run(asked), [first]);
  await assert.rejects(threads.run([{ kind: 'error' }]), /out of range/);
  assert.notDeepEqual(await threads.run(asked), [first]);
  await threads.end();
});

test('shared memory is shared, not copied', async () => {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const tasks = [1, 2, 3, 4].map((value): Order => ({ kind: 'add', value }));
  await run(tasks, { shared });
  assert.equal(shared[0], 10);
});

test('progress is told task by task, and each result as it comes', async () => {
  const told: [number, number][] = [];
  const results = new Map<number, number>();
  await run(squares.slice(0, 3), {
    threads: 1,
    onProgress: (task, share) => told.push([task, share]),
    onResult: (task, result) => results.set(task, result),
  });
  assert.deepEqual(told, [[0, 0.5], [0, 1], [1, 0.5], [1, 1], [2, 0.5], [2, 1]]); // biome-ignore format: one line
  assert.deepEqual([...results], [[0, 0], [1, 1], [2, 4]]); // biome-ignore format: one line
});

test('a Problem arrives with all of its issues, another error with its message', async () => {
  await assert.rejects(run([{ kind: 'square', value: 1 }, { kind: 'problem' }]), (error: unknown) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual(
      error.issues.map(({ code }) => code),
      ['test-one', 'test-two'],
    );
    assert.equal(error.total, 7);
    return true;
  });
  await assert.rejects(run([{ kind: 'error' }]), /out of range/);
});

test('one failure ends work that would go on for ever, and so does a worker that leaves', async () => {
  await assert.rejects(run([{ kind: 'forever' }, { kind: 'error' }]), /out of range/);
  await assert.rejects(run([{ kind: 'leave' }]), /ended early, with code 3/);
});

test('a signal stops work that would go on for ever, with its reason; meanwhile the event loop is free', async () => {
  const controller = new AbortController();
  let ticks = 0;
  const timer = setInterval(() => {
    if (++ticks === 5) controller.abort(new Error('enough'));
  }, 5);
  await assert.rejects(
    run([{ kind: 'forever' }, { kind: 'forever' }], { signal: controller.signal }),
    /enough/,
  );
  clearInterval(timer);
  assert.ok(ticks >= 5);
  await assert.rejects(run(squares, { signal: AbortSignal.abort(new Error('before')) }), /before/);
});

test("a caller's own error ends the work and reaches the caller", async () => {
  const onResult = (): void => {
    throw new Error('no room');
  };
  await assert.rejects(run([...squares, { kind: 'forever' }], { onResult }), /no room/);
});

test('what cannot be shared is refused, and no thread is left behind', async () => {
  const shared = (() => 1) as unknown as Int32Array;
  await assert.rejects(run(squares, { shared }), /could not be cloned/);
});
