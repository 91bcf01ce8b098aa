/** A run as it is told: what was done, by whom, when, from what, and how it ended. */
import type { JsonObject } from '../json.js';

/** What kinds of runs are recorded. */
export const runKinds: readonly [
  'training',
  'update',
  'copy',
  'batch',
  'job',
  'promotion',
  'rollback',
  'forgetting',
] = ['training', 'update', 'copy', 'batch', 'job', 'promotion', 'rollback', 'forgetting'];

export type RunKind = (typeof runKinds)[number];

/**
 * How a run stands. `running`, then one of: `ended`, `failed` (with its reason), `stopped` (by a person), `quarantined`
 * (it ended, and what came out was set aside). `gone` is a run that says it goes on while its process has ended.
 */
export type RunState = (typeof runStates)[number];

/** How a run may stand. */
export const runStates: readonly ['running', 'ended', 'failed', 'stopped', 'quarantined', 'gone'] = [
  'running',
  'ended',
  'failed',
  'stopped',
  'quarantined',
  'gone',
];

/** One run. */
export interface RecordedRun {
  readonly id: string;
  readonly kind: RunKind;
  /** Of the study, copy, job or batch. */
  readonly name: string;
  readonly who: string;
  /** In ISO 8601, UTC. */
  readonly started: string;
  readonly ended: string | null;
  readonly state: RunState;
  readonly seconds: number | null;
  /** What went in: files with their hashes, versions, options. */
  readonly input: JsonObject;
  /** What came out. */
  readonly output: JsonObject;
  /** Why it failed, without values of rows. */
  readonly error: string | null;
  /** Name and version of the program. */
  readonly program: string;
  /** The machine. */
  readonly host: string;
}
