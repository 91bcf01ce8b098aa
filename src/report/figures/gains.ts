/** Draws cumulative gains on the holdout rows: who works down the list reaches how many of all yes. */

import type { StudyReport } from '../../study/study-report.js';
import { curve, heightAt } from '../curve.js';
import { curvesOf } from '../curves-of.js';
import type { Figure } from '../figure.js';
import { formatPercent } from '../format-number.js';
import { servedPoint } from '../served-point.js';
import { CONFIG } from '../theme.js';

/** Gains: share of rows acted on against share of all yes reached. */
export function gainsFigure(report: StudyReport): Figure {
  const points = curvesOf(report).gains;
  const served = servedPoint(report);
  return {
    title: `Reach: the better half of the list holds ${formatPercent(heightAt(points, 0.5), 0)} of all yes`,
    alt: `Cumulative gains on the holdout rows. ${[0.1, 0.2, 0.5]
      .map(
        (x) =>
          `The best ${formatPercent(x, 0)} of rows hold ${formatPercent(heightAt(points, x), 0)} of all yes`,
      )
      .join('; ')}.`,
    config: CONFIG,
    ...curve(points, {
      x: 'Share of rows acted on, best first',
      y: 'Share of all yes reached',
      chance: { from: [0, 0], to: [1, 1], label: 'chance' },
      served: served && [served.shareActedOn, served.recall],
    }),
  };
}
