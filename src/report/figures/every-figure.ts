/** All figures of a report by name, in reading order; one that the report has nothing for is left out. */

import type { StudyReport } from '../../study/study-report.js';
import { curvesOf } from '../curves-of.js';
import type { Figure } from '../figure.js';
import type { Html } from '../html.js';
import { calibrationFigure } from './calibration.js';
import { confusionFigure } from './confusion.js';
import { demonstrationsFigure } from './demonstrations.js';
import { errorsFigure } from './errors.js';
import { gainsFigure } from './gains.js';
import { importanceFigure } from './importance.js';
import { liftFigure } from './lift.js';
import { policiesFigure } from './policies.js';
import { precisionRecallFigure } from './precision-recall.js';
import { priceFigure } from './price.js';
import { raceFigure } from './race.js';
import { rocFigure } from './roc.js';
import { targetRateFigure } from './target-rate.js';
import { withinSegmentsFigure } from './within-segments.js';

/** The names of a report's figures. */
export type FigureName =
  | 'target-rate'
  | 'price'
  | 'demonstrations'
  | 'race'
  | 'roc'
  | 'precision-recall'
  | 'gains'
  | 'lift'
  | 'within-segments'
  | 'importance'
  | 'calibration'
  | 'policies'
  | 'errors'
  | 'confusion';

/** Puts a figure into a page, or nothing where the report does not have it. */
export type PlaceFigure = (name: FigureName, options?: { square?: boolean }) => Html | null;

/** The figures that this report has. */
export function everyFigure(report: StudyReport): ReadonlyMap<FigureName, Figure> {
  const { data, leakageMetrics, price, demonstrations, leaderboard, holdout, policies } = report;
  const curves = curvesOf(report);
  const candidates: readonly (readonly [FigureName, boolean, (report: StudyReport) => Figure])[] = [
    ['target-rate', data.segments.some(({ rate }) => rate !== null), targetRateFigure],
    ['price', price.length > 0, priceFigure],
    [
      'demonstrations',
      demonstrations.some(({ scores }) => leakageMetrics[0]! in scores),
      demonstrationsFigure,
    ],
    ['race', leaderboard.length > 0, raceFigure],
    ['roc', curves.roc.length > 0, rocFigure],
    ['precision-recall', curves.precisionRecall.some(([recall]) => recall > 0), precisionRecallFigure],
    ['gains', curves.gains.length > 0, gainsFigure],
    ['lift', curves.lift.some(([x]) => x > 0), liftFigure],
    ['within-segments', holdout.segments.some(({ auc }) => typeof auc === 'number'), withinSegmentsFigure],
    ['importance', holdout.importance.some((row) => row.meanAbsoluteContribution > 0), importanceFigure],
    [
      'calibration',
      curves.calibrationBefore.length > 0 && curves.calibrationAfter.length > 0,
      calibrationFigure,
    ],
    ['policies', policies.length > 0 && curves.roc.length > 0, policiesFigure],
    ['errors', holdout.details.numbers !== undefined, errorsFigure],
    ['confusion', holdout.details.classes !== undefined, confusionFigure],
  ];
  return new Map(
    candidates.filter(([, present]) => present).map(([name, , draw]) => [name, draw(report)] as const),
  );
}
