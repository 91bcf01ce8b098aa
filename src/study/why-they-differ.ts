/** Says why two protocols differ, in words that follow from the numbers. */
import type { Protocol } from '../evaluate/evaluate.js';
import type { Race } from '../evaluate/race.js';
import { decimals } from '../table/decimals.js';
import type { SegmentRow } from './study-report.js';

const respected: Readonly<Record<Protocol['kind'], string>> = {
  ordered: 'time is respected',
  grouped: 'groups are kept together',
  random: 'the study decides',
};

/** Who leads under which protocol, and (where there are segments of a hundred rows) how far the rate of yes moves. */
export function whyTheyDiffer(
  deciding: Race,
  optimistic: Race | undefined,
  { rate, segments }: { rate: string; segments: readonly SegmentRow[] },
): string {
  const { kind } = deciding.protocols[0]!;
  if (!optimistic) {
    return kind === 'random'
      ? 'There is one protocol: rows have neither an order nor groups to respect.'
      : `There is one protocol, under which ${respected[kind]}.`;
  }
  const score = deciding.metrics[0]!.name;
  const [honestBest = ''] = deciding.ranking();
  const [flatteringBest = ''] = optimistic.ranking();
  const honest = (name: string): string => decimals(deciding.estimate(name).value);
  const shuffled = decimals(optimistic.estimate(flatteringBest).value);
  const lead =
    honestBest === flatteringBest
      ? `"${honestBest}" leads under both: ${score} ${shuffled} when rows are shuffled, ${honest(honestBest)} when ${respected[kind]}.`
      : `When rows are shuffled, "${flatteringBest}" leads with ${score} ${shuffled}; when ${respected[kind]} it gets ${honest(flatteringBest)}, and "${honestBest}" leads with ${honest(honestBest)}.`;
  const rates = segments.filter(({ rows }) => rows >= 100).flatMap(({ rate }) => rate ?? []);
  if (kind !== 'ordered' || rates.length < 2) return lead;
  const range = `from ${percent(Math.min(...rates))} to ${percent(Math.max(...rates))}`;
  return `${lead} The ${rate} runs ${range} between the stretches of the data; in a shuffle the learner has seen every stretch, and it cannot have seen one that is still to come.`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
