/** Draws predicted numbers against what came true, on the holdout rows. */
import type { StudyReport } from '../../study/study-report.js';
import { shortNumber } from '../../table/print.js';
import type { Figure } from '../figure.js';
import { axis, COLOUR, CONFIG, layout } from '../theme.js';

/** Truth over prediction: single rows, the means of ten groups, and the line on which both are equal. */
export function errorsFigure({ holdout, study }: StudyReport): Figure {
  const { points, groups, residuals } = holdout.details.numbers!;
  const all = points.flat();
  const ends = [Math.min(...all), Math.max(...all)];
  const [low = 0, , middle = 0, , high = 0] = residuals;
  const shown = (value: number): string => shortNumber(value, 3).replace('-', '\u2212');
  return {
    title: `What was predicted and what came true: 90 % of the errors lie between ${shown(low)} and ${shown(high)}`,
    alt: `Truth over prediction on the holdout rows. ${groups
      .map(([predicted, truth]) => `Predicted ${shown(predicted)}, true ${shown(truth)}`)
      .join('; ')}. The middle error is ${shown(middle)}.`,
    config: CONFIG,
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        name: 'rows',
        x: points.map(([predicted]) => predicted),
        y: points.map(([, truth]) => truth),
        marker: { color: COLOUR.paleBlue, size: 5 },
        hovertemplate: 'predicted %{x:.4~g}, true %{y:.4~g}<extra></extra>',
      },
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'means of ten groups',
        x: groups.map(([predicted]) => predicted),
        y: groups.map(([, truth]) => truth),
        line: { color: COLOUR.blue, width: 2 },
        marker: { color: COLOUR.blue, size: 8 },
        hovertemplate: 'predicted %{x:.4~g}, true %{y:.4~g}<extra></extra>',
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: 'both equal',
        x: ends,
        y: ends,
        line: { color: COLOUR.grey, dash: 'dot' },
        hoverinfo: 'skip',
      },
    ],
    layout: layout({
      height: 420,
      xaxis: axis({ title: study.predicts }),
      yaxis: axis({ title: 'Came true' }),
      legend: { orientation: 'h', y: 1.12 },
    }),
  };
}
