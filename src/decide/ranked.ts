/** Probabilities by descending value, equals taken together: the only places where a cut can fall. */
import type { Judged } from './policy.js';

/** A cut just below a probability: how many rows are at or above it, and how many of those are a yes. */
export interface Cut {
  readonly probability: number;
  readonly acted: number;
  readonly hits: number;
}

/** Every possible cut, from the highest probability to the lowest; one for each distinct probability. */
export function possibleCuts({ predicted: probabilities, targets: labels }: Judged): Cut[] {
  const order = Uint32Array.from(probabilities, (_, row) => row);
  order.sort((a, b) => probabilities[b]! - probabilities[a]!);
  const cuts: Cut[] = [];
  let hits = 0;
  for (let i = 0; i < order.length; i++) {
    hits += labels[order[i]!]!;
    const probability = probabilities[order[i]!]!;
    if (probabilities[order[i + 1]!] === probability) continue;
    cuts.push({ probability, acted: i + 1, hits });
  }
  return cuts;
}

/** The next double above a number of at least 0: the lowest cut-off that leaves it out. */
export function justAbove(value: number): number {
  const bits = new BigInt64Array(new Float64Array([value + 0]).buffer);
  bits[0]! += 1n;
  return new Float64Array(bits.buffer)[0]!;
}
