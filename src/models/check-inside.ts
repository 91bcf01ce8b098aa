/** The check that a wrapper can work with the learner inside it. */
import { Problem } from '../problem.js';
import { kindNames } from '../table/kind-names.js';
import type { TargetKind } from '../table/matrix.js';
import { type Learner, type Refusals, takesOf } from './models.js';

/** Throws `models-inside` where the learner does not learn the targets that the wrapper would give it. */
export function checkInside(
  learner: Learner,
  { wrapper, kind, refuses }: { wrapper: string; kind: TargetKind; refuses?: Refusals },
): void {
  const takes = takesOf(learner);
  if (takes.includes(kind)) return;
  const remedy = takes.map((one) => refuses?.[one]?.remedy).find(Boolean);
  throw new Problem({
    code: 'models-inside',
    what: `${wrapper} cannot wrap "${learner.name}": it would ask it for ${kindNames[kind]}`,
    got: `a learner of ${takes.map((one) => kindNames[one]).join(' or ')}`,
    expected: `a learner of ${kindNames[kind]}`,
    ...(remedy && { remedy }),
  });
}
