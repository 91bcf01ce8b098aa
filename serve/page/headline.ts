/** An answer in a few words for people: 12.3 %, 41 pieces (35 to 48), family (62 %). The page's script writes the same. */
import { type AnswerFields, shortNumber } from '../../src/serving.js';

/** A share for people: 12.3 %. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}\u00a0%`;
}

/** The prediction in words. */
export function headline({ probability, prediction, low, high, probabilities }: AnswerFields): string {
  if (typeof probability === 'number') return percent(probability);
  if (typeof prediction === 'number') {
    const bounds = typeof low === 'number' ? ` (${shortNumber(low)} to ${shortNumber(high ?? low)})` : '';
    return `${shortNumber(prediction)}${bounds}`;
  }
  const [name, share] = likeliest(probabilities ?? {});
  return `${name} (${percent(share)})`;
}

/** The share that the bar shows; undefined where there is none. */
export function shareOf({ probability, probabilities }: AnswerFields): number | undefined {
  if (typeof probability === 'number') return probability;
  return probabilities === undefined ? undefined : likeliest(probabilities)[1];
}

function likeliest(shares: Readonly<Record<string, number>>): [string, number] {
  return Object.entries(shares).reduce((best, one) => (one[1] > best[1] ? one : best), ['–', 0] as [
    string,
    number,
  ]);
}
