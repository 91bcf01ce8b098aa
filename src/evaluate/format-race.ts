/** A race as text: the leaderboard, what each protocol tells, and why they differ. */
import { formatTable } from '../table/format-table.js';
import type { Protocol } from './evaluate.js';
import type { Race } from './race.js';

/** The leaderboard with its intervals, all protocols side by side, and what they mean. */
export function formatRace(race: Race): string {
  const { protocols, scores, rows } = race;
  const columns = protocols.flatMap((protocol) => scores.map((score) => ({ protocol, score })));
  const shown = (protocol: Protocol): string =>
    `${protocol.name}${protocol.flattering ? ' (flattering)' : ''}`;
  const lines = rows.map((row) => [
    row.name,
    ...columns.map(({ protocol, score }) => {
      const { value, low, high } = row.scores[protocol.name]![score.name]!;
      return `${short(value)} (${short(low)}–${short(high)})`;
    }),
  ]);
  const header = ['candidate', ...columns.map(({ protocol, score }) => `${score.name}, ${shown(protocol)}`)];
  const table = formatTable(lines, { header, align: ['left', ...columns.map(() => 'right' as const)] });
  const meanings = protocols.map(
    ({ name, meaning }, i) => `${name}${i === 0 ? ' (decides)' : ''}: ${meaning}.`,
  );
  return [table, '', ...meanings, ...(race.why ? ['', race.why] : [])].join('\n');
}

/** One sentence that follows from the numbers: who leads under each protocol, and what the second one hides. */
export function whyProtocolsDiffer(
  race: Pick<Race, 'protocols' | 'scores' | 'ranking' | 'estimate'>,
): string {
  const [decides, beside] = race.protocols;
  const { name: score } = race.scores[0]!;
  if (!decides || !beside) return '';
  const [leader = ''] = race.ranking(score, decides.name);
  const [other = ''] = race.ranking(score, beside.name);
  const value = (name: string, protocol: Protocol): string =>
    short(race.estimate(name, score, protocol.name).value);
  const who =
    leader === other
      ? `"${leader}" leads under both, with ${score} ${value(leader, decides)} under ${decides.name} and ${value(leader, beside)} under ${beside.name}`
      : `"${other}" leads under ${beside.name} with ${score} ${value(other, beside)}, but under ${decides.name} it has ${value(other, decides)} and "${leader}" leads with ${value(leader, decides)}`;
  return beside.flattering
    ? `${who}: a shuffle lets models see the time or the group of the rows they are judged on, which no model will have when it serves.`
    : `${who}: the first ${decides.meaning}; the second ${beside.meaning}.`;
}

function short(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3).replace(/^(-?)0\./, '$1.');
}
