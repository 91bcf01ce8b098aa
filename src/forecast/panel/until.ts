/** A panel as it stood earlier: without its last periods. */
import { checkNumbers } from '../../check-numbers.js';
import type { Panel, Series } from './panel.js';
import { showPanel } from './show-panel.js';

/** Whose last periods are left out. */
export interface UntilOptions {
  /**
   * 'calendar' (the default) leaves the last periods of the panel out, and so more of a series that goes to its end than of one
   * that ended before; 'each' leaves the last periods of each series out, wherever it ends.
   */
  readonly of?: 'calendar' | 'each';
}

/**
 * The panel without its last `back` periods. All series stay, in their order, so that forecasts can be compared place by place:
 * a series that had not begun has no values. What is known ahead stays known.
 * Throws `forecast-bad-setting` unless `back` is an integer from 0 on and leaves a period.
 *
 * @example
 * until(panel, 6).periods.count // → 98
 */
export function until<P extends Panel>(panel: P, back: number, { of = 'calendar' }: UntilOptions = {}): P {
  const { periods, series } = panel;
  checkNumbers(
    { code: 'forecast-bad-setting' },
    { back },
    { back: { integer: true, min: 0, below: Math.max(1, periods.count) } },
  );
  const end = periods.count - back;
  const cut = series.map((one) =>
    first(one, of === 'each' ? one.values.length - back : Math.min(one.values.length, end - one.start)),
  );
  const count = of === 'calendar' ? end : cut.reduce((most, one) => Math.max(most, endOf(one)), 1);
  return showPanel({
    ...panel,
    periods: { ...periods, count },
    series: cut.map((one) => ({ ...one, start: Math.min(one.start, count) })),
  });
}

function first(one: Series, count: number): Series {
  const length = Math.max(0, count);
  return {
    ...one,
    values: one.values.subarray(0, length),
    ...(one.available && { available: one.available.subarray(0, length) }),
  };
}

function endOf({ start, values }: Series): number {
  return start + values.length;
}
