/** Which training rows judge the trees of a boosting, and when they have had enough. */
import { Problem } from '../problem.js';
import { seededRandom } from '../random.js';
import type { Matrix } from '../table/matrix.js';
import type { Loss } from './loss.js';
import { addTrees } from './predictor.js';
import type { Trees } from './trees.js';

/** Rows with what an inner split must respect. */
export interface SplittableRows {
  readonly matrix: Matrix;
  readonly groups?: Int32Array;
  readonly ordered?: boolean;
  readonly seed: number;
}

/**
 * Parts rows in two, about `share` of them held out, both in their order: the last ones where rows are ordered, else
 * drawn at random. Groups stay whole; ordered groups are taken by their last row. Throws `boosting-inner-split`
 * where one side would be empty.
 */
export function innerSplit(data: SplittableRows, share: number): { train: Uint32Array; held: Uint32Array } {
  const { rowCount } = data.matrix;
  const groupOf = (row: number): number => data.groups?.[row] ?? row;
  const sizes = groupsInOrder(data);
  const groups = [...sizes.keys()];
  if (!data.ordered) seededRandom(data.seed).fork('early stopping').shuffle(groups);
  const wanted = Math.max(1, Math.round(rowCount * share));
  const isHeld = new Set<number>();
  let count = 0;
  while (count < wanted && groups.length > 1) {
    const group = groups.pop()!;
    isHeld.add(group);
    count += sizes.get(group)!;
  }
  const rows = Uint32Array.from({ length: rowCount }, (_, i) => i);
  const train = rows.filter((row) => !isHeld.has(groupOf(row)));
  const held = rows.filter((row) => isHeld.has(groupOf(row)));
  if (train.length > 0 && held.length > 0) return { train, held };
  throw new Problem({
    code: 'boosting-inner-split',
    what: 'early stopping has no rows to hold out',
    expected: data.groups ? 'at least two groups' : 'at least two rows',
    remedy: 'fit without early stopping',
  });
}

/** The groups with how many rows each has, in the order of their last rows; without groups each row is its own. */
export function groupsInOrder({ matrix, groups }: SplittableRows): Map<number, number> {
  const sizes = new Map<number, number>();
  for (let i = 0; i < matrix.rowCount; i++) {
    const group = groups?.[i] ?? i;
    const size = sizes.get(group) ?? 0;
    sizes.delete(group);
    sizes.set(group, size + 1);
  }
  return sizes;
}

/** Adds up the loss of held-out rows as trees come. */
export class Judge {
  /** After how many trees the loss was lowest; 0 is the base alone. */
  best = 0;
  treesSinceBest = 0;
  /** The loss after so many trees as its place says, 0 the base alone. */
  readonly losses: number[] = [];
  readonly #loss: Loss;
  readonly #matrix: Matrix;
  readonly #targets: ArrayLike<number>;
  readonly #weights: Float64Array | undefined;
  readonly #scores: Float64Array;
  #lowest: number;

  constructor(
    loss: Loss,
    held: { matrix: Matrix; targets: ArrayLike<number>; weights?: Float64Array },
    base: number,
  ) {
    this.#loss = loss;
    this.#matrix = held.matrix;
    this.#targets = held.targets;
    this.#weights = held.weights;
    this.#scores = new Float64Array(held.matrix.rowCount).fill(base);
    this.#lowest = this.#total();
    this.losses.push(this.#lowest);
  }

  judge(tree: Trees): void {
    const steps = addTrees(tree, this.#matrix, 0);
    for (let i = 0; i < steps.length; i++) this.#scores[i]! += steps[i]!;
    const loss = this.#total();
    this.losses.push(loss);
    this.treesSinceBest++;
    if (loss >= this.#lowest) return;
    this.#lowest = loss;
    this.best += this.treesSinceBest;
    this.treesSinceBest = 0;
  }

  #total(): number {
    let sum = 0;
    for (let i = 0; i < this.#scores.length; i++)
      sum += (this.#weights ? this.#weights[i]! : 1) * this.#loss.of(this.#scores[i]!, this.#targets[i]!);
    return sum;
  }
}
