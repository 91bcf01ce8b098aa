/** A split of a leaf: where, how much it gains, and the sums on its left. */

/** The sums of a leaf, as the integers that histograms add, and the bounds that monotone columns put on its value. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** What one integer unit of a sum is worth. */
export interface Scales {
  readonly gradient: number;
  readonly hessian: number;
}

/** Filled in by the search. */
export class Split {
  /** 0 where no split gains anything. */
  gain = 0;
  column = 0;
  /** Numbers: bins up to this one go left. Categories: -1, and `sides` says which. */
  bin = 0;
  /** 1 where missing values go left. */
  missingLeft = 0;
  /** What was added to the hessians: more for sorted categories. */
  l2 = 0;
  gradient = 0;
  hessian = 0;
  count = 0;
  /** 1 where a bin goes left; for categories only. */
  sides: Uint8Array | undefined;

  copy(): Split {
    const copy = new Split();
    copy.gain = this.gain;
    copy.column = this.column;
    copy.bin = this.bin;
    copy.missingLeft = this.missingLeft;
    copy.l2 = this.l2;
    copy.gradient = this.gradient;
    copy.hessian = this.hessian;
    copy.count = this.count;
    copy.sides = this.sides;
    return copy;
  }
}
