/** Grows the trees of a random forest, each on its own draw of the rows. */
import { type Random, seededRandom } from '../../random.js';
import type { Labels, Shape } from '../../table/matrix.js';
import type { Bins } from './binning.js';
import type { Field } from './field.js';
import { ForestKernel, type ForestNode } from './forest-kernel.js';
import { splitNode } from './harvest.js';
import { unitFor } from './split.js';
import { type Trees, TreesBuilder } from './trees.js';

/** The parameters of a forest, all filled in. */
export interface ForestRules {
  readonly trees: number;
  readonly minLeaf: number;
  readonly maxDepth: number;
  /** Columns tried at each split: the square root of their number, or a share of it. */
  readonly columnSample: 'sqrt' | number;
  readonly bootstrap: boolean;
  readonly bins: number;
}

/** What a thread needs to grow trees beside its field. Plain data. */
export interface ForestData {
  readonly shape: Shape;
  readonly bins: readonly Bins[];
  readonly labels: Labels;
  readonly weights?: Float64Array;
  readonly seed: number;
}

/**
 * Grows one tree after another (Breiman, "Random forests", 2001): rows drawn with putting back, a few columns tried
 * at each split, splits by Gini gain on binned columns, no limit but `minLeaf` and `maxDepth`. Gini gain is the
 * variance gain of the label, so the searches of boosting serve: gradient -label, hessian 1, both times the weight.
 */
export class ForestGrower {
  readonly #data: ForestData;
  readonly #rules: ForestRules;
  readonly #field: Field;
  readonly #kernel: ForestKernel;
  readonly #random: Random;

  constructor(field: Field, data: ForestData, rules: ForestRules) {
    this.#data = data;
    this.#rules = rules;
    this.#field = field;
    this.#random = seededRandom(data.seed).fork('forest');
    this.#kernel = new ForestKernel(field, {
      minLeaf: rules.minLeaf,
      maxDepth: rules.maxDepth,
      columnsPerSplit: columnsPerSplit(rules.columnSample, data.shape.length),
    });
  }

  /** Tree number `index`: the same whatever was grown before. */
  grow(index: number): Trees {
    const rowCount = this.draw(index);
    const { unit, ...sums } = this.#fillPairs();
    const random = this.#random.fork(index).fork('columns');
    const root = this.#kernel.grow(rowCount, sums, { gradient: unit, hessian: unit }, random);
    return this.#harvest(root);
  }

  /** The tree in the data's own units. */
  #harvest(root: number): Trees {
    const builder = new TreesBuilder(this.#data.shape);
    const rest = [root];
    for (let address = rest.pop(); address !== undefined; address = rest.pop()) {
      const node = this.#kernel.node(address);
      if (node.split) {
        builder.add(splitNode(node.split, this.#data.bins));
        rest.push(node.split.right, node.split.left);
      } else builder.add({ kind: 'leaf', value: shareOfOnes(node), rows: node.to - node.from });
    }
    return builder.build();
  }

  /** How often each row was drawn for the tree drawn last. */
  get drawn(): Uint16Array {
    return this.#kernel.counts;
  }

  /** Draws the rows of tree number `index` and lists those that count; returns how many they are. */
  draw(index: number): number {
    const { drawn } = this;
    const { weights } = this.#data;
    const { rows } = this.#field;
    if (this.#rules.bootstrap) this.#kernel.drawRows(this.#random.fork(index).fork('rows'));
    else drawn.fill(1);
    let count = 0;
    // Each row is written, and kept or not: a branch would be guessed wrong for every third.
    for (let row = 0; row < drawn.length; row++) {
      rows[count] = row;
      count += drawn[row]! > 0 && (!weights || weights[row]! > 0) ? 1 : 0;
    }
    return count;
  }

  /** Writes the pairs of the rows drawn, and says what they add up to and what a unit is worth. */
  #fillPairs(): { gradient: number; hessian: number; unit: number } {
    const { layout, pairs } = this.#field;
    const { labels, weights } = this.#data;
    const { drawn } = this;
    let most = 0;
    for (let row = 0; row < drawn.length; row++)
      most = Math.max(most, weights ? drawn[row]! * weights[row]! : drawn[row]!);
    // Units of a power of two: whole weights stay exact.
    const unit = unitFor(most, layout.rowCount, 62 - layout.countBits);
    const sums = { gradient: 0, hessian: 0, unit };
    for (let row = 0; row < drawn.length; row++) {
      const weight = Math.round((weights ? drawn[row]! * weights[row]! : drawn[row]!) / unit);
      const gradient = -weight * labels[row]!;
      pairs[row * 2] = gradient;
      pairs[row * 2 + 1] = weight;
      sums.gradient += gradient;
      sums.hessian += weight;
    }
    return sums;
  }
}

/** The value of a leaf, in five decimals: more than any leaf knows, and few enough to keep the saved forest small. */
function shareOfOnes({ gradient, hessian }: ForestNode): number {
  return hessian > 0 ? Math.round((-gradient / hessian) * 1e5) / 1e5 : 0;
}

function columnsPerSplit(sample: 'sqrt' | number, width: number): number {
  return Math.max(1, Math.round(sample === 'sqrt' ? Math.sqrt(width) : sample * width));
}
