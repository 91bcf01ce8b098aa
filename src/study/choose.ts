/** Chooses a candidate from a race, and says why in words that follow from the numbers. */
import type { Race } from '../evaluate/race.js';

/** What was chosen and why. */
export interface Choice {
  readonly name: string;
  readonly why: string;
}

/** The simplest candidate that trails the best by no more than one standard error of their paired difference. */
export function choose(race: Race): Choice {
  const score = race.metrics[0]!.name;
  const protocol = race.protocols[0]!.name;
  const [best = ''] = race.ranking();
  const { name } = race.best();
  const value = format(race.estimate(best).value);
  if (name === best) {
    return {
      name,
      why: `It has the best ${score} under ${protocol}, ${value}, and no simpler candidate comes within one standard error of it.`,
    };
  }
  const { value: gap, error } = race.difference(best, name);
  return {
    name,
    why: `"${best}" has the best ${score} under ${protocol}, ${value}; "${name}" is simpler and trails it by ${format(Math.abs(gap))}, which is within one standard error (${format(error)}) of their paired difference.`,
  };
}

function format(value: number): string {
  return value.toFixed(4).replace(/^(-?)0\./, '$1.');
}
