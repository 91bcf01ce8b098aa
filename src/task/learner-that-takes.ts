/** The check that a learner can learn a kind of target. */
import { type Learner, takesOf } from '../models/models.js';
import { listNames, Problem } from '../problem.js';
import { kindNames } from '../table/kind-names.js';
import type { TargetKind } from '../table/matrix.js';

/** The learner itself, or a sentence. Throws `task-learner`. */
export function learnerThatTakes(learner: Learner, kind: TargetKind): Learner {
  const takes = takesOf(learner);
  if (takes.includes(kind)) return learner;
  const refusal = learner.refuses?.[kind];
  if (refusal) {
    throw new Problem({
      code: 'task-learner',
      what: `the learner "${learner.name}" cannot learn a target that is ${kindNames[kind]}: ${refusal.why}`,
      remedy: refusal.remedy,
    });
  }
  throw new Problem({
    code: 'task-learner',
    what: `the learner "${learner.name}" predicts ${takes.map((one) => kindNames[one]).join(' or ')}, and the target is ${kindNames[kind]}`,
    expected: `a learner for such targets, such as ${listNames([...suggestions[kind]], { last: 'or' })}`,
  });
}

const suggestions: Readonly<Record<TargetKind, readonly string[]>> = {
  yesNo: ['logistic()', 'boosting()', 'randomForest()'],
  number: ['ridge()', 'boosting()', 'randomForest()'],
  category: ['logistic()', 'boosting()', 'randomForest()'],
};
