/** A race as it shows itself: the leaderboard, what each protocol tells, and why they differ. */
import type { Sheet } from '../table/sheet.js';
import type { Protocol } from './evaluate.js';
import { formatEstimate, formatScore } from './format-estimate.js';
import type { Race } from './race.js';

/** The leaderboard with its intervals, all protocols side by side, and what they mean. */
export function raceSheet(race: Race): Sheet {
  const { protocols, scores, rows } = race;
  const columns = protocols.flatMap((protocol, at) => scores.map((score) => ({ protocol, at, score })));
  const lines = rows.map((row) => [
    row.name,
    ...columns.map(({ protocol, score }) => {
      return formatEstimate(row.scores[protocol.name]![score.name]!);
    }),
  ]);
  const mark = (at: number): string => (protocols.length > 1 ? ` [${at + 1}]` : '');
  const header = ['candidate', ...columns.map(({ score, at }) => `${score.name}${mark(at)}`)];
  const meanings = protocols.map(
    ({ name, meaning }, at) =>
      `${mark(at)} ${name}${at === 0 && protocols.length > 1 ? ', which decides' : ''}: ${meaning}.`,
  );
  const level = Math.round(100 * (rows[0]?.scores[protocols[0]!.name]?.[scores[0]!.name]?.level ?? 0.95));
  return {
    header,
    rows: lines,
    align: ['left', ...columns.map(() => 'right' as const)],
    below: [
      '',
      `In brackets: ${level} % intervals.`,
      ...meanings.map((line) => line.trim()),
      ...(race.why ? ['', race.why] : []),
    ],
  };
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
    formatScore(race.estimate(name, score, protocol.name).value);
  const who =
    leader === other
      ? `"${leader}" leads under both, with ${score} ${value(leader, decides)} under ${decides.name} and ${value(leader, beside)} under ${beside.name}`
      : `"${other}" leads under ${beside.name} with ${score} ${value(other, beside)}, but under ${decides.name} it has ${value(other, decides)} and "${leader}" leads with ${value(leader, decides)}`;
  if (!beside.flattering) return `${who}: the first ${decides.meaning}; the second ${beside.meaning}.`;
  const others = decides.kind === 'ordered' ? 'rows later than those' : 'other rows of the groups';
  return `${who}: in a shuffle models learn from ${others} they are judged on, as no model can when it serves.`;
}
