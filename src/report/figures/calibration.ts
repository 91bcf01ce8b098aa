/** Draws calibration on the locked rows: the predicted probability against the rate that came true. */
import type { Point, StudyReport } from '../../study/study-report.js';
import type { Figure, Trace } from '../figure.js';
import { formatCount, formatPercent, formatPoints } from '../format-number.js';
import { axis, COLOUR, CONFIG, layout, line, seriesKey } from '../theme.js';

/** Calibration as the learner gives it and as served, in bins of equal count. */
export function calibrationFigure({ locked }: StudyReport): Figure {
  const before = locked.curves.calibrationBefore;
  const after = locked.curves.calibrationAfter;
  const most = Math.min(1, Math.max(0.05, ...[...before, ...after].flat()) * 1.06);
  const key = seriesKey([
    { name: 'as served', colour: COLOUR.blue },
    { name: 'uncorrected', colour: COLOUR.orange },
  ]);
  const [gapBefore, gapAfter] = [gapOf(before), gapOf(after)];
  return {
    title: `Probabilities: as served they miss the observed rate by ${formatPoints(gapAfter)} on average, uncorrected by ${formatPoints(gapBefore)}`,
    alt: `Calibration in bins of equal count: mean predicted probability to observed rate. As served: ${pairs(after)}. Uncorrected: ${pairs(before)}.`,
    config: CONFIG,
    data: [
      seriesOf('uncorrected', before, locked.rows, COLOUR.orange),
      seriesOf('as served', after, locked.rows, COLOUR.blue),
    ],
    layout: layout({
      height: 460,
      margin: { l: 8, r: 16, t: key.height + 8, b: 8 },
      xaxis: axis({ title: 'Predicted probability, mean of bin', tickformat: '.0%', range: [0, most] }),
      yaxis: axis({ title: 'Observed share of yes', tickformat: '.0%', range: [0, most] }),
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
    hovertemplate: `<b>${name}</b><br>predicted %{x:.1%}<br>observed %{y:.1%}<br>about ${formatCount(rows / Math.max(1, curve.length))} rows<extra></extra>`,
  };
}

/** Expected calibration error over bins of equal count: the mean of |predicted − observed|. */
function gapOf(curve: readonly Point[]): number {
  return curve.length ? curve.reduce((sum, [x, y]) => sum + Math.abs(x - y), 0) / curve.length : 0;
}

function pairs(curve: readonly Point[]): string {
  return curve.map(([x, y]) => `${formatPercent(x)} to ${formatPercent(y)}`).join(', ');
}
