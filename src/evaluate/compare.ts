/**
 * Races candidates on the same folds, on all cores, and gives a leaderboard that prints itself.
 * Long, because its options, their checks and the race are one contract.
 */
import type { Recipe } from '../features/features.js';
import { noFeatures } from '../features/recipe.js';
import type { JsonObject } from '../json.js';
import type { Learner } from '../models/models.js';
import { type Issue, listNames, Problem } from '../problem.js';
import { cellLine } from '../progress.js';
import type { Dataset } from '../schema/schema.js';
import { kindNames } from '../table/kind-names.js';
import { knownMetrics } from '../task/known-metrics.js';
import type { Estimate, Metric, Predictions } from '../task/predictions.js';
import type { Task } from '../task/task.js';
import { taskOf } from '../task/task-of.js';
import { openThreads } from '../threads.js';
import { type FoldResult, foldSeed, gatherer, judgeFold, underProtocol } from './cross-validate.js';
import { type CutoffSearch, cutoffSentence, usualCutoffSearch } from './cutoff-search.js';
import type { Protocol } from './evaluate.js';
import { isFailure, orFailure, worstOf } from './fold-failure.js';
import { estimateEach } from './intervals.js';
import { type Pipeline, pipeline } from './pipeline.js';
import { defaultProtocols } from './protocols/default-protocols.js';
import { namedForWhatItIs } from './protocols/optimistic.js';
import type { Race } from './race.js';
import { raceOf } from './race-of.js';
import { canTravel, inThreads, type RaceThreads } from './race-threads.js';
import type { RaceShared, RaceTask } from './race-worker.js';
import { shareDataset } from './shared-dataset.js';

export interface CompareOptions {
  /** What bare learners are bound to; not needed for pipelines, nor for `baseline()`. */
  features?: Recipe;
  /** The candidates, the simplest first: that order breaks ties. */
  learners: readonly (Learner | Pipeline)[];
  /** The first decides. By default AUC within folds and F1, for a number RMSE and MAE, for classes log loss and macro F1. */
  metrics?: readonly Metric[];
  /** The first decides. By default what the schema asks for: time, then groups, respected; a shuffle only beside it. */
  protocols?: readonly Protocol[];
  /**
   * How the cut-off of F1 and its like is found on each fold's training rows; 'hold-out' by default, as in every study.
   * Not sought at all where no metric needs it.
   */
  cutoff?: CutoffSearch;
  seed?: number;
  /** How many threads work; the bits are the same whatever it is. By default 2. */
  threads?: number;
  /** Told of the fits done, of all, and what is being fitted; in a notebook a line shows it where nobody asks. */
  onProgress?: (done: number, total: number, what: string) => void;
  signal?: AbortSignal;
}

/**
 * Judges every candidate under every protocol. Everything fitted is fitted again in each fold, recipes included.
 * A candidate that cannot learn from the rows of a fold is marked with the reason, and the others go on; where none can,
 * the `Problem` says why for each. Throws `evaluate-candidates` for none, for two of one name, or for a learner without a
 * recipe (and likewise `evaluate-protocols`, `evaluate-metrics`).
 *
 * @example
 * const race = await compare(train, { features: recipe, learners: [baseline(), logistic()], seed: 7 });
 * race                                                    // a table, best first, with intervals
 * const model = race.best().fit(train);                 // the simplest within one standard error of the best
 */
export async function compare(dataset: Dataset, options: CompareOptions): Promise<Race> {
  const line = options.onProgress ? undefined : cellLine();
  const onProgress = line
    ? (done: number, total: number, what: string) => line.tell(done / total, what)
    : options.onProgress;
  try {
    return await run(dataset, { ...options, ...(onProgress && { onProgress }) });
  } finally {
    line?.end();
  }
}

