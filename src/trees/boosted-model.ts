/** What boosting learns: trees that add up to log-odds, to a number, or to its logarithm. */
import type { Json } from '../json.js';
import { checkPredict } from '../models/check-fit.js';
import { probabilityOf } from '../models/log-odds.js';
import type { Contributions, ContributionUnit, Model } from '../models/models.js';
import type { ModelReader } from '../models/reader.js';
import { shapeFromJson, shapeToJson } from '../models/shape-json.js';
import type { Matrix, Shape } from '../table/matrix.js';
import { print } from '../table/print.js';
import type { BoostedTrees } from './boost.js';
import type { Link } from './loss.js';
import { addTrees } from './predictor.js';
import { treeContributions } from './tree-shap.js';
import { treeCount } from './trees.js';
import { treesFromJson, treesToJson } from './trees-json.js';

const bears = { missing: true };
const links = ['log-odds', 'identity', 'log'] as const;
const units: Readonly<Record<Link, ContributionUnit>> = {
  'log-odds': 'log-odds',
  identity: 'target',
  log: 'log',
};

/** The model of these trees, whose scores are what `link` says. */
export function boostedModel(boosted: BoostedTrees, link: Link): Model {
  return new BoostedModel(boosted, link);
}

class BoostedModel implements Model {
  readonly kind = 'boosting';
  readonly shape: Shape;
  readonly #boosted: BoostedTrees;
  readonly #link: Link;

  constructor(boosted: BoostedTrees, link: Link) {
    this.#boosted = boosted;
    this.#link = link;
    this.shape = boosted.trees.shape;
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    const out = addTrees(this.#boosted.trees, matrix, this.#boosted.base);
    if (this.#link === 'log-odds') for (let i = 0; i < out.length; i++) out[i] = probabilityOf(out[i]!);
    if (this.#link === 'log') for (let i = 0; i < out.length; i++) out[i] = Math.exp(out[i]!);
    return out;
  }

  /** Exact Shapley values of the score (TreeSHAP): of the log-odds, the number, or its logarithm. */
  contributions(matrix: Matrix): Contributions {
    checkPredict(matrix, this.shape, bears);
    const { base, values } = treeContributions(this.#boosted.trees, matrix);
    return {
      unit: units[this.#link],
      base: base + this.#boosted.base,
      columnCount: this.shape.length,
      values,
    };
  }

  toJSON(): Json {
    const { base, trees } = this.#boosted;
    return {
      kind: this.kind,
      link: this.#link,
      shape: shapeToJson(this.shape),
      base,
      trees: treesToJson(trees),
    };
  }

  [print](): string {
    const { trees } = this.#boosted;
    return `boosting, fitted: ${treeCount(trees)} trees with ${trees.column.filter((j) => j < 0).length} leaves`;
  }
}

export const boostingModelReader: ModelReader = {
  kind: 'boosting',
  read(json) {
    const shape = shapeFromJson(json.field('shape'));
    const boosted = {
      base: json.field('base').number(),
      trees: treesFromJson(json.field('trees'), shape),
    };
    return boostedModel(boosted, json.field('link').oneOf(links));
  },
};
