/** Draws precision against recall on the holdout rows. */

import type { StudyReport } from '../../study/study-report.js';
import { curve, heightAt } from '../curve.js';
import { baseRateOf, curvesOf } from '../curves-of.js';
import type { Figure } from '../figure.js';
import { formatPercent, formatScore } from '../format-number.js';
import { servedPoint } from '../served-point.js';
import { CONFIG } from '../theme.js';

/** Precision and recall; chance is the base rate of the holdout rows. */
export function precisionRecallFigure(report: StudyReport): Figure {
  const { scores } = report.holdout;
  const [curves, baseRate] = [curvesOf(report), baseRateOf(report)];
  const served = servedPoint(report);
  const [name, average] =
    Object.entries(scores).find(([one]) => /^(pooled )?average precision$/.test(one)) ?? [];
  // The point at recall 0 is a convention (precision 1) and no cut-off: drawn, it would promise what nobody gets.
  const points = curves.precisionRecall.filter(([recall]) => recall > 0);
  return {
    title: served
      ? `Hits: of those the served policy picks, ${formatPercent(served.precision, 0)} say yes; of all rows, ${formatPercent(baseRate, 0)}`
      : `Hits: the share of yes among those picked; of all rows, ${formatPercent(baseRate, 0)}`,
    alt: `Precision against recall on the holdout rows${average ? `, ${name} ${formatScore(average.value)}` : ''}; chance is ${formatPercent(baseRate)}. ${[
      0.25, 0.5, 0.75,
    ]
      .map((x) => `At ${formatPercent(x, 0)} recall precision is ${formatPercent(heightAt(points, x), 0)}`)
      .join('; ')}.`,
    config: CONFIG,
    ...curve(points, {
      x: 'Recall',
      y: 'Precision',
      chance: { from: [0, baseRate], to: [1, baseRate], label: `chance: ${formatPercent(baseRate)}` },
      label: average && `${name} ${formatScore(average.value)}`,
      served: served && [served.recall, served.precision],
    }),
  };
}
