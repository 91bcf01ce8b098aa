/** What a search tried, how it went, and what it chose; prints itself. */
import type { Json, JsonObject, JsonReader } from '../../json.js';
import { formatTable } from '../../table/format-table.js';
import { shortNumber, withText } from '../../table/print.js';

/** One round: how many candidates, on which share of the rows that teach. */
export interface Round {
  readonly share: number;
  readonly count: number;
}

/** One candidate: what it changed in the learner, and its mean score in each round that it reached. */
export interface TuningTrial {
  /** Nothing for the first: the learner as it was given. */
  readonly values: JsonObject;
  /** NaN where the score is not defined in any fold. */
  readonly scores: readonly number[];
}

export interface Tuning {
  /** The name of the metric that decided. */
  readonly metric: string;
  /** The name of the protocol that judged, inside the training rows. */
  readonly protocol: string;
  readonly rounds: readonly Round[];
  readonly trials: readonly TuningTrial[];
  /** The place of the chosen one among the trials. */
  readonly chosen: number;
}

/** The record, copied so that nobody else holds its parts. */
export function tuningOf({ metric, protocol, rounds, trials, chosen }: Tuning): Tuning {
  const kept = trials.map(({ values, scores }) => ({ values: { ...values }, scores: [...scores] }));
  const made: Tuning = {
    metric,
    protocol,
    rounds: rounds.map((round) => ({ ...round })),
    trials: kept,
    chosen,
  };
  return withText(made, formatTuning);
}

/** As plain data; what is not defined is null. */
export function tuningToJson({ metric, protocol, rounds, trials, chosen }: Tuning): JsonObject {
  return {
    metric,
    protocol,
    rounds: rounds.map(({ share, count }) => ({ share, count })),
    trials: trials.map(({ values, scores }) => ({
      values,
      scores: scores.map((value) => (Number.isNaN(value) ? null : value)),
    })),
    chosen,
  };
}

/** Reads what `tuningToJson` wrote. Throws `artefact-structure`. */
export function tuningFromJson(json: JsonReader): Tuning {
  const rounds = json
    .field('rounds')
    .items()
    .map((round) => ({
      share: round.field('share').number({ min: 0, max: 1 }),
      count: round.field('count').integer({ min: 1 }),
    }));
  const trials = json
    .field('trials')
    .items()
    .map((trial): TuningTrial => {
      const scores = trial.field('scores').items();
      return {
        values: trial.field('values').object() as JsonObject,
        scores: scores.map((item) => (item.value === null ? Number.NaN : item.number())),
      };
    });
  return tuningOf({
    metric: json.field('metric').string(),
    protocol: json.field('protocol').string(),
    rounds,
    trials,
    chosen: json.field('chosen').integer({ min: 0, max: trials.length - 1 }),
  });
}

/** A line a candidate, the chosen one first, then by how far it came and how well it did there. */
function formatTuning({ metric, protocol, rounds, trials, chosen }: Tuning): string {
  const names = [...new Set(trials.flatMap(({ values }) => Object.keys(values)))];
  const order = [...trials.keys()].sort((a, b) => {
    if (a === chosen || b === chosen) return a === chosen ? -1 : 1;
    return trials[b]!.scores.length - trials[a]!.scores.length;
  });
  const rows = order.map((place) => {
    const { values, scores } = trials[place]!;
    const cells = names.map((name) => (values[name] === undefined ? 'as given' : text(values[name])));
    const marks = rounds.map((_, round) => (scores[round] === undefined ? '' : scores[round].toFixed(4)));
    return [place === chosen ? 'chosen' : '', ...cells, ...marks];
  });
  const shares = rounds.map(({ share }) => `${shortNumber(100 * share, 3)} % of rows`);
  const left = ['left', ...names.map(() => 'right'), ...shares.map(() => 'right')] as ('left' | 'right')[];
  return [
    `${trials.length} settings, judged by ${metric} under ${protocol} inside the training rows`,
    formatTable(rows, { header: ['', ...names, ...shares], align: left }),
  ].join('\n');
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
