/** Grows the trees of a random forest, each on its own draw of the rows. */
import { type Random, seededRandom } from '../random.js';
import type { Shape } from '../table/matrix.js';
import type { Bins } from './binning.js';
import type { Field } from './field.js';
import { type ForestNode, ForestTree } from './forest-tree.js';
import { splitNode } from './harvest.js';
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

/** What a thread needs to grow trees beside its field, which has labels as targets, and weights. Plain data. */
export interface ForestData {
  readonly shape: Shape;
  readonly bins: readonly Bins[];
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
  readonly #kernel: ForestTree;
  readonly #random: Random;

  constructor(field: Field, data: ForestData, rules: ForestRules) {
    this.#data = data;
    this.#rules = rules;
    this.#random = seededRandom(data.seed).fork('forest');
    this.#kernel = new ForestTree(field, {
      minLeaf: rules.minLeaf,
      maxDepth: rules.maxDepth,
      columnsPerSplit: columnsPerSplit(rules.columnSample, data.shape.length),
    });
  }

  /** Tree number `index`: the same whatever was grown before. */
  grow(index: number): Trees {
    this.draw(index);
    const random = this.#random.fork(index).fork('columns');
    return this.#harvest(this.#kernel.grow(this.#kernel.fillPairs(), random));
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

  /** Draws the rows of tree number `index`. */
  draw(index: number): void {
    if (this.#rules.bootstrap) this.#kernel.drawRows(this.#random.fork(index).fork('rows'));
    else this.drawn.fill(1);
  }
}

/** The value of a leaf, in five decimals: more than any leaf knows, and few enough to keep the saved forest small. */
function shareOfOnes({ gradient, hessian }: ForestNode): number {
  return hessian > 0 ? Math.round((-gradient / hessian) * 1e5) / 1e5 : 0;
}

function columnsPerSplit(sample: 'sqrt' | number, width: number): number {
  return Math.max(1, Math.round(sample === 'sqrt' ? Math.sqrt(width) : sample * width));
}
