/** Spreads the trees of a forest over threads; each tree is the same whichever thread grows it. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { FitOptions } from '../models/models.js';
import { type Labels, type Matrix, shapeOf } from '../table/matrix.js';
import type { SharedMemory } from '../wasm/shared-memory.js';
import { learnBins } from './binning.js';
import { fieldOn, type Layout, makeFields } from './field.js';
import { forestRoom } from './forest-kernel.js';
import { type ForestData, ForestGrower, type ForestRules } from './grow-forest.js';
import { borrowHelpers } from './helpers.js';
import type { Trees } from './trees.js';

/** What a helping thread is told. */
export interface ForestJob {
  readonly kind: 'forest';
  readonly layout: Layout;
  readonly memory: SharedMemory;
  readonly data: ForestData;
  readonly rules: ForestRules;
  /** The next tree to take; how many are done; 1 once a helper has failed. */
  readonly board: Int32Array;
  /** Where finished trees go, as `[index, tree]`. */
  readonly port: MessagePort;
}

const [next, done, failed] = [0, 1, 2];

/** A forest of fewer rows times trees is grown before another thread has woken up. */
const worthSharing = 200_000;

/** The trees of a forest in their order. `onTree` sees each with how often it drew each row. */
export function growForest(
  matrix: Matrix,
  labels: Labels,
  rules: ForestRules,
  options: FitOptions,
  onTree?: (tree: Trees, drawn: Uint16Array) => void,
): readonly Trees[] {
  const { weights, seed, signal, onProgress } = options;
  const bins = learnBins(matrix, { most: rules.bins, seed });
  const data: ForestData = { shape: shapeOf(matrix), bins, seed };
  const threads =
    matrix.rowCount * rules.trees < worthSharing ? 1 : Math.min(options.threads ?? 1, rules.trees);
  const isCategory = bins.map(({ kind }) => kind === 'category');
  const room = forestRoom({ rowCount: matrix.rowCount, isCategory }, rules);
  const [field, ...others] = makeFields(matrix, bins, { slots: 1, threads, room });
  field!.targets.set(labels);
  if (weights) field!.weights.set(weights);
  const board = new Int32Array(new SharedArrayBuffer(12));
  const channels = others.map(() => new MessageChannel());
  borrowHelpers(
    others.map(({ layout, memory }, i) => {
      const port = channels[i]!.port2;
      return { job: { kind: 'forest', layout, memory, data, rules, board, port }, transfer: [port] };
    }),
  );
  const grower = new ForestGrower(field!, data, rules);
  const trees: Trees[] = [];
  try {
    for (let index = take(board, rules); index >= 0; index = take(board, rules)) {
      signal?.throwIfAborted();
      trees[index] = grower.grow(index);
      const finished = Atomics.add(board, done, 1) + 1;
      onProgress?.(finished / rules.trees);
    }
    for (let ready = 0; ready < rules.trees; ready = Atomics.load(board, done)) {
      if (Atomics.load(board, failed) === 1) throw new Error('A helping thread has failed.');
      Atomics.wait(board, done, ready, 100);
    }
    for (const { port1 } of channels) collect(port1, trees);
  } finally {
    // Nothing is left to take: a helper stops after the tree it is at.
    Atomics.store(board, next, rules.trees);
    for (const { port1 } of channels) port1.close();
  }
  if (onTree) {
    trees.forEach((tree, index) => {
      grower.draw(index);
      onTree(tree, grower.drawn);
    });
  }
  onProgress?.(1);
  return trees;
}

/** What a helper does until every tree is taken. */
export function helpForest({ layout, memory, data, rules, board, port }: ForestJob): void {
  try {
    const grower = new ForestGrower(fieldOn(layout, memory), data, rules);
    for (let index = take(board, rules); index >= 0; index = take(board, rules)) {
      port.postMessage([index, grower.grow(index)]);
      Atomics.add(board, done, 1);
      Atomics.notify(board, done);
    }
  } catch (error) {
    Atomics.store(board, failed, 1);
    Atomics.notify(board, done);
    throw error;
  }
}

function take(board: Int32Array, rules: ForestRules): number {
  const index = Atomics.add(board, next, 1);
  return index < rules.trees ? index : -1;
}

function collect(port: MessagePort, trees: Trees[]): void {
  for (;;) {
    const received = receiveMessageOnPort(port) as { message: [number, Trees] } | undefined;
    if (!received) return;
    const [index, tree] = received.message;
    trees[index] = tree;
  }
}
