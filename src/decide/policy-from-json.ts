/** Reads policies back from an artefact. */
import { JsonReader } from '../json.js';
import type { TargetKind } from '../table/matrix.js';
import { atCutoff } from './at-cutoff.js';
import { byCapacity } from './by-capacity.js';
import { byCosts, type Costs } from './by-costs.js';
import { byF1 } from './by-f1.js';
import { byMoney } from './by-money.js';
import { byMostLikely } from './by-most-likely.js';
import { byThreshold } from './by-threshold.js';
import type { ClassPolicy } from './class-policy.js';
import type { CutoffPolicy } from './make-policy.js';
import { noDecision } from './no-decision.js';
import { outcomeFromJson } from './outcome-json.js';
import type { FittedPolicy, PolicyOptions } from './policy.js';

const targets: readonly TargetKind[] = ['yesNo', 'number', 'category'];
const cutKinds = ['f1', 'money', 'capacity', 'cutoff', 'threshold'] as const;
const classKinds = ['most-likely', 'costs'] as const;

/** The fitted policy that `toJSON` saved. Throws `artefact-structure` or `decide-option`. */
export function policyFromJson(json: unknown): FittedPolicy {
  const reader = new JsonReader(json);
  const kind = reader.field('kind').oneOf(['none', ...cutKinds, ...classKinds] as const);
  const params = reader.field('params');
  if (kind === 'none') {
    const nothing = { targets: new Uint8Array(0), predicted: new Float64Array(0) };
    return noDecision(params.field('target').oneOf(targets)).fit(nothing);
  }
  if (kind === 'most-likely' || kind === 'costs') {
    const policy = classPolicy(kind, params);
    return policy.restore(reader.field('classes').strings(), outcomeFromJson(reader.field('expected')));
  }
  const policy = cutPolicy(kind, params);
  // A cut-off just above 1 acts on nothing.
  const bounds = kind === 'threshold' ? {} : { min: 0, max: 1 + Number.EPSILON };
  return policy.restore(
    reader.field('cutoff').number(bounds),
    outcomeFromJson(reader.field('expected'), policy.money),
  );
}

function classPolicy(kind: (typeof classKinds)[number], params: JsonReader): ClassPolicy {
  if (kind === 'most-likely') return byMostLikely();
  const costs = params.field('costs');
  const rows = costs.keys().map((decided) => {
    const row = costs.field(decided);
    return [decided, Object.fromEntries(row.keys().map((name) => [name, row.field(name).number()]))];
  });
  return byCosts(Object.fromEntries(rows) as Costs);
}

function cutPolicy(kind: (typeof cutKinds)[number], params: JsonReader): CutoffPolicy {
  const amount = (name: string): number => params.field(name).number();
  const verb = params.optional('verb')?.string();
  const options: PolicyOptions = verb === undefined ? {} : { verb };
  switch (kind) {
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
    case 'threshold':
      return byThreshold({ ...options, atLeast: amount('atLeast') });
    case 'cutoff':
      return atCutoff(amount('cutoff'), options);
  }
}
