/** Grows the trees of a random forest, each on its own draw of the rows. */
import { type Random, seededRandom } from '../random.js';
import type { Shape } from '../table/matrix.js';
import type { Arena } from './arena.js';
import type { Bins } from './binning.js';
import { type ForestNode, ForestTree } from './forest-tree.js';
import { splitNode } from './harvest.js';
import type { Scales } from './node-split.js';
import { type Trees, TreesBuilder } from './trees.js';

/** The parameters of a forest, all filled in. */
export interface ForestRules {
  readonly trees: number;
  readonly minLeaf: number;
  readonly maxDepth: number;
  /** Columns tried at each split: the square root of their number, or a share of it; undefined where the target decides. */
  readonly columnSample: 'sqrt' | number | undefined;
  readonly bootstrap: boolean;
  readonly bins: number;
}

/** What a thread needs to grow trees beside its arena, which has targets and weights. Plain data. */
export interface ForestData {
  readonly shape: Shape;
  readonly bins: readonly Bins[];
  readonly seed: number;
  /** Numbers as targets stand in the arena less this; undefined where they are labels. */
  readonly centre: number | undefined;
}

/**
 * Grows one tree after another (Breiman, "Random forests", 2001): rows drawn with putting back, a few columns tried
 * at each split, splits by Gini gain on binned columns, no limit but `minLeaf` and `maxDepth`. Gini gain is the
 * variance gain of the label, so the searches of boosting serve: gradient minus the target, hessian 1, both times the weight.
 */
export class ForestGrower {
  readonly #data: ForestData;
  readonly #rules: ForestRules;
  readonly #kernel: ForestTree;
  readonly #random: Random;

  constructor(arena: Arena, data: ForestData, rules: ForestRules) {
    this.#data = data;
    this.#rules = rules;
    this.#random = seededRandom(data.seed).fork('forest');
    this.#kernel = new ForestTree(arena, {
      minLeaf: rules.minLeaf,
      maxDepth: rules.maxDepth,
      columnsPerSplit: columnsPerSplit(rules.columnSample, data),
      hasLabels: data.centre === undefined,
    });
  }

  /** Tree number `index`: the same whatever was grown before. */
  grow(index: number): Trees {
    if (this.#rules.bootstrap) this.#kernel.drawRows(this.#random.fork(index).fork('rows'));
    else this.#kernel.counts.fill(1);
    const random = this.#random.fork(index).fork('columns');
    const rows = this.#kernel.fillPairs();
    return this.#harvest(this.#kernel.grow(rows, random), rows.scales);
  }

  /** The tree in the data's own units. */
  #harvest(root: number, scales: Scales): Trees {
    const builder = new TreesBuilder(this.#data.shape);
    const rest = [root];
    for (let address = rest.pop(); address !== undefined; address = rest.pop()) {
      const node = this.#kernel.node(address);
      if (node.split) {
        builder.add(splitNode(node.split, this.#data.bins));
        rest.push(node.split.right, node.split.left);
      } else builder.addLeaf(leafValue(node, scales, this.#data.centre), node.to - node.from);
    }
    return builder.build();
  }
}

/**
 * The value of a leaf. The share of ones has five decimals: more than any leaf knows, and few enough to keep the saved forest
 * small. A mean of numbers has seven digits.
 */
function leafValue({ gradient, hessian }: ForestNode, scales: Scales, centre: number | undefined): number {
  if (centre === undefined) return hessian > 0 ? Math.round((-gradient / hessian) * 1e5) / 1e5 : 0;
  if (!(hessian > 0)) return centre;
  return Number((centre - (gradient * scales.gradient) / (hessian * scales.hessian)).toPrecision(7));
}

/** By default the square root of their number for labels, and a third of them for numbers (Breiman 2001). */
function columnsPerSplit(sample: ForestRules['columnSample'], { shape, centre }: ForestData): number {
  const width = shape.length;
  const usual = centre === undefined ? Math.sqrt(width) : width / 3;
  const wanted = sample === undefined ? usual : sample === 'sqrt' ? Math.sqrt(width) : sample * width;
  return Math.max(1, Math.round(wanted));
}
