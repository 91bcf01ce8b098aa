/** The check at the door of every score: lengths that agree, labels of 0 and 1, probabilities that are numbers. */
import { type Issue, Problem, show } from '../problem.js';
import type { Labels } from '../table/matrix.js';

/** Throws a `Problem` with every `evaluate-bad-…` issue at once. Probabilities may lie outside [0, 1]: ranks are ranks. */
export function checkPredictions(predictions: { labels: Labels; probabilities: Float64Array }): void {
  const { labels, probabilities } = predictions;
  const issues: Issue[] = [];
  if (labels.length !== probabilities.length) {
    issues.push({
      code: 'evaluate-bad-length',
      what: `there are ${labels.length} labels and ${probabilities.length} probabilities`,
      expected: 'one of each for every row',
    });
  }
  const label = labels.findIndex((value) => value > 1);
  if (label >= 0) {
    issues.push({
      code: 'evaluate-bad-label',
      what: 'a label is neither 0 nor 1',
      where: { row: label },
      got: show(labels[label]),
    });
  }
  const missing = probabilities.findIndex((value) => Number.isNaN(value));
  if (missing >= 0) {
    issues.push({
      code: 'evaluate-bad-probability',
      what: 'a probability is not a number',
      where: { row: missing },
      got: 'NaN',
      remedy: 'look for missing values that the learner could not bear',
    });
  }
  if (issues.length > 0) throw new Problem(issues);
}
