/** Draws the AUC within each segment of the holdout rows: how well the model ranks once the month is known. */
import type { StudyReport } from '../../study/study-report.js';
import type { Figure } from '../figure.js';
import { formatCount, formatScore } from '../format-number.js';
import { pooledScore, withinScore } from '../phrases.js';
import { segmentLabels } from '../segment-name.js';
import { axis, COLOUR, CONFIG, layout, line, note, plotText, scoreTicks } from '../theme.js';

/** AUC within segments, beside the pooled one. The area of a dot grows with its rows. */
export function withinSegmentsFigure(report: StudyReport): Figure {
  const { holdout } = report;
  const names = labelsOf(report);
  const rows = holdout.segments.flatMap(({ rows, auc }, i) =>
    typeof auc === 'number' ? [{ name: names[i]!, rows, auc }] : [],
  );
  const most = Math.max(1, ...rows.map((row) => row.rows));
  const pooled = pooledScore({ holdout })?.[1].value;
  const [name = '', estimate] = withinScore(report) ?? [];
  const within = estimate?.value ?? null;
  const each = /^AUC within each (.+)$/.exec(name)?.[1] ?? 'segment';
  const pooledIsHigher = (pooled ?? 0) >= (within ?? 0);
  const levels = [
    { name: 'chance', value: 0.5, colour: COLOUR.muted, anchor: 'middle' },
    ...(pooled === undefined
      ? []
      : [
          { name: 'pooled', value: pooled, colour: COLOUR.orange, anchor: pooledIsHigher ? 'bottom' : 'top' },
        ]),
    ...(within === null
      ? []
      : [{ name: 'within', value: within, colour: COLOUR.blue, anchor: pooledIsHigher ? 'top' : 'bottom' }]),
  ];
  const all = [...rows.map(({ auc }) => auc), ...levels.map(({ value }) => value)];
  const margin = (Math.max(...all) - Math.min(...all)) * 0.08 || 0.05;
  const [low, high] = [Math.min(...all) - margin, Math.max(...all) + margin * 1.5];
  const step = Math.max(1, Math.ceil(rows.length / 6));
  return {
    title:
      within === null || pooled === undefined
        ? `AUC within each ${each}`
        : within < pooled
          ? `Within each ${each} the AUC is ${formatScore(within)}: part of the pooled ${formatScore(pooled)} is knowing the ${each}`
          : `Within each ${each} the AUC is ${formatScore(within)}, no less than the pooled ${formatScore(pooled)}`,
    alt: `AUC within segments of the holdout rows${within === null ? '' : `, ${formatScore(within)} on average`}. ${rows
      .map((row) => `${row.name}: ${formatScore(row.auc)} of ${formatCount(row.rows)} rows`)
      .join('; ')}.`,
    config: CONFIG,
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        x: rows.map((_, i) => i),
        y: rows.map(({ auc }) => auc),
        customdata: rows.map((row) => [plotText(row.name), formatCount(row.rows), formatScore(row.auc)]),
        marker: {
          color: COLOUR.blue,
          opacity: 0.85,
          size: rows.map((row) => 6 + 12 * Math.sqrt(row.rows / most)),
          line: { color: COLOUR.paper, width: 1 },
        },
        hovertemplate:
          '<b>%{customdata[0]}</b><br>AUC %{customdata[2]}<br>of %{customdata[1]} rows<extra></extra>',
      },
    ],
    layout: layout({
      height: 290,
      margin: { l: 8, r: 86, t: 12, b: 8 },
      xaxis: axis({
        range: [-0.6, rows.length - 0.4],
        tickvals: rows.flatMap((_, i) => (i % step === 0 ? [i] : [])),
        ticktext: rows.flatMap((row, i) =>
          i % step === 0 ? [plotText(row.name).replace(/,? /, '<br>')] : [],
        ),
        tickangle: 0,
        showgrid: false,
      }),
      yaxis: axis({ title: `AUC within the ${each}`, range: [low, high], ...scoreTicks(low, high) }),
      shapes: levels.map(({ value, colour }) =>
        line({ xref: 'paper', x0: 0, x1: 1, y0: value, y1: value, color: colour, dash: 'dot' }),
      ),
      annotations: levels.map(({ name, value, colour, anchor }) =>
        note(`${name} ${formatScore(value)}`, {
          xref: 'paper',
          x: 1,
          xanchor: 'left',
          xshift: 4,
          y: value,
          yanchor: anchor,
          font: { color: colour, size: 12 },
        }),
      ),
    }),
  };
}

/** Names of the holdout segments: as the last ones of all segments where they are these, for a year is counted from the first. */
function labelsOf({ data, holdout }: StudyReport): string[] {
  const at = data.segments.length - holdout.segments.length;
  const isTail =
    data.ordered && at >= 0 && plainName(data.segments[at]?.name) === plainName(holdout.segments[0]?.name);
  return isTail ? segmentLabels(data.segments).slice(at) : segmentLabels(holdout.segments);
}

function plainName(name: string | undefined): string | undefined {
  return name?.replace(/ \(\d+\)$/, '');
}
