/** What a panel shows of itself: how many series over which time, and the first of them. */
import { formatNumber, shortNumber } from '../../table/print.js';
import { type Sheet, withSheet } from '../../table/sheet.js';
import { periodText } from './calendar.js';
import type { Panel, Series } from './panel.js';

/** Gives a panel its text and HTML; notes on how it was made stand below. */
export function showPanel<P extends Panel & { readonly notes?: readonly string[] }>(panel: P): P {
  return withSheet<P>(panel, sheetOf);
}

const shown = 8;

function sheetOf(panel: Panel & { readonly notes?: readonly string[] }): Sheet {
  const { periods, series, names, notes = [] } = panel;
  const { every = 'period', count } = periods;
  const [first, last] = [periodText(periods, 0), periodText(periods, count - 1)];
  const known = series.reduce((sum, one) => sum + knownOf(one).length, 0);
  const zeros = series.reduce((sum, one) => sum + knownOf(one).filter((value) => value === 0).length, 0);
  const parts = [
    `${formatNumber(series.length)} series over ${formatNumber(count)} ${every}s, ${first} to ${last}`,
    `${formatNumber(known)} known values, ${shortNumber((100 * zeros) / known, 3)} % of them 0`,
    ...outOfStock(series),
  ];
  const empty = series.filter((one) => knownOf(one).length === 0).length;
  if (empty > 0) parts.push(`${formatNumber(empty)} without a known value`);
  return {
    above: [`${parts.join('; ')}.`, ''],
    header: [...(names.length > 0 ? names : ['series']), 'first', 'last', 'mean', 'zeros'],
    rows: series.slice(0, shown).map((one) => rowOf(one, panel)),
    align: [...(names.length > 0 ? names : ['series']).map(() => 'left' as const), ...numbersRight],
    below: [...(series.length > shown ? [`… ${formatNumber(series.length)} series`] : []), ...notes],
  };
}

const numbersRight: readonly ('left' | 'right')[] = ['left', 'left', 'right', 'right'];

function rowOf(one: Series, { names, periods }: Panel): string[] {
  const key = names.length > 0 ? one.key : ['all'];
  const known = knownOf(one);
  if (known.length === 0) return [...key, '–', '–', '–', '–'];
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const zeros = known.filter((value) => value === 0).length / known.length;
  return [
    ...key,
    periodText(periods, one.start),
    periodText(periods, one.start + one.values.length - 1),
    shortNumber(mean, 3),
    `${Math.round(100 * zeros)} %`,
  ];
}

function knownOf({ values }: Series): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

function outOfStock(series: readonly Series[]): string[] {
  const said = series.flatMap(({ available }) => (available ? [available] : []));
  if (said.length === 0) return [];
  const all = said.reduce((sum, { length }) => sum + length, 0);
  const out = said.reduce((sum, one) => sum + one.filter((is) => is === 0).length, 0);
  return [`out of stock in ${shortNumber((100 * out) / all, 3)} % of the periods`];
}
