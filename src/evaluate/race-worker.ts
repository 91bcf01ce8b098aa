/** A worker thread of a race: judges folds and computes intervals. Started by `compare`. */
import type { JsonObject } from '../json.js';
import type { Dataset } from '../schema/schema.js';
import { metricNamed } from '../task/known-metrics.js';
import type { Estimate, Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import { answerTasks } from '../threads.js';
import { judgeFold, underProtocol } from './cross-validate.js';
import type { CutoffSearch } from './cutoff-search.js';
import type { Fold, Protocol } from './evaluate.js';
import { type FoldFailure, orFailure } from './fold-failure.js';
import { estimateEach } from './intervals.js';
import { pipelineFromJson } from './pipeline-from-json.js';
import { receiveDataset, type SharedDataset } from './shared-dataset.js';

/** What every task of a race shares. */
export interface RaceShared {
  readonly dataset: SharedDataset;
  readonly candidates: readonly JsonObject[];
  readonly protocols: readonly { readonly kind: Protocol['kind']; readonly folds: readonly Fold[] }[];
  /** Whether anybody is told of the progress: a message after every tree takes its time. */
  readonly tells: boolean;
}

/** One fold of one candidate under one protocol, or the estimates of some candidates under one protocol. */
export type RaceTask =
  | {
      readonly kind: 'fold';
      readonly protocol: number;
      readonly candidate: number;
      readonly fold: number;
      readonly seed: number;
      readonly cutoff: CutoffSearch;
    }
  | {
      readonly kind: 'estimates';
      readonly judged: readonly Predictions[];
      readonly metrics: readonly string[];
      readonly seed: number;
    };

export type RaceAnswer =
  | { readonly predicted: Float64Array; readonly cutoff: number }
  | FoldFailure
  | { readonly estimates: Estimate[][] };

answerTasks<RaceShared, RaceTask, RaceAnswer>(({ dataset: sharedDataset, candidates, protocols, tells }) => {
  const dataset = receiveDataset(sharedDataset);
  const seen = new Map<Protocol['kind'], Dataset>();
  return (task, onProgress) => {
    if (task.kind === 'estimates') {
      const { judged, metrics, seed } = task;
      const asked = metrics.map((name) => metricNamed(name, taskOf(dataset.schema).metrics));
      return { estimates: estimateEach(asked, judged, { seed }) };
    }
    const { kind, folds } = protocols[task.protocol]!;
    const view = seen.get(kind) ?? underProtocol(dataset, kind);
    seen.set(kind, view);
    const pipeline = pipelineFromJson(view.schema, candidates[task.candidate]);
    const { seed, cutoff } = task;
    const place = { dataset: view, fold: folds[task.fold]! };
    return orFailure(() => judgeFold(pipeline, place, { seed, cutoff, ...(tells && { onProgress }) }));
  };
});
