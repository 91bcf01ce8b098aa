/** What helped and what did not: sentences that follow from paired differences in the race. */
import type { Race } from '../evaluate/race.js';
import type { Study } from './study.js';

/** One sentence for each question that the study asks. */
export function ablationsOf(study: Study, race: Race): string[] {
  const score = race.metrics[0]!.name;
  const sign = race.metrics[0]!.better === 'up' ? 1 : -1;
  return (study.ablations ?? []).map(({ question, compare: [tried, against] }) => {
    const { value, low, high } = race.difference(tried, against);
    const verdict = !(low > 0 || high < 0)
      ? 'No difference that could be told from chance'
      : sign * value > 0
        ? 'Yes'
        : 'No, it does harm';
    const change = `${score} ${signed(value)} (${signed(low)} to ${signed(high)})`;
    return `${question} ${verdict}: "${tried}" against "${against}", ${change}, ${race.protocols[0]!.name}.`;
  });
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(3).replace(/^0\./, '.');
  return `${value < 0 ? '−' : '+'}${text}`;
}
