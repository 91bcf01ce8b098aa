/** What is made of a kept series once, and told again: for as long as its forecasts are held. */
import type { KeptForecasts } from './kept-forecasts.js';

/** A function that makes its value of each series once. */
export function oncePerSeries<Value extends object>(
  make: (kept: KeptForecasts, series: number) => Value,
): (kept: KeptForecasts, series: number) => Value {
  const valuesOf = new WeakMap<KeptForecasts, Map<number, Value>>();
  return (kept, series) => {
    let values = valuesOf.get(kept);
    if (values === undefined) {
      values = new Map();
      valuesOf.set(kept, values);
    }
    let value = values.get(series);
    if (value === undefined) {
      value = make(kept, series);
      values.set(series, value);
    }
    return value;
  };
}
