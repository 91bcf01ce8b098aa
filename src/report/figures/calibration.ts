/** Draws calibration on the holdout rows: the predicted probability against the rate that came true. */
import type { StudyReport } from '../../study/study-report.js';
import type { Point } from '../../task/metrics/thin.js';
import { gapOf } from '../calibration-gap.js';
import { curvesOf } from '../curves-of.js';
import type { Figure, Trace } from '../figure.js';
import { formatCount, formatPercent, formatPoints } from '../format-number.js';
import { axis, COLOUR, CONFIG, layout, line, percentTicks, seriesKey } from '../theme.js';

/** Calibration as the learner gives it and as served, in bins of equal count. */
export function calibrationFigure(report: StudyReport): Figure {
  const before = curvesOf(report).calibrationBefore;
  const after = curvesOf(report).calibrationAfter;
  const most = Math.min(1, Math.max(0.05, ...[...before, ...after].flat()) * 1.06);
  const shares = percentTicks(0, most);
  const corrected = JSON.stringify(before) !== JSON.stringify(after);
  const key = seriesKey([
    { name: 'as served', colour: COLOUR.blue },
    ...(corrected ? [{ name: 'uncorrected', colour: COLOUR.orange }] : []),
  ]);
  const served = `Probabilities: as served they miss the observed rate by ${formatPoints(gapOf(after))} on average`;
  return {
    title: `${served}, ${corrected ? `uncorrected by ${formatPoints(gapOf(before))}` : 'and nothing corrects them'}`,
    alt: `Calibration in bins of equal count: mean predicted probability to observed rate. As served: ${pairs(after)}.${corrected ? ` Uncorrected: ${pairs(before)}.` : ''}`,
    config: CONFIG,
    data: [
      ...(corrected ? [seriesOf('uncorrected', before, report.holdout.rows, COLOUR.orange)] : []),
      seriesOf('as served', after, report.holdout.rows, COLOUR.blue),
    ],
    layout: layout({
      height: 460,
      margin: { l: 8, r: 16, t: key.height + 8, b: 8 },
      xaxis: axis({ title: 'Predicted probability, mean of bin', range: [0, most], ...shares }),
      yaxis: axis({ title: 'Observed share of yes', range: [0, most], ...shares }),
      shapes: [line({ x0: 0, y0: 0, x1: most, y1: most, color: COLOUR.grey, dash: 'dot' })],
      annotations: key.notes,
    }),
  };
}

function seriesOf(name: string, curve: readonly Point[], rows: number, colour: string): Trace {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    x: curve.map(([x]) => x),
    y: curve.map(([, y]) => y),
    line: { color: colour, width: 1.5 },
    marker: { color: colour, size: 9, symbol: name === 'as served' ? 'circle' : 'square' },
    customdata: curve.map(([x, y]) => [formatPercent(x, 1), formatPercent(y, 1)]),
    hovertemplate: `<b>${name}</b><br>predicted %{customdata[0]}<br>observed %{customdata[1]}<br>about ${formatCount(rows / Math.max(1, curve.length))} rows<extra></extra>`,
  };
}

function pairs(curve: readonly Point[]): string {
  return curve.map(([x, y]) => `${formatPercent(x)} to ${formatPercent(y)}`).join(', ');
}
