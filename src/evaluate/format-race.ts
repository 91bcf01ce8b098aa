/** A race as it shows itself: the leaderboard, what each protocol tells, and why they differ. */
import { listNames } from '../problem.js';
import type { Sheet } from '../table/sheet.js';
import type { Protocol } from './evaluate.js';
import { formatEstimate, formatScore } from './format-estimate.js';
import type { Race } from './race.js';

/** The leaderboard with its intervals, all protocols side by side, and what they mean. */
export function raceSheet(race: Race): Sheet {
  const { protocols, metrics, rows, failures } = race;
  const columns = protocols.flatMap((protocol, at) => metrics.map((metric) => ({ protocol, at, metric })));
  const lines = rows.map((row) => [
    row.name,
    ...columns.map(({ protocol, metric }) => {
      return formatEstimate(row.scores[protocol.name]![metric.name]!);
    }),
  ]);
  const failed = failures.map(({ name }) => [name, ...columns.map(() => '–')]);
  const mark = (at: number): string => (protocols.length > 1 ? ` [${at + 1}]` : '');
  const header = ['candidate', ...columns.map(({ metric, at }) => `${metric.name}${mark(at)}`)];
  const meanings = protocols.map(
    ({ name, meaning }, at) =>
      `${mark(at)} ${name}${at === 0 && protocols.length > 1 ? ', which decides' : ''}: ${meaning}.`,
  );
  const level = Math.round(100 * (rows[0]?.scores[protocols[0]!.name]?.[metrics[0]!.name]?.level ?? 0.95));
  return {
    header,
    rows: [...lines, ...failed],
    align: ['left', ...columns.map(() => 'right' as const)],
    below: [
      '',
      `In brackets: ${level} % intervals.`,
      ...meanings.map((line) => line.trim()),
      ...(race.cutoff === undefined ? [] : [race.cutoff]),
      ...whyDashes(race),
      ...failures.map(({ why }) => why),
      ...(race.why ? ['', race.why] : []),
    ],
  };
}

/** Why a metric has no value: a sentence for each metric and reason. */
function whyDashes({ protocols, metrics, candidates, estimate, predictions }: Race): string[] {
  const sentences = metrics.flatMap((metric) =>
    protocols.flatMap((protocol) => {
      const none = candidates.filter(({ name }) =>
        Number.isNaN(estimate(name, metric.name, protocol.name).value),
      );
      const [first] = none;
      if (!first || !metric.whyNone) return [];
      const whose =
        none.length === candidates.length ? '' : ` for ${listNames(none.map(({ name }) => name))}`;
      return [
        `${metric.name} has no value${whose}: ${metric.whyNone(predictions(first.name, protocol.name))}.`,
      ];
    }),
  );
  return [...new Set(sentences)];
}

/** One sentence that follows from the numbers: who leads under each protocol, and what the second one hides. */
export function whyProtocolsDiffer(
  race: Pick<Race, 'protocols' | 'metrics' | 'ranking' | 'estimate'>,
): string {
  const [decides, beside] = race.protocols;
  const { name: metric } = race.metrics[0]!;
  if (!decides || !beside) return '';
  const [leader = ''] = race.ranking(metric, decides.name);
  const [other = ''] = race.ranking(metric, beside.name);
  const value = (name: string, protocol: Protocol): string =>
    formatScore(race.estimate(name, metric, protocol.name).value);
  const who =
    leader === other
      ? `"${leader}" leads under both, with ${metric} ${value(leader, decides)} under ${decides.name} and ${value(leader, beside)} under ${beside.name}`
      : `"${other}" leads under ${beside.name} with ${metric} ${value(other, beside)}, but under ${decides.name} it has ${value(other, decides)} and "${leader}" leads with ${value(leader, decides)}`;
  if (!beside.optimistic) return `${who}: the first ${decides.meaning}; the second ${beside.meaning}.`;
  const others = decides.kind === 'ordered' ? 'rows later than those' : 'other rows of the groups';
  return `${who}: in a shuffle models learn from ${others} they are judged on, as no model can when it serves.`;
}
