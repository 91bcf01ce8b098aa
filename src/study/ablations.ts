/** What helped and what did not: paired differences in the race, for each question that the study asks. */
import type { Race } from '../evaluate/race.js';
import type { Ablation, Study } from './study.js';
import type { AblationRow } from './study-report.js';

/** One row for each question, in the order in which they are asked. */
export function ablationsOf(study: Study, race: Race): AblationRow[] {
  return (study.ablations ?? []).map((ablation) => rowOf(ablation, race));
}

function rowOf({ question, compare: [tried, against] }: Ablation, race: Race): AblationRow {
  const judged = [tried, against].every((name) => race.candidates.some((one) => one.name === name));
  if (!judged) return { question, tried, against, difference: null, verdict: 'not judged' };
  const difference = race.difference(tried, against);
  const { value, low, high } = difference;
  const gain = race.metrics[0]!.better === 'up' ? value : -value;
  const verdict = !(low > 0 || high < 0) ? 'no clear difference' : gain > 0 ? 'helps' : 'does harm';
  return { question, tried, against, difference, verdict };
}
