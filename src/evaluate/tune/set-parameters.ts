/** A learner with other parameters, found through its wrappers. */
import type { Json, JsonObject } from '../../json.js';
import type { Learner } from '../../models/models.js';
import { type LearnerJson, learnerJson } from '../../models/reader.js';
import { listNames, Problem } from '../../problem.js';
import { learnerFromJson } from '../learner-registry.js';

/**
 * The learner with these parameters in the place of its own. A name means the outermost learner that has such a
 * parameter: `l2` of `withRecency(logistic(), …)` is logistic's, `halfLife` the wrapper's. Throws
 * `evaluate-tune-parameter` for a name that none has, and whatever the learner throws for a value that it cannot use.
 */
export function setParameters(learner: Learner, values: JsonObject): Learner {
  let json = learnerJson(learner);
  for (const [name, value] of Object.entries(values))
    json = set(json, name, value!) ?? unknown(learner, name);
  return learnerFromJson(json);
}

function set(json: LearnerJson, name: string, value: Json): LearnerJson | undefined {
  const { params } = json;
  if (ownNames(params).includes(name)) return { ...json, params: { ...params, [name]: value } };
  const inner = innerOf(params);
  const changed = inner && set(inner, name, value);
  return changed && { ...json, params: { ...params, learner: changed } };
}

function ownNames(params: JsonObject): string[] {
  return Object.keys(params).filter((name) => name !== 'learner' && name !== 'learners');
}

function innerOf({ learner }: JsonObject): LearnerJson | undefined {
  return learner as LearnerJson | undefined;
}

function unknown(learner: Learner, name: string): never {
  const names: string[] = [];
  for (let json: LearnerJson | undefined = learnerJson(learner); json; json = innerOf(json.params))
    names.push(...ownNames(json.params));
  throw new Problem({
    code: 'evaluate-tune-parameter',
    what: `${learner.name} has no parameter "${name}"`,
    expected: `one of ${listNames([...new Set(names)], { last: 'or', most: 40 })}`,
  });
}
