/** Draws the share of yes over the segments of the data, above the number of rows that each rests on. */
import type { SegmentRow, StudyReport } from '../../study/study-report.js';
import type { Figure } from '../figure.js';
import { formatCount, formatPercent, formatScore, formatTimes } from '../format-number.js';
import { type Regime, regimes, segmentLabels } from '../segment-name.js';
import { axis, COLOUR, CONFIG, layout, line, note, percentTicks, plotText } from '../theme.js';

/** Target rate and rows by segment. Years, where the names hold them, are told apart by bands. */
export function targetRateFigure(report: StudyReport): Figure {
  const { segments } = report.data;
  const baseRate = report.data.baseRate ?? 0;
  const isShare = report.holdout.details.curves !== undefined;
  const shown = shownBy(report);
  const years = regimes(segments);
  const x = segments.map((_, i) => i);
  const names = segmentLabels(segments).map(plotText);
  const range = [-0.6, segments.length - 0.4];
  const ticks = tickIndices(segments.length);
  const holdout = holdoutFrom(report);
  const most = Math.max(0.02, ...segments.map(({ rate }) => rate ?? 0)) * 1.08;

  return {
    title: titleOf(years, report),
    alt: altOf(years, report),
    config: CONFIG,
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        x,
        y: segments.map(({ rate }) => rate),
        customdata: segments.map(({ rows, rate }, i) => [names[i]!, shown(rate ?? 0), formatCount(rows)]),
        line: { color: COLOUR.blue, width: 2 },
        marker: { color: COLOUR.blue, size: 6 },
        hovertemplate: `<b>%{customdata[0]}</b><br>%{customdata[1]}<br>of %{customdata[2]} rows<extra></extra>`,
      },
      {
        type: 'bar',
        x,
        y: segments.map(({ rows }) => rows),
        yaxis: 'y2',
        customdata: names,
        marker: { color: COLOUR.grey },
        hovertemplate: '<b>%{customdata}</b><br>%{y:,} rows<extra></extra>',
      },
    ],
    layout: layout({
      height: 310,
      margin: { l: 8, r: 8, t: 40, b: 40 },
      bargap: 0.25,
      xaxis: axis({
        range,
        tickvals: ticks,
        ticktext: ticks.map((i) => names[i]!.replace(/,? /, '<br>')),
        tickangle: 0,
        showgrid: false,
        anchor: 'y2',
      }),
      yaxis: axis({
        title: isShare ? 'Share of yes' : 'Mean',
        range: [0, most],
        ...(isShare ? percentTicks(0, most) : { nticks: 5 }),
        domain: [0.36, 1],
      }),
      yaxis2: axis({ title: 'Rows', tickformat: ',', rangemode: 'tozero', domain: [0, 0.26], nticks: 4 }),
      shapes: [
        ...years.flatMap((year, i) => (i % 2 === 0 ? [band(year)] : [])),
        line({ x0: range[0]!, x1: range[1]!, y0: baseRate, y1: baseRate, color: COLOUR.grey, dash: 'dot' }),
        ...(holdout === undefined
          ? []
          : [
              line({
                x0: holdout,
                x1: holdout,
                yref: 'paper',
                y0: 0,
                y1: 1,
                color: COLOUR.orange,
                dash: 'dash',
              }),
            ]),
      ],
      annotations: [
        ...years.map(({ name, from, to, rate }) =>
          note(`<b>${plotText(name)}</b><br>${shown(rate)}`, {
            x: (from + to) / 2,
            yref: 'paper',
            y: 1,
            yanchor: 'bottom',
            font: { color: COLOUR.ink, size: 12 },
          }),
        ),
        note(`all rows: ${shown(baseRate)}`, {
          xref: 'paper',
          x: 0,
          xanchor: 'left',
          xshift: 6,
          y: baseRate,
          yanchor: 'bottom',
        }),
        ...(holdout === undefined
          ? []
          : [
              note('held out →', {
                x: holdout,
                xanchor: 'left',
                xshift: 4,
                yref: 'paper',
                y: 0.26,
                yanchor: 'bottom',
                font: { color: COLOUR.orange, size: 12 },
              }),
            ]),
      ],
    }),
  };
}

/** Shares as per cent, other means as numbers. */
function shownBy({ holdout }: StudyReport): (rate: number) => string {
  return holdout.details.curves ? (rate) => formatPercent(rate) : formatScore;
}

function titleOf(years: readonly Regime[], { data, holdout }: StudyReport): string {
  if (!holdout.details.curves) return `The mean of ${formatCount(data.rows)} rows by segment`;
  const [first, last] = [years[0], years[years.length - 1]];
  if (!first || !last)
    return `${formatPercent(data.baseRate ?? 0)} of ${formatCount(data.rows)} rows say yes`;
  const rates = `${formatPercent(first.rate)} in ${first.name} and ${formatPercent(last.rate)} in ${last.name}`;
  const times = last.rate / first.rate;
  if (times >= 1.5) return `The share of yes grows ${formatTimes(times)}-fold: ${rates}`;
  if (times <= 2 / 3) return `The share of yes falls to ${formatPercent(times, 0)} of what it was: ${rates}`;
  return `The share of yes by segment: ${rates}`;
}

function altOf(years: readonly Regime[], report: StudyReport): string {
  const { data } = report;
  const shown = shownBy(report);
  const what = report.holdout.details.curves ? 'share of yes' : 'mean';
  const stretches: readonly Pick<SegmentRow, 'name' | 'rows' | 'rate'>[] =
    years.length > 0
      ? years
      : segmentLabels(data.segments).map((name, i) => ({ ...data.segments[i]!, name }));
  const each = stretches.map(
    ({ name, rows, rate }) => `${name}: ${shown(rate ?? 0)} of ${formatCount(rows)} rows`,
  );
  return `Line of the ${what} over ${data.segments.length} segments, above bars of their rows. ${each.join('; ')}. All: ${shown(data.baseRate ?? 0)}.`;
}

function band({ from, to }: Regime): { [key: string]: string | number | { width: number } } {
  return {
    type: 'rect',
    layer: 'below',
    xref: 'x',
    x0: from - 0.5,
    x1: to + 0.5,
    yref: 'paper',
    y0: 0,
    y1: 1,
    fillcolor: COLOUR.band,
    line: { width: 0 },
  };
}

/** At most six labels, evenly spread. */
function tickIndices(count: number): number[] {
  const step = Math.max(1, Math.ceil(count / 6));
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}

/** Where on the axis the holdout stretch begins, if its segments are the last ones of the data. */
function holdoutFrom({ data, holdout }: StudyReport): number | undefined {
  const index = data.segments.length - holdout.segments.length;
  const [first, same] = [holdout.segments[0], data.segments[index]];
  if (!data.ordered || !first || first.name !== same?.name) return undefined;
  return index + 0.5 - (same.rows > 0 ? Math.min(1, first.rows / same.rows) : 0);
}
