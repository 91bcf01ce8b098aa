/** Draws lift on the holdout rows: how many times the base rate the yes are among those acted on. */

import type { StudyReport } from '../../study/study-report.js';
import { curve, heightAt } from '../curve.js';
import { curvesOf } from '../curves-of.js';
import type { Figure } from '../figure.js';
import { formatPercent, formatTimes } from '../format-number.js';
import { servedPoint } from '../served-point.js';
import { CONFIG } from '../theme.js';

/** Lift: share of rows acted on against times the base rate. */
export function liftFigure(report: StudyReport): Figure {
  const points = curvesOf(report).lift.filter(([x]) => x > 0);
  const served = servedPoint(report);
  const highest = Math.max(1, served?.lift ?? 1, ...points.map(([, y]) => y));
  return {
    title: `Lift: in the best tenth of the list a yes is ${formatTimes(heightAt(points, 0.1))} times as frequent as in all`,
    alt: `Lift on the holdout rows. ${[0.1, 0.2, 0.5]
      .map((x) => `Best ${formatPercent(x, 0)}: ${formatTimes(heightAt(points, x))} times the base rate`)
      .join('; ')}.`,
    config: CONFIG,
    ...curve(points, {
      x: 'Share of rows acted on, best first',
      y: 'Times the base rate',
      times: true,
      yRange: [0, highest * 1.08],
      chance: { from: [0, 1], to: [1, 1], label: 'chance: 1' },
      served: served && [served.shareActedOn, served.lift],
    }),
  };
}
