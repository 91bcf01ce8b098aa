/** What a helping thread can be asked to do. Plain data. */
import type { MessagePort } from 'node:worker_threads';
import type { SharedMemory } from '../wasm/shared-memory.js';
import type { Layout } from './arena.js';
import type { ForestData, ForestRules } from './grow-forest.js';
import type { SplitRules } from './split-rules.js';

/** Piece after piece of the work on a tree. */
export interface PiecesJob {
  readonly kind: 'pieces';
  readonly layout: Layout;
  readonly memory: SharedMemory;
  readonly rules: SplitRules;
  /** That of the work queue. */
  readonly queue: SharedArrayBuffer;
}

/** One tree of a forest after another. */
export interface ForestJob {
  readonly kind: 'forest';
  readonly layout: Layout;
  readonly memory: SharedMemory;
  readonly data: ForestData;
  readonly rules: ForestRules;
  /** The next tree to take; how many are done; 1 once a thread has failed. */
  readonly progress: Int32Array;
  /** Where finished trees go, as `[index, tree]`. */
  readonly port: MessagePort;
}

export type Job = PiecesJob | ForestJob;
