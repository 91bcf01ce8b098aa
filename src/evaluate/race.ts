/** The result of a race: a leaderboard that prints itself, and the questions one asks of it. */
import type { JsonObject } from '../json.js';
import { listNames, Problem } from '../problem.js';
import { formatTable } from '../table/format-table.js';
import { print } from '../table/print.js';
import type { Estimate, Predictions, Protocol, Score } from './evaluate.js';
import { difference } from './intervals.js';
import type { Pipeline } from './pipeline.js';
import { scoreNamed } from './scores.js';

/** One candidate under one protocol. */
export interface RaceCell {
  readonly candidate: Pipeline;
  readonly protocol: Protocol;
  readonly predictions: Predictions;
  /** In the order of the race's scores. */
  readonly estimates: readonly Estimate[];
}

/** Prints itself: best first by the first score under the first protocol. */
export interface Race {
  readonly candidates: readonly Pipeline[];
  /** The first decides. */
  readonly protocols: readonly Protocol[];
  /** The first decides. */
  readonly scores: readonly Score[];
  readonly seed: number;
  readonly rowCount: number;
  /** Names of the candidates, best first, by a score ("auc") under a protocol; the deciding ones by default. */
  ranking(score?: string, protocol?: string): string[];
  estimate(candidate: string, score?: string, protocol?: string): Estimate;
  predictions(candidate: string, protocol?: string): Predictions;
  /** Score of a minus score of b on the same rows, with the interval of the paired difference. */
  difference(a: string, b: string, score?: string, protocol?: string): Estimate;
  /** The best candidate, to be fitted with the seed of the race. */
  best(score?: string): Pipeline;
  /** The simplest candidate that trails the best by no more than one standard error of their paired difference. */
  simplestWithinOneError(score?: string): Pipeline;
  toJSON(): JsonObject;
}

interface RaceParts {
  candidates: readonly Pipeline[];
  protocols: readonly Protocol[];
  scores: readonly Score[];
  cells: readonly RaceCell[];
  seed: number;
  rowCount: number;
}

/** Makes a race of its cells. */
export function raceOf({ candidates, protocols, scores, cells, seed, rowCount }: RaceParts): Race {
  const firstScore = scores[0]!.name;
  const firstProtocol = protocols[0]!.name;
  const scoreOf = (name: string): Score => scoreNamed(name, scores);

  const cell = (candidate: string, protocol: string): RaceCell => {
    const found = cells.find((one) => one.candidate.name === candidate && one.protocol.name === protocol);
    if (found) return found;
    const known = candidates.some(({ name }) => name === candidate) ? protocols : candidates;
    throw new Problem({
      code: 'evaluate-not-in-race',
      what: `"${known === protocols ? protocol : candidate}" did not take part in the race`,
      expected: `one of ${listNames(
        known.map(({ name }) => name),
        { last: 'or' },
      )}`,
    });
  };

  const race: Race = {
    candidates,
    protocols,
    scores,
    seed,
    rowCount,
    ranking(score = firstScore, protocol = firstProtocol) {
      const sign = scoreOf(score).better === 'up' ? -1 : 1;
      // NaN, an undefined score, comes last. The sort is stable: of equals the simpler stands first.
      const value = ({ name }: Pipeline): number => sign * race.estimate(name, score, protocol).value;
      const order = (a: number, b: number): number =>
        Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || a - b;
      return [...candidates].sort((a, b) => order(value(a), value(b))).map(({ name }) => name);
    },
    estimate(candidate, score = firstScore, protocol = firstProtocol) {
      return cell(candidate, protocol).estimates[scores.indexOf(scoreOf(score))]!;
    },
    predictions: (candidate, protocol = firstProtocol) => cell(candidate, protocol).predictions,
    difference(a, b, score = firstScore, protocol = firstProtocol) {
      return difference(scoreOf(score), race.predictions(a, protocol), race.predictions(b, protocol), {
        seed,
      });
    },
    best: (score) => withSeed(named(candidates, race.ranking(score)[0]!), seed),
    simplestWithinOneError(score = firstScore) {
      const [best = ''] = race.ranking(score);
      const sign = scoreOf(score).better === 'up' ? 1 : -1;
      const good = candidates.find(({ name }) => {
        if (name === best) return true;
        const { value, error } = race.difference(best, name, score);
        return sign * value <= error;
      });
      return withSeed(good ?? named(candidates, best), seed);
    },
    toJSON: () => ({
      seed,
      rowCount,
      protocols: protocols.map(({ name, kind, meaning, params }) => ({ name, kind, meaning, params })),
      candidates: candidates.map((candidate) => ({
        name: candidate.name,
        scores: cells
          .filter((one) => one.candidate === candidate)
          .map(({ protocol, estimates }) => ({
            protocol: protocol.name,
            estimates: estimates.map((one, i) => ({ score: scores[i]!.name, ...finite(one) })),
          })),
      })),
    }),
  };
  return Object.defineProperty(race, print, { value: () => formatRace(race) });
}

function named(candidates: readonly Pipeline[], name: string): Pipeline {
  return candidates.find((candidate) => candidate.name === name)!;
}

function withSeed(pipeline: Pipeline, seed: number): Pipeline {
  return { ...pipeline, fit: (dataset, options) => pipeline.fit(dataset, { seed, ...options }) };
}

/** JSON knows no NaN: a number that does not exist is null. */
function finite({ value, low, high, level, error, method }: Estimate): JsonObject {
  const orNull = (number: number): number | null => (Number.isFinite(number) ? number : null);
  return { value: orNull(value), low: orNull(low), high: orNull(high), level, error: orNull(error), method };
}

function formatRace(race: Race): string {
  const { protocols, scores } = race;
  const columns = protocols.flatMap((protocol) => scores.map((score) => ({ protocol, score })));
  const rows = race
    .ranking()
    .map((name) => [
      name,
      ...columns.map(({ protocol, score }) => show(race.estimate(name, score.name, protocol.name))),
    ]);
  const header = ['candidate', ...columns.map(({ protocol, score }) => `${score.name}, ${protocol.name}`)];
  const table = formatTable(rows, { header, align: ['left', ...columns.map(() => 'right' as const)] });
  const meanings = protocols.map(
    ({ name, meaning }, i) => `${name}${i === 0 ? ' (decides)' : ''}: ${meaning}`,
  );
  return [table, '', ...meanings].join('\n');
}

function show({ value, low, high }: Estimate): string {
  const short = (number: number): string =>
    Number.isNaN(number) ? '–' : number.toFixed(3).replace(/^(-?)0\./, '$1.');
  return `${short(value)} (${short(low)}–${short(high)})`;
}
