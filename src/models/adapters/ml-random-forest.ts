/**
 * The package ml-random-forest 2.1.0 as a learner, with its defects handled; for races in notebooks, not for serving.
 * Long, because the learner, its model and the package's own shapes change together.
 */
import type { Json, JsonObject } from '../../json.js';
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { type Labels, type Matrix, matrixRows, type Shape, shapeOf } from '../../table/matrix.js';
import { print } from '../../table/print.js';
import { oneClassModel } from '../baseline.js';
import { checkFit, checkPredict } from '../check-fit.js';
import { checkParameters } from '../check-parameters.js';
import { designOffsets } from '../design.js';
import type { FitOptions, Learner, Model } from '../models.js';
import type { LearnerReader, ModelReader } from '../reader.js';
import { shapeFromJson, shapeToJson } from '../shape-json.js';
import { indicatorRows } from './indicator-rows.js';
import { loadPackage } from './load-package.js';
import { refuseWeights } from './refuse-weights.js';
import { shareOfVotes, type VotingTrees, votingTreesFromJson, votingTreesToJson } from './voting-trees.js';

/** What `mlRandomForest` takes. */
export interface MlRandomForestOptions {
  /** By default 25. */
  trees?: number;
  /** The share of columns that each tree sees, drawn without replacement; by default .7. */
  columnShare?: number;
  /** A node of this many rows or fewer is a leaf. By default 10; the package's own default is 3. */
  minRows?: number;
  /** Deepest path from a root to a leaf; by default 12. */
  maxDepth?: number;
  /**
   * How many rows it may be given: its time grows with their square. By default 2,000, and 500 where that many are drawn, for
   * a race fits it dozens of times.
   */
  mostRows?: number;
  /** What happens to more rows: they are refused, or `mostRows` of them are drawn. By default 'refuse'. */
  onMore?: 'refuse' | 'draw';
}

/** A fit on so many rows takes a second or two; one on 2,000 takes sixteen times as long. */
const drawnRows = 500;

/**
 * A forest of ml-random-forest 2.1.0. What was found in it, and what is done about it:
 * - training tries every boundary on every row, so that its time grows with the square of the rows: `mostRows`;
 * - `predictProbability` loses the first tree's vote: the trees' votes are counted here;
 * - estimating out of bag can throw, and is not needed: it is off;
 * - `maxFeatures: 1` means all columns, and columns are drawn with replacement: a share is given, without it;
 * - `maxSamples` takes the first rows, which in ordered data are the oldest: never used, `onMore: 'draw'` is random;
 * - its trees split only for a gain of .01 in impurity, which a rare class hardly ever gives: for any gain above 0;
 * - it loses its importances when saved, and `train` cannot be stopped: a signal only counts before it begins;
 * - its trees vote yes or no: the share of votes ranks rows, but is no calibrated probability (`withCalibration`);
 * - it knows neither weights (refused) nor categories (given as one column of 0 and 1 a level) nor missing numbers.
 *
 * Throws `models-too-many-rows`, `models-no-weights`, `models-package-missing`.
 *
 * @example
 * pipeline(plainRecipe(bank), mlRandomForest({ trees: 5 })).fit(train).score(test);
 */
export function mlRandomForest(options: MlRandomForestOptions = {}): Learner {
  const {
    trees = 25,
    columnShare = 0.7,
    minRows = 10,
    maxDepth = 12,
    onMore = 'refuse',
    mostRows = onMore === 'draw' ? drawnRows : 2000,
  } = options;
  return new MlRandomForest({ trees, columnShare, minRows, maxDepth, mostRows, onMore });
}

export const mlRandomForestReader: LearnerReader = {
  kind: 'mlRandomForest',
  read: (params) =>
    mlRandomForest({
      trees: params.field('trees').number(),
      columnShare: params.field('columnShare').number(),
      minRows: params.field('minRows').number(),
      maxDepth: params.field('maxDepth').number(),
      mostRows: params.field('mostRows').number(),
      onMore: params.field('onMore').oneOf(['refuse', 'draw'] as const),
    }),
};

export const mlRandomForestModelReader: ModelReader = {
  kind: 'mlRandomForest',
  read(json) {
    const shape = shapeFromJson(json.field('shape'));
    const width = designOffsets(shape)[shape.length]!;
    return new VotingForest(shape, votingTreesFromJson(json.field('trees'), width));
  },
};

type Params = Required<MlRandomForestOptions>;

const bears = { missing: false };

class MlRandomForest implements Learner {
  readonly name = 'ml-random-forest';
  readonly kind = 'mlRandomForest';
  readonly params: JsonObject & Params;

