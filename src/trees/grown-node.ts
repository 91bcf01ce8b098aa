/** A node of a tree that is still growing. */
import type { NodeSplit, NodeSums } from './node-split.js';

/** A node while the tree grows; with `split`, `left` and `right` once it is parted. */
export class GrownNode implements NodeSums {
  /** Its rows stand at `from` to `to` (exclusive) of the arena's rows. */
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
  /** The bounds of its value. */
  low: number = -Infinity;
  high: number = Infinity;
  /** What it adds to a row that ends here: at first -G/(H + l2) within its bounds, the step that lowers the loss most. */
  value = 0;
  /** The best split, where one was looked for and found. */
  split: NodeSplit | undefined;
  /** The histogram it holds; -1 for none. */
  slot = -1;
  left: GrownNode | undefined;
  right: GrownNode | undefined;

  constructor(from: number, to: number, depth: number, gradient: number, hessian: number) {
    this.from = from;
    this.to = to;
    this.depth = depth;
    this.gradient = gradient;
    this.hessian = hessian;
  }

  get count(): number {
    return this.to - this.from;
  }
}
