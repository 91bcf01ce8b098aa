/** Saves a model that was measured, from a notebook or a program. */
import { join } from 'node:path';
import { defaultPolicy } from '../decide/default-policy.js';
import type { Policy } from '../decide/policy.js';
import type { FittedPipeline } from '../evaluate/pipeline.js';
import { modelCard } from '../report/model-card.js';
import { writeReport } from '../report/write-report.js';
import type { Dataset } from '../schema/schema.js';
import { makeArtefact } from '../study/artefact.js';
import { judgeRows } from '../study/judge-rows.js';
import { savedReport } from '../study/saved-report.js';
import { withText } from '../table/print.js';
import { taskOf } from '../task/task-of.js';
import { programVersion, workspace } from '../workspace.js';
import { type StoreOptions, writeArtefact } from './artefact-store.js';
import { type Registered, registerVersion } from './registry.js';

/** What `saveArtefact` takes beside the study's name and the model. */
export interface SaveOptions extends StoreOptions {
  /** The rows that it was fitted on. */
  trainedOn: Dataset;
  /** The rows that it was measured on, which taught it nothing; the policy learns its cut-off from them. */
  measuredOn: Dataset;
  /** By default a cut-off of one half, no decision on a number, or the most likely class. */
  policy?: Policy;
  /** Why this model was kept. */
  why: string;
  /** Who kept it; by default the user of this machine. */
  by?: string;
  /** Makes it the champion. Without it the first model of a study is its champion, a later one the challenger. */
  promote?: boolean;
  seed?: number;
  /** The folder of the report and its card; by default `reports/STUDY-saved` of the workspace. False for none. */
  reports?: string | false;
  /** When it is saved; by default now. */
  now?: Date;
}

/** A model that was saved; prints itself as a line that says what it became, and where its report is. */
export interface SavedArtefact extends Registered {
  readonly study: string;
  readonly version: string;
  /** The page of its report, where one was written. */
  readonly page: string | undefined;
}

/**
 * Saves a fitted pipeline as an artefact, with a report and a card: as the champion of its study where it is the first,
 * else as the challenger. Throws what `makeArtefact`, `savedReport` and the store throw.
 *
 * @example
 * const { version } = await saveArtefact('term-deposit', model, {
 *   folder: 'models', // by default the workspace's
 *   trainedOn: train,
 *   measuredOn: test,
 *   policy: byCapacity({ actionsPerDay: 200, rowsPerDay: 1000 }),
 *   why: 'the best ranking in the order of time',
 * });
 */
export async function saveArtefact(
  study: string,
  pipeline: FittedPipeline,
  options: SaveOptions,
): Promise<SavedArtefact> {
  const { trainedOn, measuredOn, why, promote, seed = 1 } = options;
  const now = options.now ?? new Date();
  const program = programVersion();
  const predicted = judgeRows(pipeline, measuredOn, Number.NaN);
  const rule = options.policy ?? defaultPolicy(taskOf(measuredOn.schema).kind);
  const policy = rule.fit(predicted, pipeline.target);
  const judged = { ...predicted, cutoffs: Float64Array.of(policy.cutoff ?? Number.NaN) };
  const model = { study, pipeline, policy, trainedOn, measuredOn, why, seed, program };
  const report = await savedReport({ ...model, judged });
  const scores = Object.entries(report.holdout.scores).map(([name, { value }]) => [name, value]);
  const card = modelCard(report);
  const artefact = makeArtefact({ ...model, scores: Object.fromEntries(scores), card, report }, now);
  writeArtefact(artefact, options);
  const { version } = artefact;
  const registered = await registerVersion({ study, version }, { ...options, now, promote });
  const folder = options.reports ?? join(workspace().reports, `${study}-saved`);
  const written =
    folder === false
      ? undefined
      : await writeReport(report, { folder, kept: { version, module: null, cells: [] } });
  return withText({ study, version, ...registered, page: written?.page }, ({ said, page }) => {
    return `${study}@${version} is ${said}.${page === undefined ? '' : `\nReport: ${page}`}`;
  });
}
