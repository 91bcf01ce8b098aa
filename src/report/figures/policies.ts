/** Draws what each policy does with the holdout rows: picked and left alone, rightly and wrongly. */

import type { PolicyRow, StudyReport } from '../../study/study-report.js';
import { baseRateOf } from '../curves-of.js';
import type { Figure } from '../figure.js';
import { formatCount, formatPercent } from '../format-number.js';
import { axis, COLOUR, CONFIG, inColour, layout, note, plotText } from '../theme.js';

const ROW_HEIGHT = 76;

const PARTS = [
  { key: 'hits', name: 'picked, said yes', colour: COLOUR.blue },
  { key: 'misfires', name: 'picked, said no', colour: COLOUR.paleBlue },
  { key: 'missed', name: 'left out, would have said yes', colour: COLOUR.orange },
  { key: 'spared', name: 'left out, rightly', colour: '#e3e6e9' },
] as const;

type Decided = Record<(typeof PARTS)[number]['key'], number>;

/** One bar of all holdout rows for each policy. */
export function policiesFigure({ policies, holdout }: StudyReport): Figure {
  const decided = policies.map((policy) =>
    decide(policy, { rows: holdout.rows, baseRate: baseRateOf({ holdout }) }),
  );
  const served = policies.find(({ chosen }) => chosen);
  return {
    title: served
      ? `The served policy picks ${formatPercent(served.shareActedOn, 0)} of the rows and reaches ${formatPercent(served.recall, 0)} of all yes`
      : 'What each policy does with the holdout rows',
    alt: `${formatCount(holdout.rows)} holdout rows as each policy decides. ${policies
      .map(
        (policy, i) =>
          `${policy.name}: ${PARTS.map(({ key, name }) => `${formatCount(decided[i]![key])} ${name}`).join(', ')}`,
      )
      .join('; ')}.`,
    config: CONFIG,
    data: PARTS.map(({ key, name, colour }) => ({
      type: 'bar',
      orientation: 'h',
      name,
      y: policies.map((_, i) => i),
      x: decided.map((parts) => parts[key]),
      customdata: policies.map((policy) => plotText(policy.name)),
      width: 0.36,
      marker: { color: colour, line: { color: COLOUR.paper, width: 1 } },
      hovertemplate: `<b>%{customdata}</b><br>%{x:,.0f} ${name}<extra></extra>`,
    })),
    layout: layout({
      height: policies.length * ROW_HEIGHT + 64,
      barmode: 'stack',
      margin: { l: 4, r: 8, t: 4, b: 56 },
      xaxis: axis({ title: 'Holdout rows', tickformat: ',', range: [0, holdout.rows] }),
      yaxis: axis({ visible: false, range: [policies.length - 0.7, -0.78] }),
      annotations: policies.map((policy, i) =>
        note(labelOf(policy, decided[i]!), {
          xref: 'paper',
          x: 0,
          xanchor: 'left',
          y: i - 0.2,
          yanchor: 'bottom',
          align: 'left',
          font: { color: COLOUR.ink, size: 13 },
        }),
      ),
    }),
  };
}

function labelOf({ name, chosen }: PolicyRow, { hits, misfires, missed }: Decided): string {
  const heading = `<b>${plotText(name)}</b>${chosen ? ` <span style="color:${COLOUR.muted}">served</span>` : ''}`;
  return `${heading}<br><span style="font-size:12px">picks ${formatCount(hits + misfires)}: ${inColour(`${formatCount(hits)} yes`, COLOUR.blue)}, ${formatCount(misfires)} no; misses ${inColour(`${formatCount(missed)} yes`, COLOUR.orange)}</span>`;
}

/** The four kinds of rows, in rows; they add up to all. */
function decide(
  { shareActedOn, precision }: PolicyRow,
  { rows, baseRate }: { rows: number; baseRate: number },
): Decided {
  const picked = shareActedOn * rows;
  const hits = Math.min(picked * precision, baseRate * rows);
  const missed = baseRate * rows - hits;
  return { hits, misfires: picked - hits, missed, spared: rows - picked - missed };
}
