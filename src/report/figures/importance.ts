/** Draws which columns move the served model's answer, on average over the holdout rows. */
import type { StudyReport } from '../../study/study-report.js';
import type { Figure } from '../figure.js';
import { formatScore } from '../format-number.js';
import { axis, COLOUR, CONFIG, layout, plotText } from '../theme.js';

const MOST = 12;

const unitWords = {
  'log-odds': { to: 'the log-odds', axis: 'log-odds' },
  probability: { to: 'the probability', axis: 'probability' },
  target: { to: 'the prediction', axis: 'in the unit of the target' },
  log: { to: 'the logarithm of the prediction', axis: 'logarithm' },
} as const;

/** Mean absolute contribution, the strongest columns first. */
export function importanceFigure({ holdout }: StudyReport): Figure {
  const unit = unitWords[holdout.importanceUnit ?? 'log-odds'];
  const moving = holdout.importance.filter(({ meanAbsoluteContribution }) => meanAbsoluteContribution > 0);
  const all = moving.sort((a, b) => b.meanAbsoluteContribution - a.meanAbsoluteContribution);
  const rows = all.slice(0, MOST);
  const rest = all.length - rows.length;
  const strongest = rows.slice(0, 3).map(({ column }) => column);
  return {
    title: `What moves the answer most: ${strongest.join(', ')}`,
    alt: `Mean absolute contribution to ${unit.to} over the holdout rows. ${rows
      .map(({ column, meanAbsoluteContribution: value }) => `${column} ${formatScore(value, 2)}`)
      .join(', ')}${rest > 0 ? `; ${rest} more columns contribute less` : ''}.`,
    config: CONFIG,
    data: [
      {
        type: 'bar',
        orientation: 'h',
        y: rows.map((_, i) => i),
        customdata: rows.map(({ column }) => plotText(column)),
        x: rows.map(({ meanAbsoluteContribution }) => meanAbsoluteContribution),
        text: rows.map(({ meanAbsoluteContribution }) => formatScore(meanAbsoluteContribution, 2)),
        textposition: 'outside',
        cliponaxis: false,
        textfont: { color: COLOUR.muted, size: 12 },
        marker: { color: COLOUR.blue },
        hovertemplate: `<b>%{customdata}</b><br>moves ${unit.to} by %{x:.3f} on average<extra></extra>`,
      },
    ],
    layout: layout({
      height: rows.length * 28 + 64,
      bargap: 0.35,
      margin: { l: 8, r: 36, t: 4, b: 8 },
      xaxis: axis({ title: `Mean contribution, ${unit.axis}`, rangemode: 'tozero', nticks: 5, tickangle: 0 }),
      yaxis: axis({
        range: [rows.length - 0.4, -0.6],
        tickvals: rows.map((_, i) => i),
        ticktext: rows.map(({ column }) => plotText(shorten(column))),
        showgrid: false,
        tickfont: { color: COLOUR.ink, size: 13 },
      }),
    }),
  };
}

/** A name that leaves room for its bar on a phone. */
function shorten(name: string): string {
  return name.length > 18 ? `${name.slice(0, 17)}…` : name;
}
