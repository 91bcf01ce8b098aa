/** What is said where a list is to be acted on, and the policy acts on nothing. */
import { Problem } from '../problem.js';

/** The problem of choosing by a policy that decides for a class, or nothing. */
export function noRank(name: string): Problem {
  return new Problem({
    code: 'decide-no-rank',
    what: `the policy "${name}" acts on no rows, so a list has no highest rows to choose`,
    remedy: 'leave "choose" out',
  });
}
