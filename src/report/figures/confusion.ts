/** Draws which classes are taken for which, on the holdout rows. */
import type { StudyReport } from '../../study/study-report.js';
import type { Figure } from '../figure.js';
import { formatPercent } from '../format-number.js';
import { axis, COLOUR, CONFIG, layout, plotText } from '../theme.js';

/** Shares of each class that got each class as the most likely one. */
export function confusionFigure({ holdout }: StudyReport): Figure {
  const { names, confusion } = holdout.details.classes!;
  const shares = confusion.map((row) => {
    const rows = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (rows === 0 ? 0 : count / rows));
  });
  const labels = names.map((name) => plotText(name));
  return {
    title: 'Which class was taken for which',
    alt: `Confusion on the holdout rows. ${names
      .map((name, i) => `${name}: ${formatPercent(shares[i]![i]!)} recognised`)
      .join('; ')}.`,
    config: CONFIG,
    data: [
      {
        type: 'heatmap',
        x: labels,
        y: labels,
        z: shares,
        customdata: confusion,
        zmin: 0,
        zmax: 1,
        showscale: false,
        text: shares.map((row) => row.map((share) => formatPercent(share, 0))),
        texttemplate: '%{text}',
        colorscale: [
          [0, COLOUR.paper],
          [1, COLOUR.blue],
        ],
        hovertemplate: 'true %{y}, taken for %{x}: %{z:.1%} (%{customdata} rows)<extra></extra>',
      },
    ],
    layout: layout({
      height: 120 + 44 * names.length,
      xaxis: axis({ title: 'Taken for' }),
      yaxis: axis({ title: 'Came true', autorange: 'reversed' }),
    }),
  };
}
