/** Writes the model card: the report on one page of Markdown, readable where the repository is read. */

import type { StudyReport } from '../study/study-report.js';
import type { Estimate } from '../task/predictions.js';
import { caveats } from './caveats.js';
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatPercent,
  formatRange,
  formatScore,
} from './format-number.js';
import { markdownTable, markdownText as text } from './markdown.js';
import {
  ablationsSentence,
  asSentence,
  calibrationSentence,
  headlineSentence,
  policySentence,
  SIMULATED,
  servedPolicy,
} from './phrases.js';

/**
 * A short model card, after Mitchell and others, "Model cards for model reporting", 2019. Equal reports give equal
 * text: it holds no date and nothing of the machine.
 */
export function modelCard(report: StudyReport): string {
  const { study, data, choice } = report;
  return `${[
    `# ${text(study.title)}`,
    data.simulated ? `> **SIMULATED.** ${SIMULATED}` : '',
    `**${text(choice.name)}**${choice.learner === choice.name ? '' : ` (${code(choice.learner)})`}. ${text(headlineSentence(report))}`,
    '## Intended use',
    text(study.question),
    `The prediction is made when **${text(study.moment)}**: it is the ${text(study.predicts.charAt(0).toLowerCase() + study.predicts.slice(1))} for ${code(study.target)}, from what is known before. It is made for rows like those below; for another place, product or time, run the study again.`,
    ...dataPart(report),
    ...racePart(report),
    ...holdoutPart(report),
    ...policyPart(report),
    '## Limits and caveats',
    caveats(report)
      .map((limit) => `- ${text(limit)}`)
      .join('\n'),
    ...ablationsPart(report),
    '## Provenance',
    markdownTable(
      ['', ''],
      [
        ['Study', code(study.name)],
        ['Data', `${code(data.name)}${data.simulated ? ' (simulated)' : ''}`],
        ['SHA-256', code(data.sha256)],
        ['Seed', code(String(report.seed))],
        ['Version of the program', code(report.program)],
      ],
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function dataPart({ data }: StudyReport): string[] {
  return [
    '## Data',
    `${formatCount(data.rows)} rows of ${code(data.name)}, ${text(data.target)}${data.ordered ? ', in the order of time' : ''}.`,
    markdownTable(
      ['Column', 'Kind', 'Unit', 'Known', 'Because'],
      data.columns.map(({ name, kind, unit, known, because }) => [
        code(name),
        text(kind),
        text(unit ?? ''),
        known === 'before' ? 'before' : `**${text(known)}**: never used`,
        text(because ?? ''),
      ]),
    ),
  ];
}

function racePart({ leaderboard, failures, protocols, scores, whyTheyDiffer }: StudyReport): string[] {
  const score = scores[0]!;
  if (leaderboard.length === 0) return [];
  return [
    '## How it was chosen',
    protocols
      .map(
        ({ name, meaning, rows, decides }) =>
          `- **${text(name)}**${decides ? ' (decides)' : ''}: ${text(asSentence(meaning))} ${text(asSentence(rows))}`,
      )
      .join('\n'),
    markdownTable(
      ['Candidate', ...protocols.map(({ name }) => `${text(score)}, ${text(name)}`)],
      leaderboard.map((row) => [
        row.chosen ? `**${text(row.name)}**` : text(row.name),
        ...protocols.map(({ name }) => shown(row.scores[name]?.[score])),
      ]),
      { numbersFrom: 1 },
    ),
    ...failures.map(({ why }) => text(asSentence(why))),
    protocols.length > 1 ? text(asSentence(whyTheyDiffer)) : '',
  ];
}

function holdoutPart(report: StudyReport): string[] {
  const { holdout } = report;
  return [
    '## The holdout stretch',
    text(`${asSentence(holdout.words)} ${calibrationSentence(report)}`),
    markdownTable(
      ['Metric', 'Value', 'Interval', 'How the interval was made'],
      Object.entries(holdout.scores).map(([name, estimate]) => [
        name === holdout.headline ? `**${text(name)}**` : text(name),
        formatScore(estimate.value),
        formatRange(estimate),
        text(estimate.method),
      ]),
    ),
  ];
}

function policyPart(report: StudyReport): string[] {
  const served = servedPolicy(report);
  return [
    '## Decision policy',
    served ? `**${text(asSentence(served.words))}** ${policySentence(served, report)}` : 'None is served.',
    report.policies.length > 0
      ? markdownTable(
          ['Policy', 'Cut-off', 'Picks', 'Precision', 'Recall', 'F1', 'Profit'],
          report.policies.map((row) => [
            row.chosen ? `**${text(row.name)}**` : text(row.name),
            row.cutoff === null ? '–' : formatScore(row.cutoff),
            formatPercent(row.shareActedOn),
            formatPercent(row.precision),
            formatPercent(row.recall),
            row.f1 === null ? '–' : formatScore(row.f1),
            row.profit === null ? '–' : formatCount(row.profit),
          ]),
          { numbersFrom: 1 },
        )
      : '',
  ];
}

function ablationsPart(report: StudyReport): string[] {
  const { ablations, scores } = report;
  if (ablations.length === 0) return [];
  return [
    '## What helped and what did not',
    text(ablationsSentence(report)),
    markdownTable(
      ['Question', 'Compared', 'Verdict', `Difference in ${text(scores[0]!)}`, 'Interval'],
      ablations.map(({ question, tried, against, verdict, difference }) => [
        text(question),
        text(`${tried}, against ${against}`),
        verdict,
        difference ? formatDifference(difference.value) : '–',
        difference ? formatRange(difference) : '–',
      ]),
      { numbersFrom: 3 },
    ),
  ];
}

function shown(estimate: Estimate | undefined): string {
  return estimate ? formatEstimate(estimate) : '–';
}

function code(value: string): string {
  return `\`${value.replaceAll('`', "'").replaceAll('|', '¦').replaceAll(/\s+/g, ' ')}\``;
}