async function run(dataset: Dataset, options: CompareOptions): Promise<Race> {
  const { seed = 1, cutoff = usualCutoffSearch, threads = 2, onProgress, signal } = options;
  const task = taskOf(dataset.schema);
  const without = noFeatures(dataset.schema);
  const metrics = options.metrics ?? task.defaultMetrics;
  const candidates = options.learners.map((one) => asPipeline(one, options.features ?? without));
  const asked = options.protocols ?? defaultProtocols(dataset, { seed });
  const protocols = asked.map((protocol) => namedForWhatItIs(protocol, dataset));
  checkRace({ candidate: candidates, protocol: protocols, metric: metrics });
  checkMetrics(metrics, task);
  const rounds = protocols.map((protocol) => ({
    protocol,
    kind: protocol.kind,
    folds: protocol.folds(dataset),
  }));
  // Fold by fold: what a thread has found of a fold's rows for one candidate serves the next.
  const fits = rounds.flatMap(({ folds, protocol }, p) =>
    folds.flatMap((_, k) =>
      candidates.map((candidate, c): RaceTask & { kind: 'fold' } => ({
        kind: 'fold',
        protocol: p,
        candidate: c,
        fold: k,
        seed: foldSeed(seed, { candidate: candidate.name, protocol: protocol.name, fold: k }),
        cutoff: metrics.some((metric) => metric.atCutoff) && cutoff,
      })),
    ),
  );

  const shares = new Float64Array(fits.length);
  const tell = (fit: number, share: number): void => {
    shares[fit] = share;
    const done = shares.reduce((sum, one) => sum + one, 0);
    onProgress?.(done, fits.length, candidates[fits[fit]!.candidate]!.name);
  };
  const shared: RaceShared = {
    dataset: shareDataset(dataset),
    candidates: candidates.map((candidate) => JSON.parse(JSON.stringify(candidate.toJSON())) as JsonObject),
    protocols: rounds.map(({ kind, folds }) => ({ kind, folds })),
    tells: onProgress !== undefined,
  };
  const raceThreads: RaceThreads = {
    pool: openThreads({ worker: new URL('./race-worker.js', import.meta.url), shared, threads }),
    signal,
  };
  try {
    const travels = shared.candidates.map((json) => canTravel(dataset, json));
    const away = fits.map(({ candidate }) => travels[candidate]!);
    const fitted = await inThreads(
      raceThreads,
      { tasks: fits, away, onProgress: tell },
      (task, onProgress) => {
        const { protocol, candidate, fold, seed, cutoff } = task;
        const { kind, folds } = rounds[protocol]!;
        const place = { dataset: underProtocol(dataset, kind), fold: folds[fold]! };
        const how = { seed, cutoff, onProgress, signal };
        return orFailure(() => judgeFold(candidates[candidate]!, place, how));
      },
    );

    const failures = candidates.flatMap((candidate, c) => {
      const failed = fits.flatMap((fit, i) => {
        const result = fitted[i]!;
        if (fit.candidate !== c || !isFailure(result)) return [];
        const { protocol, folds } = rounds[fit.protocol]!;
        return [{ ...result, where: `under ${protocol.name}, ${folds[fit.fold]!.name}` }];
      });
      const worst = worstOf(failed);
      return worst ? [{ ...worst, candidate }] : [];
    });
    const judged = candidates.filter((candidate) => !failures.some((one) => one.candidate === candidate));
    if (judged.length === 0) {
      throw new Problem(
        failures.flatMap(({ candidate, where, issues }) =>
          issues.map((issue) => ({ ...issue, what: `"${candidate.name}" ${where}: ${issue.what}` })),
        ),
      );
    }

    const results = fitted as readonly FoldResult[];
    const gather = rounds.map(({ protocol, folds }) => gatherer(dataset, { protocol, folds }));
    const entries = judged.flatMap((candidate) =>
      rounds.map(({ protocol }, p) => {
        const mine = results.filter(
          (_, i) => candidates[fits[i]!.candidate] === candidate && fits[i]!.protocol === p,
        );
        return { candidate, protocol, predictions: gather[p]!(mine) };
      }),
    );
    const estimates = await estimateEntries(entries, { metrics, seed }, raceThreads);
    const cells = entries.map((entry, i) => ({ ...entry, estimates: estimates[i]! }));
    return raceOf({
      candidates: judged,
      failures: failures.map(({ candidate: { name }, where, issues }) => ({
        name,
        why: `"${name}" was not judged, ${where}: ${new Problem(issues).message}`,
      })),
      protocols,
      metrics,
      cutoff: cutoffSentence(metrics, { protocols, how: cutoff }),
      cells,
      seed,
      rowCount: dataset.table.rowCount,
    });
  } finally {
    await raceThreads.pool.end();
  }
}

