/** Whether a column alone tells the target far better than the rest of the table does. */
import type { ColumnProfile } from '../column-profile.js';
import type { Subject } from '../subject.js';
import { othersTogether } from './others-together.js';

/** What a column that stands out is measured against. */
export interface StandsOut {
  /** 'alone': no column known in time is so strong. The other two: far above three in four of the others, above all of them together. */
  readonly beside: 'alone' | 'others' | 'all together';
  /** The strength that three in four of the other columns do not pass. */
  readonly upperQuartile: number | undefined;
  /** The strength of all other columns together, where it was worked out. */
  readonly together: number | undefined;
}

/** Standard errors above nothing that it takes to be no accident: a small table must not cry for a lucky column. */
const ERRORS = 4;
/** How many times as far as the upper quartile of the others it must separate outcomes. */
const RATIO = 2;
/** Fewer columns to compare with, and there is no telling. */
const FEWEST_OTHERS = 4;

/** How it stands out; undefined where it does not. */
export function standsOut(subject: Subject, column: ColumnProfile): StandsOut | undefined {
  const { measure } = subject.target;
  const { value, significance } = subject.strength(column);
  if (!(significance >= ERRORS)) return undefined;
  const upperQuartile = upperQuartileOfOthers(subject, column);
  if (value >= measure.tooGood) return { beside: 'alone', upperQuartile, together: undefined };
  // One standard error off.
  const surely = value - (value - measure.nothing) / significance;
  if (surely < measure.remarkable || upperQuartile === undefined) return undefined;
  if (separation(subject, value) >= RATIO * separation(subject, upperQuartile)) {
    return { beside: 'others', upperQuartile, together: undefined };
  }
  const together = othersTogether(subject, column);
  return together !== undefined && surely > together
    ? { beside: 'all together', upperQuartile, together }
    : undefined;
}

/** How far apart outcomes stand: for an AUC half the log-odds that a yes ranks above a no, for a correlation Fisher's z. */
function separation({ target }: Subject, value: number): number {
  const { nothing } = target.measure;
  return Math.atanh(Math.min((value - nothing) / (1 - nothing), 1 - 1e-9));
}

function upperQuartileOfOthers(subject: Subject, column: ColumnProfile): number | undefined {
  const others = subject.features.filter((other) => other !== column);
  if (others.length < FEWEST_OTHERS) return undefined;
  const strengths = others.map((other) => subject.strength(other).value).sort((a, b) => a - b);
  return strengths[Math.ceil(0.75 * strengths.length) - 1]!;
}
