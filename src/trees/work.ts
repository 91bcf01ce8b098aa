/** The work that the threads of a pool share, as it stands in their memory. */
import { bytesOf, type View, viewOf } from '../wasm/structure.js';
import type { Arena } from './arena.js';
import { greatest, mostPieces, mostSteps, step, work } from './kernel/structures.js';

/** The kinds of work. */
export const kinds = {
  logLoss: 0,
  steps: 1,
  gather: 2,
  partition: 3,
  search: 4,
  gradients: 5,
  pack: 6,
  renew: 7,
} as const;

/** Views of the work in an arena's memory; each thread has its own. */
export interface Work {
  readonly next: View<typeof work>;
  readonly steps: readonly View<typeof step>[];
  /** How many rows of each piece went left. */
  readonly leftCounts: Uint32Array;
  /** Of each piece. */
  readonly greatest: readonly View<typeof greatest>[];
  /** 1 for each column that splits may use. */
  readonly isUsed: Uint8Array;
}

/** The work that stands in this arena's memory. */
export function workIn({ layout, memory }: Arena): Work {
  const stepAt = (i: number): number => layout.steps + i * bytesOf(step);
  const greatestAt = (piece: number): number => layout.greatest + piece * bytesOf(greatest);
  return {
    next: viewOf(work, memory, layout.work),
    steps: Array.from({ length: mostSteps }, (_, i) => viewOf(step, memory, stepAt(i))),
    greatest: Array.from({ length: mostPieces }, (_, piece) => viewOf(greatest, memory, greatestAt(piece))),
    leftCounts: new Uint32Array(memory.buffer, layout.leftCounts, mostPieces),
    isUsed: new Uint8Array(memory.buffer, layout.isUsed, layout.columnCount),
  };
}
