/** Draws the rate of an outcome for each level or range of a column. */
import type { Figure, Trace } from '../report/figure.js';
import { formatCount, formatPercent } from '../report/format-number.js';
import { axis, COLOUR, line, plotText } from '../report/theme.js';
import { formatNumber } from '../table/print.js';
import { columnOf, type FigureData } from './figure-data.js';
import { groupsOf, MISSING } from './groups.js';
import { outcomeOf } from './outcome.js';
import { type FigureOptions, shown } from './shown.js';

/** The options of `rateBy`. */
export interface RateByOptions extends FigureOptions {
  /** The column whose levels are compared; numbers and dates in ranges of equally many rows. */
  x: string;
  /** The outcome: a column of two levels, of 0 and 1, or of any number, of which the mean is drawn. */
  y: string;
  /** The level of `y` that counts; needed where it is not plain, as with three levels. */
  yes?: string;
  /** About how many ranges of a number; by default 10. */
  bins?: number;
  /** At most so many levels, the last for all others; by default 20. */
  most?: number;
}

/**
 * The share of yes (or the mean) by level or range, with its 95 % interval and the number of rows: a rate without them is
 * gossip. Levels stand by their rate, ranges in their order; the dotted line is the rate of all rows. The interval of a
 * share is Wilson's, that of a mean is 1.96 standard errors.
 *
 * @example
 * rateBy(calls, { x: 'job', y: 'y' });
 */
export function rateBy(data: FigureData, options: RateByOptions): Figure {
  const column = columnOf(data, options.x);
  const outcome = outcomeOf(columnOf(data, options.y), options.yes);
  const { names, codes, isOrdered } = groupsOf(column, options);
  const groups = names.map((name) => ({ name, rows: 0, sum: 0, squares: 0 }));
  const all = { name: 'all rows', rows: 0, sum: 0, squares: 0 };
  outcome.values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    for (const group of [groups[codes[row]!]!, all]) {
      group.rows++;
      group.sum += value;
      group.squares += value * value;
    }
  });
  const rates = groups.filter(({ rows }) => rows > 0).map((group) => rateOf(group, outcome.isShare));
  if (!isOrdered) rates.sort((a, b) => b.rate - a.rate);
  const overall = rateOf(all, outcome.isShare);
  const text = (value: number): string =>
    outcome.isShare && !Number.isNaN(value) ? formatPercent(value, 1) : formatNumber(value, 4);
  // Ranges hold about equally many rows, which the axis says; levels do not.
  const labelOf = (name: string, rows: number): string =>
    plotText(isOrdered ? name : `${name} · ${formatCount(rows)}`);
  // The rows without a value stand apart: no line leads to them.
  const whole = rates.filter(({ name }) => name !== MISSING);
  const missing = rates.filter(({ name }) => name === MISSING);
  const sizes = whole.map(({ rows }) => rows);
  const each =
    sizes.length > 0
      ? `; ${formatCount(Math.min(...sizes))} to ${formatCount(Math.max(...sizes))} rows each`
      : '';
  const order = [...rates].sort((a, b) => b.rate - a.rate);
  const [best, worst] = [order[0], order[order.length - 1]];
  const title =
    best && worst
      ? `${outcome.label} by ${column.name}: ${text(best.rate)} for ${best.name}, ${text(worst.rate)} for ${worst.name}`
      : `${outcome.label}: no rows`;
  const [along, across] = isOrdered ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const value = { title: outcome.label, rangemode: 'tozero', ...(outcome.isShare && { tickformat: '.0%' }) };
  const groupAxis = {
    type: 'category',
    showgrid: false,
    ...(isOrdered ? { title: column.name + each } : { autorange: 'reversed' }),
  };
  const ends = {
    [`${along}ref`]: 'paper',
    [`${along}0`]: 0,
    [`${along}1`]: 1,
    [`${across}0`]: overall.rate,
    [`${across}1`]: overall.rate,
  };
  return shown({
    title: options.title ?? title,
    alt: `${outcome.label} by ${column.name}; all rows ${text(overall.rate)}. ${rates
      .map(({ name, rate, rows }) => `${name}: ${text(rate)} of ${formatCount(rows)}`)
      .join('; ')}.`,
    data: (missing.length > 0 ? [whole, missing] : [whole]).map((own) =>
      dots(own, { isOrdered, text, labelOf }),
    ),
    layout: {
      height: isOrdered ? 360 : 100 + 26 * Math.max(1, rates.length),
      // The pointer need not meet a mark.
      hovermode: isOrdered ? 'x' : 'y',
      [`${along}axis`]: axis(groupAxis),
      [`${across}axis`]: axis(value),
      shapes: all.rows > 0 ? [line({ ...ends, color: COLOUR.grey, dash: 'dot' })] : [],
    },
  });
}

/** The dots with their intervals, along the horizontal axis where the groups are in order, else down the vertical one. */
function dots(
  rates: readonly Rate[],
  given: { isOrdered: boolean; text(value: number): string; labelOf(name: string, rows: number): string },
): Trace {
  const { isOrdered, text, labelOf } = given;
  const [along, across] = isOrdered ? ['x', 'y'] : ['y', 'x'];
  return {
    type: 'scatter',
    mode: isOrdered ? 'lines+markers' : 'markers',
    [along!]: rates.map(({ name, rows }) => labelOf(name, rows)),
    [across!]: rates.map(({ rate }) => rate),
    [`error_${across}`]: {
      type: 'data',
      symmetric: false,
      array: rates.map(({ rate, high }) => high - rate),
      arrayminus: rates.map(({ rate, low }) => rate - low),
      color: COLOUR.paleBlue,
      thickness: 3,
      width: 0,
    },
    line: { color: COLOUR.blue, width: 1.5 },
    marker: { color: COLOUR.blue, size: 9 },
    customdata: rates.map(({ rate, low, high, rows }) => [
      text(rate),
      text(low),
      text(high),
      formatCount(rows),
    ]),
    hovertemplate: `<b>%{${along}}</b><br>%{customdata[0]} (%{customdata[1]} to %{customdata[2]})<br>%{customdata[3]} rows<extra></extra>`,
  };
}

interface Rate {
  readonly name: string;
  readonly rows: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

function rateOf(
  { name, rows, sum, squares }: { name: string; rows: number; sum: number; squares: number },
  isShare: boolean,
): Rate {
  const rate = sum / rows;
  const z = 1.96;
  if (!isShare) {
    const variance = rows > 1 ? Math.max(0, squares - rows * rate * rate) / (rows - 1) : 0;
    const half = z * Math.sqrt(variance / rows);
    return { name, rows, rate, low: rate - half, high: rate + half };
  }
  const centre = (rate + (z * z) / (2 * rows)) / (1 + (z * z) / rows);
  const half =
    (z / (1 + (z * z) / rows)) * Math.sqrt((rate * (1 - rate)) / rows + (z * z) / (4 * rows * rows));
  return { name, rows, rate, low: Math.min(rate, centre - half), high: Math.max(rate, centre + half) };
}