/**
 * Estimates of every entry. Those of one protocol are of the same rows, so that each thread draws the resamples once for
 * its share of them. A metric that is not among the known ones cannot be named to a thread, and stays here.
 */
async function estimateEntries(
  entries: readonly { protocol: Protocol; predictions: Predictions }[],
  { metrics, seed }: { metrics: readonly Metric[]; seed: number },
  raceThreads: RaceThreads,
): Promise<Estimate[][]> {
  const names = metrics.map(({ name }) => name);
  const shares = [...new Set(entries.map(({ protocol }) => protocol))].flatMap((protocol) => {
    const mine = [...entries.keys()].filter((i) => entries[i]!.protocol === protocol);
    const size = Math.ceil(mine.length / raceThreads.pool.count);
    return Array.from({ length: Math.ceil(mine.length / size) }, (_, k) =>
      mine.slice(k * size, (k + 1) * size),
    );
  });
  const tasks = shares.map((share): RaceTask & { kind: 'estimates' } => {
    return { kind: 'estimates', judged: share.map((i) => entries[i]!.predictions), metrics: names, seed };
  });
  const known = metrics.every((metric) => knownMetrics.includes(metric));
  const away = tasks.map(() => known);
  const answers = await inThreads(raceThreads, { tasks, away }, ({ judged }) => ({
    estimates: estimateEach(metrics, judged, { seed }),
  }));
  const estimates = new Array<Estimate[]>(entries.length);
  shares.forEach((share, k) => {
    const of = (answers[k] as { estimates: Estimate[][] }).estimates;
    share.forEach((i, place) => {
      estimates[i] = of[place]!;
    });
  });
  return estimates;
}

function asPipeline(candidate: Learner | Pipeline, recipe: Recipe): Pipeline {
  if (!('params' in candidate)) return candidate;
  if (recipe.steps.length > 0 || candidate.needsFeatures === false) return pipeline(recipe, candidate);
  throw new Problem({
    code: 'evaluate-candidates',
    what: `the learner "${candidate.name}" has no features to learn from`,
    remedy: 'give compare a recipe, features: …, or bind the learner to one with pipeline(recipe, learner)',
  });
}

/** Throws `evaluate-other-kind` for metrics that mean nothing for this target. */
function checkMetrics(metrics: readonly Metric[], task: Task): void {
  const strange = metrics.filter(({ kind }) => kind !== task.kind);
  if (strange.length === 0) return;
  throw new Problem({
    code: 'evaluate-other-kind',
    what: `${listNames(strange.map(({ name }) => name))} cannot judge a target that is ${kindNames[task.kind]}`,
    expected: `metrics such as ${listNames(
      task.metrics.map(({ name }) => name),
      { last: 'or' },
    )}`,
    remedy: 'leave metrics out to get the usual ones',
  });
}

/** Throws one `Problem` with all that is missing or has the name of another. */
function checkRace(
  lists: Readonly<Record<'candidate' | 'protocol' | 'metric', readonly { name: string }[]>>,
): void {
  const issues: Issue[] = [];
  for (const [what, list] of Object.entries(lists)) {
    const names = list.map(({ name }) => name);
    const repeated = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
    const remedy =
      what === 'candidate'
        ? "give each a name of its own: pipeline(recipe, learner, { name: '…' })"
        : 'leave one of them out';
    if (names.length === 0)
      issues.push({ code: `evaluate-${what}s`, what: `a race needs a ${what} and has none` });
    if (repeated.length > 0) {
      issues.push({
        code: `evaluate-${what}s`,
        what: `several ${what}s are called ${listNames(repeated)}`,
        remedy,
      });
    }
  }
  if (issues.length > 0) throw new Problem(issues);
}
