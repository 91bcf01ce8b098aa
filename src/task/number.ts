/** A target that is a number: the answer is a number in the target's unit, with an interval where the model gives one. */
import { ridge } from '../models/ridge.js';
import { Problem } from '../problem.js';
import type { Dataset } from '../schema/schema.js';
import type { Numbers, Targets } from '../table/matrix.js';
import { shortNumber } from '../table/print.js';
import type { AnswerField, AnswerFields, AnswerShape } from './answer-shape.js';
import { numberAspects } from './aspects/number-aspects.js';
import { learnerThatTakes } from './learner-that-takes.js';
import { meansOf } from './means-of.js';
import { coverage, intervalWidth } from './metrics/interval.js';
import { mae } from './metrics/mae.js';
import { pinball } from './metrics/pinball.js';
import { rSquared } from './metrics/r-squared.js';
import { rmse } from './metrics/rmse.js';
import { wape } from './metrics/wape.js';
import { numberErrors } from './number-errors.js';
import type { Strata, Task } from './task.js';

/** How many strata of equal row count: folds then hold as many small numbers and large ones. */
const strataCount = 10;

export const numberTask: Task = {
  kind: 'number',
  targets: numbersOf,
  classes: () => [],
  aspects: (dataset) => numberAspects(numbersOf(dataset), dataset.schema.target.name),
  plainLearner: ridge(),
  leakageMetrics: [rSquared, mae],
  metrics: [rmse, mae, rSquared, wape, pinball(), coverage, intervalWidth],
  defaultMetrics: [rmse, mae],
  scorecard: [rmse, mae, rSquared, wape, coverage, intervalWidth],
  studyMetrics: [rmse, mae, rSquared, wape],
  strata: byQuantile,
  means: (targets, predicted) =>
    meansOf(targets, predicted, { predicted: 'mean prediction', true: 'mean of what came true' }),
  learner: (learner) => learnerThatTakes(learner, 'number'),
  combine: (answers) =>
    Float64Array.from(answers[0]!, (_, i) => {
      let sum = 0;
      for (const numbers of answers) sum += numbers[i]!;
      return sum / answers.length;
    }),
  details: (judged) => ({ numbers: numberErrors(judged) }),
  describe: (targets, { type }) => {
    const unit = type.kind === 'number' && type.unit !== undefined ? ` ${type.unit}` : '';
    const { low, mean, high } = spreadOf(targets);
    return `${shortNumber(mean)}${unit} on average, from ${shortNumber(low)} to ${shortNumber(high)}`;
  },
  answer: ({ type, width }) => numberAnswer(type.kind === 'number' ? type.unit : undefined, width === 3),
  combined: 'the mean',
  additiveUnit: 'target',
};

const bounds = ['low', 'high'] as const;

/** The number, and the bounds of its interval where the model gives one. */
function numberAnswer(unit: string | undefined, withInterval: boolean): AnswerShape {
  const inUnit = unit === undefined ? '' : `, in ${unit}`;
  const field = (name: keyof AnswerFields, description: string): AnswerField => ({
    name,
    schema: { type: 'number', description: `${description}${inUnit}.` },
    datatype: 'FP64',
  });
  const prediction = field('prediction', 'The number that is expected');
  return {
    fields: withInterval
      ? [
          prediction,
          field('low', 'The lower bound of its interval'),
          field('high', 'The upper bound of its interval'),
        ]
      : [prediction],
    columns: withInterval ? ['prediction', ...bounds] : ['prediction'],
    main: 'prediction',
    title: unit === undefined ? 'Prediction' : `Prediction in ${unit}`,
    of: withInterval
      ? (answers, at) => ({ prediction: answers[at]!, low: answers[at + 1]!, high: answers[at + 2]! })
      : (answers, at) => ({ prediction: answers[at]! }),
    isPossible: Number.isFinite,
  };
}

function numbersOf({ schema, table }: Dataset): Numbers {
  const { name } = schema.target;
  const values = table.numbers(name);
  const missing = values.findIndex((value) => !Number.isFinite(value));
  if (missing < 0) return values;
  throw new Problem({
    code: 'schema-bad-label',
    what: 'a row has no outcome',
    where: { row: missing, column: name },
    expected: 'a finite number',
    remedy: 'leave rows without an outcome out: they can neither teach nor judge',
  });
}

function spreadOf(targets: Targets): { low: number; mean: number; high: number } {
  let [low, high, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < targets.length; i++) {
    low = Math.min(low, targets[i]!);
    high = Math.max(high, targets[i]!);
    sum += targets[i]!;
  }
  return { low, mean: sum / targets.length, high };
}

/** Equal numbers share a stratum; there are as many strata as quantiles that differ. */
function byQuantile(targets: Targets): Strata {
  const order = Uint32Array.from(targets, (_, row) => row).sort((a, b) => targets[a]! - targets[b]! || a - b);
  const of = new Uint16Array(targets.length);
  let stratum = -1;
  order.forEach((row, rank) => {
    const wanted = Math.floor((rank * strataCount) / order.length);
    const tied = rank > 0 && targets[order[rank - 1]!] === targets[row];
    if (stratum < 0 || (!tied && wanted > stratum)) stratum++;
    of[row] = stratum;
  });
  return { of, count: stratum + 1 };
}
