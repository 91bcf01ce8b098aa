/** The contract of a race of forecasters: a leaderboard that prints itself, and the questions one asks of it. */
import type { Estimate } from '../../task/predictions.js';
import type { Forecaster } from '../forecaster.js';
import type { ForecastMetric } from './metric.js';
import type { RollingOrigin } from './rolling-origin.js';
import type { Segment } from './segment-of.js';

/** A line of the leaderboard. */
export interface ForecastRow {
  readonly name: string;
  /** By metric name. */
  readonly scores: { readonly [metric: string]: Estimate };
}

/** Forecasters on the same origins. Prints itself: best first by the first metric. */
export interface ForecastRace {
  readonly protocol: RollingOrigin;
  /** How many origins there were: fewer than wanted where the panel is short. */
  readonly origins: number;
  /** The first decides. */
  readonly metrics: readonly ForecastMetric[];
  /** How many series the panel has. */
  readonly series: number;
  readonly rows: readonly ForecastRow[];
  /** Those that could not be fitted, and why, as a sentence. */
  readonly failures: readonly { readonly name: string; readonly why: string }[];
  /** Names, best first, by a metric; by the first unless named. */
  ranking(metric?: string): string[];
  estimate(candidate: string, metric?: string): Estimate;
  /** The metric of a less that of b on the same series, with the interval of the paired difference. */
  difference(a: string, b: string, metric?: string): Estimate;
  /** The metric's value among the series that sell in each way, and how many of them there are. */
  bySegment(candidate: string, metric?: string): readonly SegmentScore[];
  /** The candidate that leads by a metric. */
  best(metric?: string): Forecaster;
}

/** A value among the series of a segment. */
export interface SegmentScore {
  readonly segment: Segment;
  readonly series: number;
  readonly value: number;
}
