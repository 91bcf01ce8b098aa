/** The terms of factors of demand: waves of the seasons, and what is known ahead, as numbers for each series and period. */
import type { AheadColumn, Every, Panel } from '../panel/panel.js';

/** What groups of series have an effect of. */
export interface Effect {
  /** Groups of fewer series than this, on average, have no effect of their own. */
  readonly fewest: number;
  /** How far groups stray from those of the layers above, to begin with. */
  readonly firstStray: number;
}

/** A number for a series and a place in the panel's periods: the factor's logarithm is a sum of them, each times its effect. */
export interface Term extends Effect {
  /** Reads it from the panel that it was made for, or from one that has the same columns and more periods. */
  of(panel: Panel): (series: number, place: number) => number;
}

/** Waves of a season, at most: the year, the half and the third of it. */
const mostWaves = 3;
/** Levels of a column of texts that are told apart, beside the commonest. */
const mostLevels = 8;
/** A series alone takes chance for a season. Most of what is a group's own is how it bends the season above, so waves begin small. */
const ofWave: Effect = { fewest: 2, firstStray: 0.05 };
const ofAhead: Effect = { fewest: 1, firstStray: 0.2 };
/** How strong a group's season is, and how late: beside the season of the layers above. */
export const ofBend: Effect = { fewest: 2, firstStray: 0.2 };
/** Of the Gregorian calendar. */
const yearIn: Partial<Record<Every, number>> = { week: 365.2425 / 7, day: 365.2425 };

/** Pairs of waves of a season: cosine and sine of the whole season, of half of it, and so on. */
export function wavesOf(season: number): number {
  return Math.min(mostWaves, Math.floor(season / 2));
}

/** The terms of these seasons, pair by pair, and then of all columns known ahead that vary within the panel. */
export function factorTerms(panel: Panel, seasons: readonly number[]): readonly Term[] {
  const waves = seasons.flatMap((season) => waveTerms(season, panel.periods.every));
  return [...waves, ...panel.ahead.flatMap((_, k) => aheadTerms(panel, k))];
}

function waveTerms(season: number, every: Every | undefined): Term[] {
  // A year is no whole number of weeks: after five of 52 it would be late by one.
  const year = every && yearIn[every];
  const long = year && Math.floor(year) === season ? year : season;
  return Array.from({ length: 2 * wavesOf(season) }, (_, k): Term => {
    const turn = (2 * Math.PI * ((k >> 1) + 1)) / long;
    const wave = k % 2 === 0 ? Math.cos : Math.sin;
    return { ...ofWave, of: () => (_s, place) => wave(turn * place) };
  });
}

/** Of texts a 1 for each level but the commonest; a number in standard deviations from its mean, but 0 and 1 as they are. */
function aheadTerms({ ahead, periods }: Panel, k: number): Term[] {
  const { values, reach, levels } = ahead[k]!;
  const counts = new Map<number, number>();
  values.forEach((value, at) => {
    if (at % reach < periods.count && !Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  });
  if (counts.size < 2) return [];
  if (levels) {
    const common = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
    return common
      .slice(1, 1 + mostLevels)
      .map((code): Term => ({ ...ofAhead, of: levelReader(k, levels[code]!) }));
  }
  const isFlag = [...counts.keys()].every((value) => value === 0 || value === 1);
  const { mean, deviation } = isFlag ? { mean: 0, deviation: 1 } : moments(counts);
  const of: Term['of'] = (panel) => (series, place) => {
    const value = valueAt(panel.ahead[k]!, series, place);
    return Number.isNaN(value) ? 0 : (value - mean) / deviation;
  };
  return [{ ...ofAhead, of }];
}

function levelReader(k: number, text: string): Term['of'] {
  return ({ ahead }) => {
    const code = ahead[k]!.levels!.indexOf(text);
    return (series, place) => (valueAt(ahead[k]!, series, place) === code ? 1 : 0);
  };
}

function valueAt({ values, reach }: AheadColumn, series: number, place: number): number {
  return place < reach ? values[series * reach + place]! : Number.NaN;
}

function moments(counts: ReadonlyMap<number, number>): { mean: number; deviation: number } {
  let [count, sum, squares] = [0, 0, 0];
  for (const [value, times] of counts) {
    count += times;
    sum += times * value;
  }
  for (const [value, times] of counts) squares += times * (value - sum / count) ** 2;
  return { mean: sum / count, deviation: Math.sqrt(squares / count) };
}