  constructor(params: Params) {
    const { onMore: _, ...numbers } = params;
    checkParameters('mlRandomForest', numbers, {
      trees: { min: 1, integer: true },
      columnShare: { above: 0, max: 1 },
      minRows: { min: 1, integer: true },
      maxDepth: { min: 1, integer: true },
      mostRows: { min: 1, integer: true },
    });
    this.params = { ...params };
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, bears);
    refuseWeights(this.name, options);
    const random = seededRandom(options.seed).fork('ml-random-forest');
    const rows = this.#rows({ matrix, labels }, (count) =>
      random
        .fork('rows')
        .shuffle(Uint32Array.from({ length: matrix.rowCount }, (_, i) => i))
        .slice(0, count)
        .sort(),
    );
    const { onProgress } = options;
    const onlyClass = oneClassModel(rows.matrix, rows.labels, { onProgress });
    if (onlyClass) return onlyClass;
    const model = this.#train(rows.matrix, rows.labels, random.fork('trees').integer(2 ** 31));
    onProgress?.(1);
    return model;
  }

  /** All rows, or as many as it can bear. */
  #rows(
    all: { matrix: Matrix; labels: Labels },
    draw: (count: number) => Uint32Array,
  ): { matrix: Matrix; labels: Labels } {
    const { mostRows, onMore } = this.params;
    const { rowCount } = all.matrix;
    if (rowCount <= mostRows) return all;
    if (onMore === 'draw') {
      const rows = draw(mostRows);
      return {
        matrix: matrixRows(all.matrix, rows),
        labels: Uint8Array.from(rows, (row) => all.labels[row]!),
      };
    }
    throw new Problem({
      code: 'models-too-many-rows',
      what: 'ml-random-forest would take too long: its time grows with the square of the rows',
      got: `${rowCount} rows`,
      expected: `at most ${mostRows} (\`mostRows\`)`,
      remedy: "let it draw that many with `onMore: 'draw'`, or use `randomForest`, which takes them all",
    });
  }

  #train(matrix: Matrix, labels: Labels, seed: number): Model {
    const { RandomForestClassifier } = loadPackage<MlRandomForestPackage>('ml-random-forest');
    const { trees, columnShare, minRows, maxDepth } = this.params;
    const shape = shapeOf(matrix);
    const width = designOffsets(shape)[shape.length]!;
    const seen = Math.max(1, Math.round(width * columnShare));
    const forest = new RandomForestClassifier({
      nEstimators: trees,
      // A share that surely comes to `seen` columns; the number 1 would be taken for the share of all.
      maxFeatures: seen === width ? 1 : (seen + 0.5) / width,
      replacement: false,
      useSampleBagging: true,
      noOOB: true,
      treeOptions: { minNumSamples: minRows, maxDepth, gainThreshold: 0 },
      seed,
    });
    forest.train(indicatorRows(matrix), Array.from(labels));
    return new VotingForest(shape, votingTreesOf(forest.toJSON().baseModel));
  }

  [print](): string {
    const { trees, columnShare, minRows, maxDepth, mostRows, onMore } = this.params;
    return `ml-random-forest (trees = ${trees}, columnShare = ${columnShare}, minRows = ${minRows}, maxDepth = ${maxDepth}, mostRows = ${mostRows}, onMore = ${onMore})`;
  }
}

/** The votes of trees that the package has grown; predicts without it. */
class VotingForest implements Model {
  readonly kind = 'mlRandomForest';
  readonly shape: Shape;
  readonly #trees: VotingTrees;

  constructor(shape: Shape, trees: VotingTrees) {
    this.shape = shape;
    this.#trees = trees;
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    return Float64Array.from(indicatorRows(matrix), (row) => shareOfVotes(this.#trees, row));
  }

  toJSON(): Json {
    return { kind: this.kind, shape: shapeToJson(this.shape), trees: votingTreesToJson(this.#trees) };
  }

  [print](): string {
    return `ml-random-forest, fitted: ${this.#trees.roots.length} trees, ${this.#trees.columns.length} nodes`;
  }
}

/** A node as ml-cart saves it: a leaf has a distribution over the classes, one row; others two children. */
interface PackageNode {
  readonly splitColumn?: number;
  readonly splitValue?: number;
  readonly left?: PackageNode;
  readonly right?: PackageNode;
  readonly distribution?: { to2DArray(): number[][] };
}

interface PackageForest {
  readonly indexes: readonly (readonly number[])[];
  readonly estimators: readonly { readonly root: PackageNode }[];
}

interface MlRandomForestPackage {
  RandomForestClassifier: new (
    options: object,
  ) => {
    train(rows: number[][], labels: number[]): void;
    toJSON(): { baseModel: PackageForest };
  };
}

function votingTreesOf({ estimators, indexes }: PackageForest): VotingTrees {
  const nodes: { column: number; value: number; left: number; right: number }[] = [];
  const add = (node: PackageNode, own: readonly number[]): number => {
    const place = nodes.length;
    if (!node.left || !node.right) {
      const [shares = []] = node.distribution?.to2DArray() ?? [];
      nodes.push({ column: -1, value: (shares[1] ?? 0) > (shares[0] ?? 0) ? 1 : 0, left: 0, right: 0 });
      return place;
    }
    const made = { column: own[node.splitColumn!]!, value: node.splitValue!, left: 0, right: 0 };
    nodes.push(made);
    made.left = add(node.left, own);
    made.right = add(node.right, own);
    return place;
  };
  const roots = estimators.map(({ root }, tree) => add(root, indexes[tree]!));
  return {
    roots: Int32Array.from(roots),
    columns: Int32Array.from(nodes, ({ column }) => column),
    values: Float64Array.from(nodes, ({ value }) => value),
    lefts: Int32Array.from(nodes, ({ left }) => left),
    rights: Int32Array.from(nodes, ({ right }) => right),
  };
}
