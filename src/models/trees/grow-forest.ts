/** Grows the trees of a random forest, each on its own draw of the rows. */
import { type Random, seededRandom } from '../../random.js';
import type { Labels, Shape } from '../../table/matrix.js';
import type { Bins } from './binning.js';
import type { Field } from './field.js';
import { Grower } from './grower.js';
import { harvest, leavesOf } from './harvest.js';
import { type Scales, unitFor } from './split.js';
import { forestCategories } from './split-rules.js';
import type { Trees } from './trees.js';

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
 * variance gain of the label, so the search of boosting serves: gradient -label, hessian 1, both times the weight.
 */
export class ForestGrower {
  readonly #data: ForestData;
  readonly #rules: ForestRules;
  readonly #field: Field;
  readonly #grower: Grower;
  readonly #random: Random;
  readonly #columns: number[];
  /** How often each row was drawn for the tree drawn last. */
  readonly drawn: Uint16Array;

  constructor(field: Field, data: ForestData, rules: ForestRules) {
    const width = data.shape.length;
    this.#data = data;
    this.#rules = rules;
    this.#field = field;
    this.#random = seededRandom(data.seed).fork('forest');
    this.#columns = Array.from({ length: width }, (_, j) => j);
    this.drawn = new Uint16Array(field.layout.rowCount);
    this.#grower = new Grower(this.#field, {
      ...forestCategories,
      leaves: Infinity,
      maxDepth: rules.maxDepth,
      minLeaf: rules.minLeaf,
      minHessian: 0,
      l2: 0,
      monotone: [],
      labels: true,
      columnsPerSplit: columnsPerSplit(rules.columnSample, width),
    });
  }

  /** Tree number `index`: the same whatever was grown before. */
  grow(index: number): Trees {
    const random = this.#random.fork(index);
    const rowCount = this.draw(index);
    const scales = this.#fillPairs();
    const root = this.#grower.grow(rowCount, this.#columns, scales, random.fork('columns'));
    // Five decimals are more than any leaf knows, and keep the saved forest small.
    for (const leaf of leavesOf(root)) leaf.value = Math.round(leaf.value * 1e5) / 1e5;
    return harvest(root, this.#data.shape, this.#data.bins);
  }

  /** Draws the rows of tree number `index` and lists those that count; returns how many they are. */
  draw(index: number): number {
    const { drawn } = this;
    const random = this.#random.fork(index).fork('rows');
    const { weights } = this.#data;
    const { rows } = this.#field;
    if (this.#rules.bootstrap) {
      drawn.fill(0);
      for (let i = 0; i < drawn.length; i++) drawn[random.integer(drawn.length)]!++;
    } else drawn.fill(1);
    let count = 0;
    for (let i = 0; i < drawn.length; i++)
      if (drawn[i]! > 0 && (!weights || weights[i]! > 0)) rows[count++] = i;
    return count;
  }

  #fillPairs(): Scales {
    const { layout, pairs } = this.#field;
    const { labels, weights } = this.#data;
    const { drawn } = this;
    const weightOf = (row: number): number => (weights ? drawn[row]! * weights[row]! : drawn[row]!);
    let most = 0;
    for (let row = 0; row < drawn.length; row++) most = Math.max(most, weightOf(row));
    // Units of a power of two: whole weights stay exact.
    const unit = unitFor(most, layout.rowCount, 62 - layout.countBits);
    for (let row = 0; row < drawn.length; row++) {
      const weight = Math.round(weightOf(row) / unit);
      pairs[row * 2] = labels[row] === 1 ? -weight : 0;
      pairs[row * 2 + 1] = weight;
    }
    return { gradient: unit, hessian: unit };
  }
}

function columnsPerSplit(sample: 'sqrt' | number, width: number): number {
  return Math.max(1, Math.round(sample === 'sqrt' ? Math.sqrt(width) : sample * width));
}
