/** Lets another learner fit on rows balanced by SMOTE; the model that comes out has no SMOTE in it. */
import { canonicalJson, type JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import type { Labels, Matrix } from '../table/matrix.js';
import { matrixRows } from '../table/matrix.js';
import { print } from '../table/print.js';
import { baseRate } from './base-rate.js';
import { oneClassModel } from './baseline.js';
import { checkFit } from './check-fit.js';
import { checkInside } from './check-inside.js';
import { checkParameters } from './check-parameters.js';
import { describe } from './describe.js';
import type { FitOptions, Learner, Model, Refusals } from './models.js';
import { innerSeed } from './nested-fit.js';
import { type LearnerReader, learnerJson } from './reader.js';
import { type Smoted, smote, smoteRules } from './smote.js';
import {
  type Correction,
  correctionText,
  fitAtTrueRate,
  readCorrection,
  type SampledFit,
} from './true-rate.js';

/** What `withSmote` takes. */
export interface WithSmoteOptions {
  /** Rows of the rarer class for each of the other, afterwards. By default 1. */
  ratio?: number;
  /** How many neighbours a row may be mixed with. By default 5. */
  neighbours?: number;
  /** Bring probabilities back to the true base rate, and how. By default true. */
  correct?: Correction;
}

/**
 * `learner`, fitted on its training rows and the synthetic ones of `smote`; it cannot touch evaluation rows, because it
 * exists inside `fit` only. A synthetic row's weight lies between its parents' as its numbers do, its group is that of
 * the row it starts from. Where rows are `ordered`, it stands right after the later of its parents, so that a learner
 * that holds out the last rows learns from nothing that came after. Scale numbers first, and refuse missing ones.
 * Throws `models-smote-too-few`, and `models-smote-order` for a learner that calibrates: it would calibrate on synthetic
 * rows.
 *
 * @example
 * pipeline(recipe, withSmote(logistic(), { ratio: 0.5 })).fit(train);
 */
export function withSmote(learner: Learner, options: WithSmoteOptions = {}): Learner {
  const { ratio = 1, neighbours = 5, correct = true } = options;
  return new WithSmote(learner, { ratio, neighbours, correct });
}

export const withSmoteReader: LearnerReader = {
  kind: 'withSmote',
  read: (params, readLearner) =>
    withSmote(readLearner(params.field('learner')), {
      ratio: params.field('ratio').number(),
      neighbours: params.field('neighbours').number(),
      correct: readCorrection(params.field('correct')),
    }),
};

interface Params {
  ratio: number;
  neighbours: number;
  correct: Correction;
}

const refuses: Refusals = {
  number: {
    why: 'SMOTE makes rows of the rarer of two classes, and a number has none',
    remedy:
      'leave `withSmote` out; where large numbers are rare, count them more by what the metric asks, or predict yes or no: whether the number is large',
  },
};

class WithSmote implements Learner {
  readonly name: string;
  readonly kind = 'withSmote';
  readonly refuses = refuses;
  readonly params: JsonObject & Params;
  readonly #learner: Learner;

  constructor(learner: Learner, params: Params) {
    const { ratio, neighbours } = params;
    checkParameters('withSmote', { ratio, neighbours }, smoteRules);
    if (canonicalJson(learnerJson(learner)).includes('"kind":"withCalibration"')) {
      throw new Problem({
        code: 'models-smote-order',
        what: `${learner.name} inside SMOTE would calibrate on synthetic rows`,
        expected: 'SMOTE inside the calibration',
        remedy: 'write withCalibration(withSmote(…))',
      });
    }
    checkInside(learner, { wrapper: '`withSmote`', kind: 'yesNo', refuses });
    this.name = `${learner.name} + SMOTE`;
    this.params = { learner: learnerJson(learner), ...params };
    this.#learner = learner;
  }

  fit(matrix: Matrix, labels: Labels, options: FitOptions): Model {
    checkFit(matrix, labels, options, { missing: false });
    const onlyClass = oneClassModel(matrix, labels, options);
    if (onlyClass) return onlyClass;
    const fit: SampledFit = (...rows) => this.#fitSampled(...rows);
    return fitAtTrueRate(fit, { matrix, labels, correct: this.params.correct }, options);
  }

  #fitSampled(matrix: Matrix, labels: Labels, options: FitOptions): { model: Model; sampledRate: number } {
    const { ratio, neighbours } = this.params;
    const seed = innerSeed(options.seed, 'smote');
    const added = smote(matrix, labels, { ratio, neighbours, seed });
    const rows = carry(added, { ...options, rowCount: matrix.rowCount });
    const model = this.#learner.fit(rows.matrix, rows.labels, { ...options, ...rows.options });
    return { model, sampledRate: baseRate(rows.labels, rows.options.weights) };
  }

  [print](): string {
    const { ratio, neighbours, correct } = this.params;
    const settings = `ratio = ${ratio}, neighbours = ${neighbours}${correctionText(correct)}`;
    return `${describe(this.#learner)} + SMOTE (${settings})`;
  }
}

/** Gives the synthetic rows their weights, groups and places. */
function carry(
  { matrix, labels, bases, towards, shares }: Smoted,
  { weights, groups, ordered, rowCount }: FitOptions & { rowCount: number },
): { matrix: Matrix; labels: Labels; options: Partial<FitOptions> } {
  const ownWeights =
    weights &&
    Float64Array.from(labels, (_, i) => {
      if (i < rowCount) return weights[i]!;
      const from = weights[bases[i - rowCount]!]!;
      return from + shares[i - rowCount]! * (weights[towards[i - rowCount]!]! - from);
    });
  const ownGroups =
    groups && Int32Array.from(labels, (_, i) => groups[i < rowCount ? i : bases[i - rowCount]!]!);
  if (!ordered) return { matrix, labels, options: { weights: ownWeights, groups: ownGroups } };

  const place = (i: number): number =>
    i < rowCount ? i : Math.max(bases[i - rowCount]!, towards[i - rowCount]!) + 0.5;
  const order = Uint32Array.from(labels.keys()).sort((a, b) => place(a) - place(b) || a - b);
  return {
    matrix: matrixRows(matrix, order),
    labels: Uint8Array.from(order, (i) => labels[i]!),
    options: {
      weights: ownWeights && Float64Array.from(order, (i) => ownWeights[i]!),
      groups: ownGroups && Int32Array.from(order, (i) => ownGroups[i]!),
    },
  };
}
