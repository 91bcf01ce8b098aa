/** What a line through the last periods of a series says of those ahead: its level, and how fast it moves. */
import type { Series } from '../panel/panel.js';

/** Seasons that a line goes through, at most. */
const seasonsBehind = 3;
/** A usual slope: so great a share of the level in a season. */
const usualSlope = 0.2;

/** Where the line is read: `step` periods after the first `position` ones of the series. */
export interface LinePlace {
  readonly position: number;
  readonly step: number;
  readonly season: number;
}

/**
 * Least squares through what is known, the slope held back as by a normal prior: the fewer the periods and the more they vary, the flatter is
 * the line. Never below a third of the level; NaN where nothing is known.
 */
export function lineAhead({ values, available }: Series, { position, step, season }: LinePlace): number {
  const known: number[] = [];
  for (let i = Math.max(0, position - seasonsBehind * season); i < position; i++)
    if (available?.[i] !== 0 && !Number.isNaN(values[i]!)) known.push(i);
  const count = known.length;
  const level = known.reduce((sum, i) => sum + values[i]!, 0) / count;
  if (!(level > 0) || count < 2) return level;
  const middle = known.reduce((sum, i) => sum + i, 0) / count;
  let [distances, along, squares] = [0, 0, 0];
  for (const i of known) {
    distances += (i - middle) ** 2;
    along += (i - middle) * values[i]!;
    squares += (values[i]! - level) ** 2;
  }
  const held = squares / (count - 1) / ((level * usualSlope) / season) ** 2;
  return Math.max(level / 3, level + (along / (distances + held)) * (position + step - 1 - middle));
}
