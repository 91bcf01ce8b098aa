/** Makes a race of its cells, each a candidate under a protocol. */
import { inspect } from 'node:util';
import type { JsonObject } from '../json.js';
import { listNames, Problem } from '../problem.js';
import { withText } from '../table/print.js';
import { withSheet } from '../table/sheet.js';
import { metricNamed } from '../task/known-metrics.js';
import type { Estimate, Metric, Predictions } from '../task/predictions.js';
import { cutoffFor } from './cutoff-search.js';
import type { Protocol } from './evaluate.js';
import { raceSheet, whyProtocolsDiffer } from './format-race.js';
import { type Drawn, difference } from './intervals.js';
import type { FittedPipeline, Pipeline } from './pipeline.js';
import type { Race, RaceFailure, RaceRow } from './race.js';

/** One candidate under one protocol. */
export interface RaceCell {
  readonly candidate: Pipeline;
  readonly protocol: Protocol;
  readonly predictions: Predictions;
  /** In the order of the race's metrics. */
  readonly estimates: readonly Estimate[];
}

interface RaceParts {
  candidates: readonly Pipeline[];
  failures: readonly RaceFailure[];
  protocols: readonly Protocol[];
  metrics: readonly Metric[];
  cutoff: string | undefined;
  cells: readonly RaceCell[];
  seed: number;
  rowCount: number;
}

/** Makes a race of its cells. */
export function raceOf(parts: RaceParts): Race {
  const { candidates, failures, protocols, metrics, cutoff, cells, seed, rowCount } = parts;
  const firstMetric = metrics[0]!.name;
  const firstProtocol = protocols[0]!.name;
  const metricOf = (name: string): Metric => metricNamed(name, metrics);
  const drawn: Drawn = new Map();

  const cell = (candidate: string, protocol: string): RaceCell => {
    const found = cells.find((one) => one.candidate.name === candidate && one.protocol.name === protocol);
    if (found) return found;
    const failed = failures.find(({ name }) => name === candidate);
    if (failed) throw new Problem({ code: 'evaluate-not-in-race', what: failed.why });
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

  /** The candidate as it goes on from here: with the race's seed, and the cut-off that the race found. */
  const chosen = (name: string): Pipeline => {
    const { candidate, predictions } = cell(name, firstProtocol);
    // Only metrics that act on a cut-off ask for one.
    const cutoff = metrics.some(({ atCutoff }) => atCutoff)
      ? cutoffFor(predictions.targets, predictions.predicted)
      : undefined;
    const fit: Pipeline['fit'] = (dataset, options) => {
      const fitted = candidate.fit(dataset, { seed, ...options });
      const score: FittedPipeline['score'] = (rows, how) =>
        fitted.score(rows, { ...(cutoff !== undefined && { cutoff }), ...how });
      return withText({ ...fitted, score }, () => inspect(fitted));
    };
    return withText({ ...candidate, fit }, () => inspect(candidate));
  };

  const race: Omit<Race, 'rows' | 'why'> = {
    candidates,
    failures,
    protocols,
    metrics,
    cutoff,
    seed,
    rowCount,
    ranking(metric = firstMetric, protocol = firstProtocol) {
      const sign = metricOf(metric).better === 'up' ? -1 : 1;
      // NaN, a metric without a value, comes last. The sort is stable: of equals the simpler stands first.
      const value = ({ name }: Pipeline): number => sign * race.estimate(name, metric, protocol).value;
      const order = (a: number, b: number): number =>
        Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || a - b;
      return [...candidates].sort((a, b) => order(value(a), value(b))).map(({ name }) => name);
    },
    estimate(candidate, metric = firstMetric, protocol = firstProtocol) {
      return cell(candidate, protocol).estimates[metrics.indexOf(metricOf(metric))]!;
    },
    predictions: (candidate, protocol = firstProtocol) => cell(candidate, protocol).predictions,
    difference(a, b, metric = firstMetric, protocol = firstProtocol) {
      return difference(metricOf(metric), race.predictions(a, protocol), race.predictions(b, protocol), {
        seed,
        drawn,
      });
    },
    best(metric = firstMetric, options = {}) {
      const [leader = ''] = race.ranking(metric);
      const sign = metricOf(metric).better === 'up' ? 1 : -1;
      const order = options.simplestFirst ?? candidates.map(({ name }) => name);
      const good = order.find((name) => {
        if (name === leader) return true;
        const { value, error } = race.difference(leader, name, metric);
        return sign * value <= error;
      });
      return chosen(good ?? leader);
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
            estimates: estimates.map((one, i) => ({ metric: metrics[i]!.name, ...finite(one) })),
          })),
      })),
    }),
  };
  const rows = race.ranking().map((name): RaceRow => {
    const scoresOf = (protocol: Protocol): [string, Estimate][] =>
      metrics.map((metric) => [metric.name, race.estimate(name, metric.name, protocol.name)]);
    return {
      name,
      scores: Object.fromEntries(protocols.map((one) => [one.name, Object.fromEntries(scoresOf(one))])),
    };
  });
  return withSheet<Race>({ ...race, rows, why: whyProtocolsDiffer(race) }, raceSheet);
}

/** JSON knows no NaN: a number that does not exist is null. */
function finite({ value, low, high, level, error, method }: Estimate): JsonObject {
  const orNull = (number: number): number | null => (Number.isFinite(number) ? number : null);
  return { value: orNull(value), low: orNull(low), high: orNull(high), level, error: orNull(error), method };
}
