/** The mean of several learners' log-odds. */
import type { Json, JsonObject } from '../json.js';
import { Problem, show } from '../problem.js';
import { type Labels, type Matrix, type Shape, shapeOf } from '../table/matrix.js';
import { oneClassModel } from './baseline.js';
import { checkFit } from './check-fit.js';
import { describe } from './describe.js';
import { finiteLogOddsOf, probabilityOf } from './log-odds.js';
import { logOddsContributions } from './log-odds-contributions.js';
import type { Contributions, FitOptions, Learner, Model } from './models.js';
import { innerSeed, progressPart } from './nested-fit.js';
import { print } from './print.js';
import { type LearnerReader, learnerJson, type ModelReader } from './reader.js';
import { shapeFromJson, shapeToJson } from './shape-json.js';

/** What `blend` takes. */
export interface BlendOptions {
  /** How much each learner counts, in their order; they are divided by their sum. By default all the same. */
  weights?: readonly number[];
}

/**
 * Several learners fitted on the same rows, each with a seed of its own; the log-odds of the blend are the weighted mean
 * of theirs (the logarithmic opinion pool). Explains itself where all of them do.
 */
export function blend(learners: readonly Learner[], options: BlendOptions = {}): Learner {
  return new Blend(learners, options.weights ?? learners.map(() => 1));
}

export const blendReader: LearnerReader = {
  kind: 'blend',
  read: (params, readLearner) =>
    blend(params.field('learners').items().map(readLearner), {
      weights: [...params.field('weights').numbers()],
    }),
};

class Blend implements Learner {
  readonly name: string;
  readonly kind = 'blend';
  readonly params: JsonObject;
  readonly #learners: readonly Learner[];
  readonly #weights: readonly number[];

  constructor(learners: readonly Learner[], weights: readonly number[]) {
    const positive = weights.every((weight) => Number.isFinite(weight) && weight > 0);
    if (learners.length === 0 || weights.length !== learners.length || !positive) {
      throw new Problem({
        code: 'models-parameter',
        what: 'blend: "weights" cannot be used',
        got: show(weights.map(String).join(', ')),
        expected: `at least one learner, and one number above 0 for each of the ${learners.length}`,
      });
    }
    this.name = `blend of ${learners.map(({ name }) => name).join(', ')}`;
    this.params = { learners: learners.map(learnerJson), weights: [...weights] };
    this.#learners = learners;
    this.#weights = weights;
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, { missing: true });
    const onlyClass = oneClassModel(matrix, labels, options.weights);
    if (onlyClass) {
      options.onProgress?.(1);
      return onlyClass;
    }
    const models = this.#learners.map((learner, k) =>
      learner.fit(matrix, labels, {
        ...options,
        seed: innerSeed(options.seed, `blend ${k}`),
        onProgress: progressPart(options.onProgress, k, this.#learners.length),
      }),
    );
    const sum = this.#weights.reduce((total, weight) => total + weight, 0);
    return new BlendModel(
      shapeOf(matrix),
      models.map((model, k) => ({ model, share: this.#weights[k]! / sum })),
    );
  }

  [print](): string {
    const lines = this.#learners.map((learner, k) => `  ${this.#weights[k]} × ${describe(learner)}`);
    return ['blend of', ...lines].join('\n');
  }
}

interface Member {
  readonly model: Model;
  readonly share: number;
}

class BlendModel implements Model {
  readonly kind = 'blend';
  readonly shape: Shape;
  readonly contributions?: (matrix: Matrix) => Contributions;
  readonly #members: readonly Member[];

  constructor(shape: Shape, members: readonly Member[]) {
    this.shape = shape;
    this.#members = members;
    if (members.every(({ model }) => logOddsContributions(model)))
      this.contributions = (matrix) => this.#added(matrix);
  }

  predict(matrix: Matrix): Float64Array {
    const margins = new Float64Array(matrix.rowCount);
    for (const { model, share } of this.#members) {
      const own = model.predict(matrix);
      for (let i = 0; i < own.length; i++) margins[i]! += share * finiteLogOddsOf(own[i]!);
    }
    return margins.map(probabilityOf);
  }

  toJSON(): Json {
    return {
      kind: this.kind,
      shape: shapeToJson(this.shape),
      shares: this.#members.map(({ share }) => share),
      models: this.#members.map(({ model }) => model.toJSON()),
    };
  }

  [print](): string {
    const lines = this.#members.map(({ model, share }) => `  ${share.toPrecision(3)} × ${describe(model)}`);
    return ['blend, fitted, of', ...lines].join('\n');
  }

  #added(matrix: Matrix): Contributions {
    let base = 0;
    const values = new Float64Array(matrix.rowCount * this.shape.length);
    for (const { model, share } of this.#members) {
      const own = model.contributions!(matrix);
      base += share * own.base;
      for (let at = 0; at < values.length; at++) values[at]! += share * own.values[at]!;
    }
    return { base, columnCount: this.shape.length, values };
  }
}

export const blendModelReader: ModelReader = {
  kind: 'blend',
  read(json, readModel) {
    const models = json.field('models').items().map(readModel);
    const shares = json.field('shares').numbers({ length: models.length, min: 0, max: 1 });
    const shape = shapeFromJson(json.field('shape'));
    return new BlendModel(
      shape,
      models.map((model, k) => ({ model, share: shares[k]! })),
    );
  },
};
