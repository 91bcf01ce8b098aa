/** Lets a learner of yes or no tell several classes apart: one model for each class against the rest. */
import type { Json, JsonObject } from '../json.js';
import type { Classes, Matrix, Shape, TargetKind } from '../table/matrix.js';
import { print } from '../table/print.js';
import { checkFit } from './check-fit.js';
import { checkInside } from './check-inside.js';
import { describe } from './describe.js';
import type { FitOptions, Learner, Model } from './models.js';
import { innerSeed, progressPart } from './nested-fit.js';
import { type LearnerReader, learnerJson, type ModelReader } from './reader.js';
import { sharesOf } from './shares-of.js';

const takes: readonly TargetKind[] = ['category'];

/**
 * `learner`, fitted once for each class on whether a row is of that class; the probabilities of a row are divided by
 * their sum, as scikit-learn's `OneVsRestClassifier` does. A class that no training row has gets the probability 0. A row
 * to which every model says 0 gets the shares of the training rows. There are no contributions: after the division no
 * sum of parts is exact. It keeps the learner's name. Pipelines wrap a learner of yes or no by themselves where the target
 * is a category, so this is seldom typed.
 *
 * @example
 * const learner = oneVsRest(logistic());
 * learner.takes // → [ 'category' ]
 */
export function oneVsRest(learner: Learner): Learner {
  return new OneVsRest(learner);
}

export const oneVsRestReader: LearnerReader = {
  kind: 'oneVsRest',
  read: (params, readLearner) => oneVsRest(readLearner(params.field('learner'))),
};

export const oneVsRestModelReader: ModelReader = {
  kind: 'oneVsRest',
  read(json, readModel) {
    const models = json.field('models').items().map(readModel);
    const shares = json.field('shares').numbers({ length: models.length, min: 0, max: 1 });
    if (models.length === 0) json.field('models').fail('at least one model');
    return new OneVsRestModel(models, shares);
  },
};

class OneVsRest implements Learner {
  readonly name: string;
  readonly kind = 'oneVsRest';
  readonly takes = takes;
  readonly params: JsonObject;
  readonly #learner: Learner;

  constructor(learner: Learner) {
    checkInside(learner, { wrapper: '`oneVsRest`', kind: 'yesNo' });
    this.name = learner.name;
    this.params = { learner: learnerJson(learner) };
    this.#learner = learner;
  }

  fit(matrix: Matrix, targets: Classes, options: FitOptions): Model {
    checkFit(matrix, targets, options, { missing: true, takes });
    const shares = sharesOf(targets, options);
    const { classes: _, ...inner } = options;
    const models = Array.from(shares, (_, code) =>
      this.#learner.fit(
        matrix,
        Uint8Array.from(targets, (target) => (target === code ? 1 : 0)),
        {
          ...inner,
          seed: innerSeed(options.seed, `class ${code}`),
          onProgress: progressPart(options.onProgress, code, shares.length),
        },
      ),
    );
    return new OneVsRestModel(models, shares);
  }

  [print](): string {
    return `${describe(this.#learner)}, one against the rest`;
  }
}

class OneVsRestModel implements Model {
  readonly kind = 'oneVsRest';
  readonly shape: Shape;
  readonly width: number;
  readonly #models: readonly Model[];
  /** Of the training rows, by class. */
  readonly #shares: Float64Array;

  constructor(models: readonly Model[], shares: Float64Array) {
    this.shape = models[0]!.shape;
    this.width = models.length;
    this.#models = models;
    this.#shares = shares;
  }

  predict(matrix: Matrix): Float64Array {
    const { width } = this;
    const answers = new Float64Array(matrix.rowCount * width);
    this.#models.forEach((model, code) => {
      model.predict(matrix).forEach((probability, i) => {
        answers[i * width + code] = probability;
      });
    });
    for (let at = 0; at < answers.length; at += width) {
      const row = answers.subarray(at, at + width);
      const sum = row.reduce((all, probability) => all + probability, 0);
      if (sum === 0) row.set(this.#shares);
      else for (let code = 0; code < width; code++) row[code]! /= sum;
    }
    return answers;
  }

  toJSON(): Json {
    return {
      kind: this.kind,
      models: this.#models.map((model) => model.toJSON()),
      shares: [...this.#shares],
    };
  }

  [print](): string {
    return `${describe(this.#models[0]!)}; ${this.width} models, one for each class against the rest`;
  }
}
