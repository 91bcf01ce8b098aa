/** A worker thread that does as it is told, for the tests of `runTasks`. */
import { threadId } from 'node:worker_threads';
import { Problem } from '../problem.js';
import { answerTasks } from '../threads.js';

/** What a task may ask for. */
export type Order =
  | { readonly kind: 'square'; readonly value: number; readonly spin?: number }
  | { readonly kind: 'add'; readonly value: number }
  | { readonly kind: 'thread' }
  | { readonly kind: 'problem' }
  | { readonly kind: 'error' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'forever' };

answerTasks<Int32Array, Order, number>((shared) => (order, onProgress) => {
  switch (order.kind) {
    case 'square':
      for (let i = 0; i < (order.spin ?? 0); i++) Math.sqrt(i);
      onProgress(0.5);
      return order.value ** 2;
    case 'add':
      return Atomics.add(shared, 0, order.value);
    case 'thread':
      return threadId;
    case 'problem':
      throw new Problem([{ code: 'test-one', what: 'one thing' }, { code: 'test-two', what: 'another' }], 7); // biome-ignore format: one line
    case 'error':
      throw new RangeError('out of range');
    case 'leave':
      process.exit(3);
      break;
    case 'forever':
      for (;;) Math.sqrt(2);
  }
  return 0;
});
