/** Draws the race: every candidate's deciding score with its interval, by the protocol that decides and by those beside it. */
import type { LeaderboardRow, ProtocolNote, StudyReport } from '../../study/study-report.js';
import { dotRows } from '../dot-rows.js';
import type { Figure } from '../figure.js';
import { formatEstimate, formatScore } from '../format-number.js';
import { COLOUR, CONFIG, SERIES } from '../theme.js';

/** The deciding score under all protocols, in the order of the leaderboard. */
export function raceFigure(report: StudyReport): Figure {
  const score = report.scores[0]!;
  const rows = report.leaderboard;
  const protocols = decidingFirst(report.protocols);
  return {
    title: titleOf(report, score),
    alt: `${score} of each candidate, best first. ${rows
      .map((row) => {
        const scores = protocols.flatMap(({ name }) => {
          const estimate = row.scores[name]?.[score];
          return estimate ? [`${name} ${formatEstimate(estimate)}`] : [];
        });
        return `${row.name}${row.chosen ? ' (chosen)' : ''}: ${scores.join(', ')}`;
      })
      .join('; ')}.`,
    config: CONFIG,
    ...dotRows(
      rows.map((row) => ({
        label: row.name,
        strong: row.chosen,
        remark: row.chosen ? 'chosen' : '',
        dots: protocols.map(({ name }) => row.scores[name]?.[score] ?? null),
      })),
      {
        title: `${score}, with its interval`,
        series: protocols.map(({ name, kind, decides }, i) => ({
          name: decides ? `${name}, which decides` : name,
          colour:
            kind === 'random' && !decides
              ? COLOUR.orange
              : i === 0
                ? COLOUR.blue
                : SERIES[(i + 1) % SERIES.length]!,
        })),
        ...(/^AUC/.test(score) ? { reference: { value: 0.5, label: 'chance' } } : {}),
      },
    ),
  };
}

function decidingFirst(protocols: readonly ProtocolNote[]): ProtocolNote[] {
  return [...protocols.filter(({ decides }) => decides), ...protocols.filter(({ decides }) => !decides)];
}

function titleOf({ protocols, leaderboard }: StudyReport, score: string): string {
  const random = protocols.find(({ kind, decides }) => kind === 'random' && !decides);
  const deciding = protocols.find(({ decides }) => decides);
  const kept = deciding && valuesBy(leaderboard, deciding.name, score);
  const [first, last] = [kept?.[0], kept?.at(-1)];
  if (!kept || !first || !last) return `${score} of the candidates`;
  // Best first by the protocol that decides: that tells which way is up.
  const sign = first.value < last.value ? 1 : -1;
  const promised = valuesBy(leaderboard, random?.name, score).sort((a, b) => sign * (a.value - b.value))[0];
  if (!random || !promised) {
    const chosen = kept.find((row) => row.chosen);
    if (!chosen || chosen === first) return `${first.name} leads with ${score} ${formatScore(first.value)}`;
    return `Chosen: ${chosen.name}, ${score} ${formatScore(chosen.value)}; the best, ${first.name}, has ${formatScore(first.value)}`;
  }
  const [byRandom, byDeciding] = [
    `${formatScore(promised.value)} by ${random.name}`,
    `${formatScore(first.value)} by ${deciding.name}`,
  ];
  return promised.name === first.name
    ? `The same candidate leads under both protocols, with another ${score}: ${byRandom}; ${byDeciding}`
    : `The protocol changes the winner: ${promised.name} has ${byRandom}; ${first.name} has ${byDeciding}`;
}

function valuesBy(
  rows: readonly LeaderboardRow[],
  protocol: string | undefined,
  score: string,
): { name: string; value: number; chosen: boolean }[] {
  return rows.flatMap(({ name, chosen, scores }) => {
    const value = scores[protocol ?? '']?.[score]?.value;
    return value === undefined ? [] : [{ name, value, chosen }];
  });
}
