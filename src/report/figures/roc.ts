/** Draws the receiver operating characteristic on the holdout rows. */

import type { StudyReport } from '../../study/study-report.js';
import { curve, heightAt } from '../curve.js';
import { curvesOf } from '../curves-of.js';
import type { Figure } from '../figure.js';
import { formatEstimate, formatOfHundred, formatPercent, formatScore } from '../format-number.js';
import { pooledScore } from '../phrases.js';
import { servedPoint } from '../served-point.js';
import { CONFIG } from '../theme.js';

/** ROC: false positive rate against true positive rate. */
export function rocFigure(report: StudyReport): Figure {
  const [name, auc] = pooledScore(report) ?? [];
  const where = name === 'AUC' ? '' : ' over the whole stretch';
  const served = servedPoint(report);
  const points = curvesOf(report).roc;
  return {
    title: auc
      ? `Ranking${where}: of a yes and a no drawn at random, the yes stands higher ${formatOfHundred(auc.value)} times in 100`
      : 'Ranking: the share of yes reached against the share of no that comes along',
    alt: `ROC curve on the holdout rows${auc ? `, ${name} ${formatEstimate(auc)}` : ''}. Reaching ${[
      0.1, 0.25, 0.5,
    ]
      .map(
        (x) => `${formatPercent(heightAt(points, x), 0)} of the yes takes ${formatPercent(x, 0)} of the no`,
      )
      .join('; ')}.`,
    config: CONFIG,
    ...curve(points, {
      x: 'False positive rate',
      y: 'True positive rate',
      chance: { from: [0, 0], to: [1, 1], label: 'chance' },
      label: auc && `${name} ${formatScore(auc.value)}`,
      served: served && [served.falsePositiveRate, served.recall],
    }),
  };
}
