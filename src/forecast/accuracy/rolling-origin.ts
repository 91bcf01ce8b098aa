/** The protocol of forecasts: go back in time, forecast, and compare with what came. */
import { checkNumbers, optionIssue } from '../../check-numbers.js';
import { Problem } from '../../problem.js';
import type { Panel, Series } from '../panel/panel.js';
import { until } from '../panel/until.js';

/** Where forecasts are made from, and what is known there. */
export interface RollingOrigin {
  /** How many origins; the last one is `horizon` periods before the end. */
  readonly origins: number;
  /** How many periods are forecast from each. */
  readonly horizon: number;
  /** Periods from one origin to the next. */
  readonly step: number;
  /** How many periods pass until a value is known: the last `delay` before each origin are not. */
  readonly delay: number;
  /** 'expanding' where all of the past is learned from, or how many periods are. */
  readonly window: 'expanding' | number;
}

/**
 * A protocol of origins, the latest first. By default 3 origins, `horizon` periods apart, all of the past, and no delay.
 * Throws `forecast-bad-setting`.
 *
 * @example
 * rollingOrigin({ horizon: 13 }).step // → 13
 */
export function rollingOrigin(options: {
  horizon: number;
  origins?: number;
  step?: number;
  delay?: number;
  window?: 'expanding' | number;
}): RollingOrigin {
  const { horizon, origins = 3, step = horizon, delay = 0, window = 'expanding' } = options;
  const whole = { integer: true, min: 1 };
  const code = 'forecast-bad-setting';
  checkNumbers(
    { code, of: 'rollingOrigin' },
    { horizon, origins, step, delay },
    { horizon: whole, origins: whole, step: whole, delay: { integer: true, min: 0 } },
  );
  if (window !== 'expanding' && !(Number.isInteger(window) && window >= 1))
    throw new Problem(
      optionIssue({
        ...{ code, of: 'rollingOrigin', name: 'window', got: window },
        expected: '"expanding", or a whole number of periods from 1 on',
      }),
    );
  return { origins, horizon, step, delay, window };
}

/** What it means, as a clause. */
export function describeOrigins({ origins, horizon, step, delay, window }: RollingOrigin): string {
  const from = origins === 1 ? 'from one origin' : `from ${origins} origins, ${step} periods apart`;
  const learned =
    window === 'expanding' ? 'all that was known there' : `the last ${window} periods known there`;
  return `${from}, the next ${horizon} periods are forecast from ${learned}${delay > 0 ? `; the last ${delay} periods were not known yet` : ''}`;
}

/** A panel as it stood at an origin, and what came after. */
export interface Origin {
  /** How many periods before the end it lies. */
  readonly back: number;
  /** What is known; all series stay in their places. */
  readonly known: Panel;
  /**
   * What came: series × horizon, row-major; NaN where nobody knows, where the article was out of stock, and where the series had no
   * known value at the origin.
   */
  readonly actual: Float64Array;
}

/**
 * The origins of a panel, the latest first. On a calendar an origin is the same moment for all series. Where periods are only
 * counted it lies as many periods before each series' own end. Origins at which no series had begun are left out.
 * Throws `forecast-short-panel` where none is left.
 */
export function originsOf(panel: Panel, protocol: RollingOrigin): Origin[] {
  const { origins, horizon, step, delay } = protocol;
  const found: Origin[] = [];
  for (let i = 0; i < origins; i++) {
    const back = horizon + i * step;
    if (back + delay >= panel.periods.count) break;
    const origin = originAt(panel, back, protocol);
    if (origin.known.series.some(isKnown)) found.push(origin);
  }
  if (found.length > 0) return found;
  throw new Problem({
    code: 'forecast-short-panel',
    what: `the longest series has ${panel.periods.count} periods, and nothing is known ${horizon + delay} before its end`,
    expected: 'a longer past, or a shorter horizon',
  });
}

function originAt(panel: Panel, back: number, { horizon, delay, window }: RollingOrigin): Origin {
  const known = until(panel, back + delay, { of: panel.periods.every === undefined ? 'each' : 'calendar' });
  const actual = new Float64Array(panel.series.length * horizon).fill(Number.NaN);
  panel.series.forEach((whole, i) => {
    if (!isKnown(known.series[i]!)) return;
    const end =
      panel.periods.every === undefined
        ? whole.values.length - back
        : panel.periods.count - back - whole.start;
    for (let h = 0; h < horizon; h++)
      if (whole.available?.[end + h] !== 0) actual[i * horizon + h] = whole.values[end + h] ?? Number.NaN;
  });
  return { back, known: window === 'expanding' ? known : lastOf(known, window), actual };
}

function isKnown({ values }: Series): boolean {
  return values.some((value) => !Number.isNaN(value));
}

/** The panel with the last periods of each series alone. */
function lastOf(panel: Panel, window: number): Panel {
  return {
    ...panel,
    series: panel.series.map((series) => {
      const cut = Math.max(0, series.values.length - window);
      return {
        ...series,
        start: series.start + cut,
        values: series.values.subarray(cut),
        ...(series.available && { available: series.available.subarray(cut) }),
      };
    }),
  };
}
