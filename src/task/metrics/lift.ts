/** Lift and gains: what acting on the top of the list reaches. */
import { checkOptions } from '../check-options.js';
import { defineMetric } from '../define-metric.js';
import type { Metric, Predictions } from '../predictions.js';
import { countYes } from './count-yes.js';
import { oneClassOnly } from './one-class-only.js';
import { byRows } from './part-weights.js';
import { rankingOf } from './ranking.js';
import { type Point, thin } from './thin.js';

/**
 * Lift at a share of the rows: the rate of yes among the top `share` (0 to 1, by default a tenth) over the rate among
 * all. Where the border falls inside a tie, the tie counts in part, as if its rows stood in random order.
 *
 * @example
 * lift(0.5).of([0, 0, 1, 1], [0.1, 0.3, 0.35, 0.8]) // → 2
 */
export function lift(share = 0.1): Metric {
  return reached(`lift at ${percent(share)}`, `rate of yes in the top ${percent(share)} over that of all`, {
    share,
    over: share,
  });
}

/**
 * Gain at a share of the rows: the part of all yes that the top `share` holds, by default a half.
 *
 * @example
 * gain(0.5).of([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // → 0.5
 */
export function gain(share = 0.5): Metric {
  return reached(`gain at ${percent(share)}`, `the part of all yes among the top ${percent(share)}`, {
    share,
    over: 1,
  });
}

/** The gains curve: share of rows acted on, share of all yes reached; from (0, 0) to (1, 1), thinned to `points`. */
export function gainsCurve(predictions: Predictions, options: { points?: number } = {}): Point[] {
  const { labels, ends } = rankingOf(predictions);
  const total = countYes(labels);
  const curve: Point[] = [[0, 0]];
  let yes = 0;
  for (let rank = 0; rank < labels.length; rank++) {
    yes += labels[rank]!;
    if (ends[rank] === 1) curve.push([(rank + 1) / labels.length, yes / total]);
  }
  return thin(curve, options.points);
}

/** The lift curve: share of rows acted on, how many times the base rate they hold; thinned to `points`. */
export function liftCurve(predictions: Predictions, options: { points?: number } = {}): Point[] {
  return gainsCurve(predictions, options)
    .slice(1)
    .map(([share, reachedShare]): Point => [share, reachedShare / share]);
}

function reached(name: string, meaning: string, { share, over }: { share: number; over: number }): Metric {
  checkOptions({ share }, { share: { above: 0, below: 1 } });
  return defineMetric({
    name,
    better: 'up',
    meaning,
    whyNone: oneClassOnly,
    weightWithin: byRows,
    prepare(predictions) {
      const { order, labels, ends } = rankingOf(predictions);
      return (counts) => {
        let [rows, yes] = [0, 0];
        for (let i = 0; i < order.length; i++) {
          const count = counts[order[i]!]!;
          rows += count;
          if (labels[i] === 1) yes += count;
        }
        const wanted = share * rows;
        let [taken, found, tied, tiedYes] = [0, 0, 0, 0];
        for (let rank = 0; rank < order.length && taken < wanted; rank++) {
          const count = counts[order[rank]!]!;
          tied += count;
          if (labels[rank] === 1) tiedYes += count;
          if (ends[rank] === 1 && tied > 0) {
            const part = Math.min(1, (wanted - taken) / tied);
            found += part * tiedYes;
            taken += tied;
            tied = 0;
            tiedYes = 0;
          }
        }
        return yes === 0 || yes === rows ? Number.NaN : found / yes / over;
      };
    },
  });
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}
