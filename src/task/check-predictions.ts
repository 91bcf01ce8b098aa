/** The check at the door of every metric: lengths that agree, targets of its kind, predictions that are numbers. */
import { type Issue, Problem, show } from '../problem.js';
import { kindNames } from '../table/kind-names.js';
import { kindOfTargets, type TargetKind } from '../table/matrix.js';
import type { Judged } from './predictions.js';

/**
 * Throws a `Problem` with every `evaluate-bad-…` issue at once; `evaluate-other-kind` where a metric is for another kind of
 * target. Probabilities may lie outside [0, 1]: ranks are ranks.
 */
export function checkPredictions(
  { targets, predicted, width = 1 }: Judged,
  metric?: { name: string; kind: TargetKind },
): void {
  const issues: Issue[] = [];
  const kind = kindOfTargets(targets);
  if (metric && metric.kind !== kind) {
    throw new Problem({
      code: 'evaluate-other-kind',
      what: `${metric.name} is for ${kindNames[metric.kind]}, and what is predicted here is ${kindNames[kind]}`,
      remedy: 'leave metrics out to get those of the target',
    });
  }
  if (targets.length * width !== predicted.length) {
    issues.push({
      code: 'evaluate-bad-length',
      what: `there are ${targets.length} targets and ${predicted.length} predictions`,
      expected: width === 1 ? 'one of each for every row' : `${width} predictions for every row`,
    });
  }
  const wrong = targets.findIndex((value) => (kind === 'yesNo' ? value > 1 : !(value - value === 0)));
  if (wrong >= 0) {
    issues.push({
      code: 'evaluate-bad-label',
      what: kind === 'yesNo' ? 'a label is neither 0 nor 1' : 'a target is not a finite number',
      where: { row: wrong },
      got: show(targets[wrong]),
    });
  }
  const missing = predicted.findIndex((value) => Number.isNaN(value));
  if (missing >= 0) {
    issues.push({
      code: 'evaluate-bad-probability',
      what: kind === 'number' ? 'a prediction is not a number' : 'a probability is not a number',
      where: { row: Math.floor(missing / width) },
      got: 'NaN',
      remedy: 'look for missing values that the learner could not bear',
    });
  }
  if (issues.length > 0) throw new Problem(issues);
}
