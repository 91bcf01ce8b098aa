/** A target of several classes: the answer is a probability for each, and they sum to 1. */
import { logistic } from '../models/logistic.js';
import { type Learner, takesOf } from '../models/models.js';
import { oneVsRest } from '../models/one-vs-rest.js';
import { Problem } from '../problem.js';
import type { Dataset } from '../schema/schema.js';
import type { Classes, Targets } from '../table/matrix.js';
import type { AnswerShape } from './answer-shape.js';
import { classAspects } from './aspects/class-aspects.js';
import { learnerThatTakes } from './learner-that-takes.js';
import { classAccuracy } from './metrics/class-accuracy.js';
import { classAuc, classAucWithinFolds } from './metrics/class-auc.js';
import { classLogLoss } from './metrics/class-log-loss.js';
import { confusionTable } from './metrics/confusion-table.js';
import { macroF1 } from './metrics/macro-f1.js';
import type { Task } from './task.js';

export const categoryTask: Task = {
  kind: 'category',
  targets: classesIn,
  classes: classNames,
  aspects(dataset) {
    const names = classNames(dataset);
    const compared = names.map((name, code) => ({ code, names: [`not "${name}"`, `"${name}"`] as const }));
    return classAspects(classesIn(dataset), { count: names.length, compared });
  },
  plainLearner: logistic(),
  leakageMetrics: [classAuc, macroF1],
  metrics: [classLogLoss, macroF1, classAccuracy, classAuc, classAucWithinFolds],
  defaultMetrics: [classLogLoss, macroF1],
  scorecard: [classLogLoss, macroF1, classAccuracy, classAuc],
  studyMetrics: [classLogLoss, macroF1, classAccuracy, classAuc],
  strata: (targets) => ({ of: targets, count: countClasses(targets) }),
  means: () => undefined,
  learner: (learner) =>
    needsOneVsRest(learner) ? oneVsRest(learner) : learnerThatTakes(learner, 'category'),
  combine: (answers) =>
    Float64Array.from(answers[0]!, (_, i) => {
      let sum = 0;
      for (const probabilities of answers) sum += probabilities[i]!;
      return sum / answers.length;
    }),
  details: (judged, { classes }) => ({
    classes: { names: classes, confusion: confusionTable(judged, classes).counts },
  }),
  describe: (targets, { classes }) =>
    classes
      .map((name, code) => `${name} ${((100 * countOf(targets, code)) / targets.length).toFixed(1)}\u00a0%`)
      .join(', '),
  answer: ({ target }) => classAnswer(target.classes),
  combined: 'the mean probabilities',
  additiveUnit: 'probability',
};

/** A probability for each class. */
function classAnswer(classes: readonly string[]): AnswerShape {
  const share = { type: 'number', minimum: 0, maximum: 1 };
  return {
    fields: [
      {
        name: 'probabilities',
        schema: {
          type: 'object',
          description: 'The probability of each class; they sum to 1.',
          properties: Object.fromEntries(classes.map((name) => [name, share])),
          required: [...classes],
          additionalProperties: false,
        },
        datatype: 'FP64',
        parts: classes,
      },
    ],
    columns: classes.map((name) => `probability of ${name}`),
    main: 'probabilities',
    title: 'Probability of each class',
    of: (answers, at) => ({
      probabilities: Object.fromEntries(classes.map((name, k) => [name, answers[at + k]!])),
    }),
    isPossible: (answer) => answer >= 0 && answer <= 1,
  };
}

function countOf(targets: Targets, code: number): number {
  let count = 0;
  for (let i = 0; i < targets.length; i++) if (targets[i] === code) count++;
  return count;
}

/** A learner of yes or no tells several classes apart by one model for each. */
function needsOneVsRest(learner: Learner): boolean {
  const takes = takesOf(learner);
  return takes.includes('yesNo') && !takes.includes('category');
}

/** One more than the greatest code. */
function countClasses(targets: Targets): number {
  let most = 0;
  for (let i = 0; i < targets.length; i++) most = Math.max(most, targets[i]! + 1);
  return most;
}

/** The closed list of the schema, else every level of the table's column; parts of a dataset share it. */
function classNames({ schema, table }: Dataset): readonly string[] {
  return table.categories(schema.target.name).levels;
}

function classesIn({ schema, table }: Dataset): Classes {
  const { name } = schema.target;
  const { codes } = table.categories(name);
  const missing = codes.indexOf(-1);
  if (missing < 0) return codes;
  throw new Problem({
    code: 'schema-bad-label',
    what: 'a row has no outcome',
    where: { row: missing, column: name },
    expected: 'one of the classes',
    remedy: 'leave rows without an outcome out: they can neither teach nor judge',
  });
}
