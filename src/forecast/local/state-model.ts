/** Local models that are a small state moved on by each period: how one becomes a `FittedSeries`. */
import type { FittedSeries } from './local-model.js';

/** How a state gives forecasts, and moves on. A state is a value; `next` gives a new one. */
export interface StateRule<State> {
  /** What the state expects of the period `ahead` periods after it (1 for the next one). */
  readonly expect: (state: State, ahead: number) => number;
  /** The state after a period with this value; NaN where it is not known. */
  readonly next: (state: State, value: number) => State;
}

/**
 * A series under a rule, from the state before its first period. `before` is what was said of periods that came earlier still; it
 * stands first in `fitted`.
 */
export function runStates<State>(
  rule: StateRule<State>,
  start: State,
  values: Float64Array,
  { before = new Float64Array(0) }: { before?: Float64Array } = {},
): FittedSeries {
  const fitted = new Float64Array(before.length + values.length);
  fitted.set(before);
  let state = start;
  for (let i = 0; i < values.length; i++) {
    fitted[before.length + i] = rule.expect(state, 1);
    state = rule.next(state, values[i]!);
  }
  return {
    fitted,
    forecast: (horizon) => Float64Array.from({ length: horizon }, (_, i) => rule.expect(state, i + 1)),
    update: (more) => runStates(rule, state, more, { before: fitted }),
  };
}
