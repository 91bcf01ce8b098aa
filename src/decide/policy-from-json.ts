/** Reads policies back from an artefact. */
import { JsonReader } from '../json.js';
import { atCutoff } from './at-cutoff.js';
import { byCapacity } from './by-capacity.js';
import { byF1 } from './by-f1.js';
import { byMoney } from './by-money.js';
import { outcomeFromJson } from './outcome-json.js';
import type { FittedPolicy, Policy, PolicyOptions } from './policy.js';

/** The fitted policy that `toJSON` saved. Throws `artefact-structure` or `decide-option`. */
export function policyFromJson(json: unknown): FittedPolicy {
  const reader = new JsonReader(json);
  const policy = readPolicy(reader);
  // A cut-off just above 1 acts on nothing.
  const cutoff = reader.field('cutoff').number({ min: 0, max: 1 + Number.EPSILON });
  return policy.restore(cutoff, outcomeFromJson(reader.field('expected'), policy.money));
}

/** The unfitted policy of `{ kind, params }`. Throws `artefact-structure` or `decide-option`. */
export function readPolicy(reader: JsonReader): Policy {
  const params = reader.field('params');
  const amount = (name: string): number => params.field(name).number();
  const verb = params.optional('verb')?.string();
  const options: PolicyOptions = verb === undefined ? {} : { verb };
  switch (reader.field('kind').oneOf(['f1', 'money', 'capacity', 'cutoff'])) {
    case 'f1':
      return byF1(options);
    case 'money':
      return byMoney({
        ...options,
        costPerAction: amount('costPerAction'),
        gainPerYes: amount('gainPerYes'),
      });
    case 'capacity': {
      const daysPerBatch = params.optional('daysPerBatch')?.number();
      const rowsPerDay = params.optional('rowsPerDay')?.number();
      return byCapacity({
        ...options,
        actionsPerDay: amount('actionsPerDay'),
        ...(daysPerBatch !== undefined && { daysPerBatch }),
        ...(rowsPerDay !== undefined && { rowsPerDay }),
      });
    }
    case 'cutoff':
      return atCutoff(amount('cutoff'), options);
  }
}
