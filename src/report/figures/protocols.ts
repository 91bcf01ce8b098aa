/** Draws every candidate's score under each protocol: what a random split promises, what the order of time leaves. */
import type { LeaderboardRow, ProtocolNote, StudyReport } from '../../study/study-report.js';
import { dotRows } from '../dot-rows.js';
import type { Figure } from '../figure.js';
import { formatEstimate, formatScore } from '../format-number.js';
import { COLOUR, CONFIG, SERIES } from '../theme.js';

/** The deciding score under all protocols, in the order of the leaderboard. */
export function protocolsFigure(report: StudyReport): Figure {
  const score = report.scores[0]!;
  const rows = report.leaderboard;
  const protocols = decidingFirst(report.protocols);
  return {
    title: titleOf(report, score),
    alt: `${score} of each candidate under each protocol. ${rows
      .map(
        (row) =>
          `${row.name}: ${protocols
            .flatMap(({ name }) => {
              const estimate = row.scores[name]?.[score];
              return estimate ? [`${name} ${formatEstimate(estimate)}`] : [];
            })
            .join(', ')}`,
      )
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
        series: protocols.map(({ name, kind }, i) => ({
          name,
          colour:
            kind === 'random' ? COLOUR.orange : i === 0 ? COLOUR.blue : SERIES[(i + 1) % SERIES.length]!,
        })),
        ...(score === 'AUC' ? { reference: { value: 0.5, label: 'chance' } } : {}),
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
  const [promised, kept] = [best(leaderboard, random?.name, score), best(leaderboard, deciding?.name, score)];
  if (!random || !deciding || !promised || !kept) return `${score} of the candidates under each protocol`;
  const [byRandom, byDeciding] = [
    `${formatScore(promised.value)} by ${random.name}`,
    `${formatScore(kept.value)} by ${deciding.name}`,
  ];
  return promised.name === kept.name
    ? `The same candidate leads under both protocols, with another ${score}: ${byRandom}; ${byDeciding}`
    : `The protocol changes the winner: ${promised.name} has ${byRandom}; ${kept.name} has ${byDeciding}`;
}

function best(
  rows: readonly LeaderboardRow[],
  protocol: string | undefined,
  score: string,
): { name: string; value: number } | undefined {
  const down = /brier|log loss|error/i.test(score);
  return rows
    .flatMap((row) => {
      const value = row.scores[protocol ?? '']?.[score]?.value;
      return value === undefined ? [] : [{ name: row.name, value }];
    })
    .sort((a, b) => (down ? a.value - b.value : b.value - a.value))[0];
}
