/** Several forecasters as one: the mean or the median of what they expect. */
import { listNames, Problem } from '../../problem.js';
import type { FittedForecaster, Forecaster } from '../forecaster.js';
import { fitOnce } from './fit-once.js';

/** What a combination may be told. */
export interface CombinationOptions {
  /** As it stands in tables; by default the names of the members. */
  readonly name?: string;
}

/**
 * The median of what the members expect of each series and period; between the middle two where their number is even. One
 * member that goes astray moves it little. Throws `forecast-bad-setting` for fewer than two members, or two of one name.
 *
 * @example
 * median([local(naive()), local(theta()), local(ets())]).name // → 'median of naive, Theta and ETS'
 */
export function median(members: readonly Forecaster[], { name }: CombinationOptions = {}): Forecaster {
  const middle = (values: Float64Array): number => {
    values.sort();
    const half = values.length >> 1;
    return values.length % 2 === 1 ? values[half]! : (values[half - 1]! + values[half]!) / 2;
  };
  return combination('median', members, { of: middle, name });
}

/**
 * The mean of what the members expect of each series and period. Throws as `median`.
 *
 * @example
 * mean([local(naive()), local(meanOfLast(8))]).name // → 'mean of naive and mean of last 8'
 */
export function mean(members: readonly Forecaster[], { name }: CombinationOptions = {}): Forecaster {
  const middle = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return combination('mean', members, { of: middle, name });
}

function combination(
  kind: string,
  members: readonly Forecaster[],
  { of, name }: { of: (values: Float64Array) => number; name: string | undefined },
): Forecaster {
  const names = members.map(({ name }) => name);
  if (members.length < 2 || new Set(names).size < names.length)
    throw new Problem({
      code: 'forecast-bad-setting',
      what: `the ${kind} of ${listNames(names) || 'nothing'} is no combination`,
      expected: 'two forecasters at least, each of another name',
    });
  return {
    name: name ?? `${kind} of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
    fit: (panel, options) =>
      combined(
        members.map((member) => fitOnce(member, panel, options)),
        of,
      ),
  };
}

function combined(
  members: readonly FittedForecaster[],
  of: (values: Float64Array) => number,
): FittedForecaster {
  return {
    forecast: (horizon) => {
      const said = members.map((member) => member.forecast(horizon).means);
      const values = new Float64Array(said.length);
      const means = said[0]!.map((_, i) => {
        for (let k = 0; k < said.length; k++) values[k] = said[k]![i]!;
        return of(values);
      });
      return { horizon, means };
    },
    update: (panel) =>
      combined(
        members.map((member) => member.update(panel)),
        of,
      ),
  };
}
