/** The check of numbers that a protocol, a split or a score is set by. */
import { type Issue, Problem, show } from '../problem.js';

/** A setting and what it must be. */
export interface Setting {
  readonly name: string;
  readonly value: number;
  readonly integer?: boolean;
  readonly min?: number;
  /** The value must lie strictly below. */
  readonly below?: number;
  /** The value must lie strictly above. */
  readonly above?: number;
}

/** Throws one `Problem` (`evaluate-bad-setting`) with all settings that are not what they must be. */
export function checkSettings(settings: readonly Setting[]): void {
  const issues = settings
    .filter(({ value, integer, min, below, above }) => {
      const inside =
        value >= (min ?? -Infinity) && value < (below ?? Infinity) && value > (above ?? -Infinity);
      return !Number.isFinite(value) || !inside || (integer === true && !Number.isInteger(value));
    })
    .map(({ name, value, integer, min, below, above }): Issue => {
      const bounds = [
        min !== undefined ? `of at least ${min}` : '',
        above !== undefined ? `above ${above}` : '',
        below !== undefined ? `below ${below}` : '',
      ].filter(Boolean);
      return {
        code: 'evaluate-bad-setting',
        what: `"${name}" cannot be that`,
        got: show(value),
        expected: `${integer ? 'a whole number' : 'a number'} ${bounds.join(' and ')}`.trim(),
      };
    });
  if (issues.length > 0) throw new Problem(issues);
}
