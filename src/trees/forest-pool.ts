/** Spreads the trees of a forest over threads; each tree is the same whichever thread grows it. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { FitOptions } from '../models/models.js';
import { weightedMean } from '../models/weighted-mean.js';
import { type Matrix, shapeOf, type Targets } from '../table/matrix.js';
import { arenaOn, makeArenas } from './arena.js';
import { learnBins } from './binning.js';
import { borrowThreads } from './borrow-threads.js';
import { forestRoom } from './forest-tree.js';
import { type ForestData, ForestGrower, type ForestRules } from './grow-forest.js';
import type { ForestJob } from './jobs.js';
import type { Trees } from './trees.js';

const [next, done, failed] = [0, 1, 2];

/** A forest of fewer rows times trees is grown before another thread has woken up. */
const worthSharing = 200_000;

/** The trees of a forest in their order. */
export function growForest(
  matrix: Matrix,
  targets: Targets,
  rules: ForestRules,
  options: FitOptions,
): readonly Trees[] {
  const { weights, seed, signal, onProgress } = options;
  const bins = learnBins(matrix, { most: rules.bins, seed });
  const centre = targets instanceof Uint8Array ? undefined : weightedMean(targets, weights);
  const data: ForestData = { shape: shapeOf(matrix), bins, seed, centre };
  const threads =
    matrix.rowCount * rules.trees < worthSharing ? 1 : Math.min(options.threads ?? 1, rules.trees);
  const isCategory = bins.map(({ kind }) => kind === 'category');
  const room = forestRoom({ rowCount: matrix.rowCount, isCategory }, rules);
  const [arena, ...others] = makeArenas(matrix, bins, { slots: 1, threads, room });
  // About 0, numbers keep more of their bits.
  arena!.targets.set(
    centre === undefined ? targets : Float64Array.from(targets, (target) => target - centre),
  );
  if (weights) arena!.weights.set(weights);
  const progress = new Int32Array(new SharedArrayBuffer(12));
  const channels = others.map(() => new MessageChannel());
  borrowThreads(
    others.map(({ layout, memory }, i) => {
      const port = channels[i]!.port2;
      return { job: { kind: 'forest', layout, memory, data, rules, progress, port }, transfer: [port] };
    }),
  );
  const grower = new ForestGrower(arena!, data, rules);
  const trees: Trees[] = [];
  try {
    for (let index = take(progress, rules); index >= 0; index = take(progress, rules)) {
      signal?.throwIfAborted();
      trees[index] = grower.grow(index);
      const finished = Atomics.add(progress, done, 1) + 1;
      onProgress?.(finished / rules.trees);
    }
    for (let ready = 0; ready < rules.trees; ready = Atomics.load(progress, done)) {
      if (Atomics.load(progress, failed) === 1) throw new Error('A helping thread has failed.');
      Atomics.wait(progress, done, ready, 100);
    }
    for (const { port1 } of channels) collect(port1, trees);
  } finally {
    // Nothing is left to take: a thread stops after the tree it is at.
    Atomics.store(progress, next, rules.trees);
    for (const { port1 } of channels) port1.close();
  }
  onProgress?.(1);
  return trees;
}

/** What another thread does until every tree is taken. */
export function growTreesOf({ layout, memory, data, rules, progress, port }: ForestJob): void {
  try {
    const grower = new ForestGrower(arenaOn(layout, memory), data, rules);
    for (let index = take(progress, rules); index >= 0; index = take(progress, rules)) {
      port.postMessage([index, grower.grow(index)]);
      Atomics.add(progress, done, 1);
      Atomics.notify(progress, done);
    }
  } catch (error) {
    Atomics.store(progress, failed, 1);
    Atomics.notify(progress, done);
    throw error;
  }
}

function take(progress: Int32Array, rules: ForestRules): number {
  const index = Atomics.add(progress, next, 1);
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
