/** Decides for the class whose expected cost is least. */
import { listNames, Problem } from '../problem.js';
import { type ClassPolicy, makeClassPolicy } from './class-policy.js';

/** What it costs to decide for a class, by the class that comes true; 0 where nothing is said. */
export type Costs = { readonly [decided: string]: { readonly [cameTrue: string]: number } };

/**
 * For a target of several classes: the class with the least expected cost, Σ probability · cost; of equals the first. So
 * probabilities must mean what they say. Throws `decide-option` for costs that are no finite numbers, and when it is
 * fitted for names that are no classes.
 *
 * @example
 * const policy = byCosts({ basic: { company: 30 }, company: { basic: 5, family: 5 } });
 */
export function byCosts(costs: Costs): ClassPolicy {
  const wrong = Object.values(costs).some((row) => !Object.values(row).every(Number.isFinite));
  if (wrong) {
    throw new Problem({
      code: 'decide-option',
      what: 'a cost is no finite number',
      expected: 'byCosts({ decided: { cameTrue: 5 } })',
    });
  }
  return makeClassPolicy({
    kind: 'costs',
    name: 'the class of the least expected cost',
    params: { costs: { ...costs } },
    chooser(classes) {
      const named = [...Object.keys(costs), ...Object.values(costs).flatMap((row) => Object.keys(row))];
      const strange = [...new Set(named.filter((name) => !classes.includes(name)))];
      if (strange.length > 0) {
        throw new Problem({
          code: 'decide-option',
          what: `costs are given for ${listNames(strange)}, which the target never is`,
          expected: `costs for ${listNames([...classes], { last: 'and' })}`,
        });
      }
      const table = classes.map((decided) => classes.map((cameTrue) => costs[decided]?.[cameTrue] ?? 0));
      return (probabilities) => {
        const expected = table.map((row) => row.reduce((sum, cost, k) => sum + probabilities[k]! * cost, 0));
        return expected.indexOf(Math.min(...expected));
      };
    },
  });
}
