/** The questions that an audit puts to a panel, each with its findings. */
import type { Finding, Severity } from '../../leakage/leakage.js';
import { listNames } from '../../problem.js';
import { decimals } from '../../table/decimals.js';
import { formatNumber } from '../../table/print.js';
import { periodText } from '../panel/calendar.js';
import type { AheadColumn } from '../panel/panel.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import type { PastRows } from '../past/past-rows.js';
import { type Following, followsInGroups, followsInSeries } from './follows.js';

/** P01, P02: a column of `ahead` that follows its own period, or later ones, more closely than anything before could tell. */
export function followsTheFuture(panel: DeclaredPanel): Finding[] {
  return panel.ahead
    .filter(({ levels }) => levels === undefined || levels.length === 2)
    .flatMap((column) => {
      const found = [followsInSeries(panel, column), followsInGroups(panel, column)].flatMap((follows) => {
        const worst = strongest(follows.same, follows.future);
        const severity = severityOf(worst, follows.past);
        return severity ? [{ worst, past: follows.past, severity, isSame: worst === follows.same }] : [];
      });
      const first = found.find(({ severity }) => severity === 'leak') ?? found[0];
      if (!first) return [];
      const { worst, past, severity, isSame } = first;
      return [
        {
          code: isSame ? 'P01' : 'P02',
          severity,
          columns: [column.name],
          what:
            `${column.name} is declared known ahead, and follows ${stretchInWords(worst, panel.schema.target.name)} with a correlation of ${decimals(worst.correlation)}; ` +
            `of what was before its period the most is ${decimals(past.correlation)}.`,
          evidence: { correlation: worst.correlation, stretch: { ...worst.stretch }, past: past.correlation },
          remedy: isSame
            ? 'If it is counted while the period goes on, declare it in `after`.'
            : 'Work it out of periods before its own only, or leave it out.',
        } satisfies Finding,
      ];
    });
}

function strongest(a: Following, b: Following): Following {
  // A mean over several periods holds the period itself: it must be clearly nearer to be the better explanation.
  return 1 - Math.abs(b.correlation) < 0.7 * (1 - Math.abs(a.correlation)) ? b : a;
}

function severityOf({ correlation }: Following, past: Following): Severity | undefined {
  const left = 1 - Math.abs(correlation);
  if (left > 0.2 || left > 0.5 * (1 - Math.abs(past.correlation))) return undefined;
  return left < 0.05 && left < 0.3 * (1 - Math.abs(past.correlation)) ? 'leak' : 'suspect';
}

function stretchInWords({ stretch: { from, to } }: Following, target: string): string {
  if (from === 0 && to === 1) return `${target} of its own period`;
  if (to - from === 1) return `${target} ${from} ${from === 1 ? 'period' : 'periods'} later`;
  if (from < 0 && to === 1)
    return `the mean of ${target} over the last ${to - from} periods, its own among them`;
  if (from < 0) return `the mean of ${target} over ${to - from} periods around its own`;
  return `the mean of ${target} over the ${to - from} periods from ${from === 0 ? 'its own' : 'the next'} on`;
}

/** P03: values that repeat the one before more often than chance: a gap was filled with what had been last. */
export function filledForward({ series, schema }: DeclaredPanel): Finding[] {
  let [pairs, equal, expected, touched] = [0, 0, 0, 0];
  for (const { values } of series) {
    const known = values.filter((value) => !Number.isNaN(value) && value !== 0);
    if (known.length < 3) continue;
    const counts = new Map<number, number>();
    for (const value of known) counts.set(value, (counts.get(value) ?? 0) + 1);
    const chance = [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / (known.length * (known.length - 1)), 0); // biome-ignore format: one thought
    let [own, same] = [0, 0];
    for (let i = 1; i < values.length; i++) {
      if (!(Math.abs(values[i]!) > 0 && Math.abs(values[i - 1]!) > 0)) continue;
      own++;
      if (values[i] === values[i - 1]) same++;
    }
    pairs += own;
    equal += same;
    expected += own * chance;
    if (own > 0 && same / own > chance + 0.1) touched++;
  }
  if (pairs < 20 || equal / pairs < expected / pairs + 0.1) return [];
  const [share, chance] = [equal / pairs, expected / pairs];
  return [
    {
      code: 'P03',
      severity: share > chance + 0.25 ? 'leak' : 'suspect',
      columns: [schema.target.name],
      what: `${decimals(100 * share, 0)} % of the values equal the one before, where chance would give ${decimals(100 * chance, 0)} %, in ${formatNumber(touched)} series: gaps look filled with the last value.`,
      evidence: { share, chance, series: touched },
      remedy:
        "Leave what is not known empty, and say gaps: 'unknown': a filled value is no sale, and a model that repeats the last value looks good on it.",
    },
  ];
}

/** P04: a number of `before` that says how much a series sells over the whole of the panel. */
export function toldByAttribute({ series, attributes }: DeclaredPanel): Finding[] {
  const means = series.map(({ values }) => meanOf(values));
  const totals = series.map(({ values }) => values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)); // biome-ignore format: one thought
  return attributes.columns.flatMap((column) => {
    if (column.kind !== 'number' || series.length < 10) return [];
    const [ofMeans, ofTotals] = [correlation(column.values, means), correlation(column.values, totals)];
    const most = Math.max(Math.abs(ofMeans), Math.abs(ofTotals));
    if (!(most > 0.95)) return [];
    return [
      {
        code: 'P04',
        severity: most > 0.99 ? 'leak' : 'suspect',
        columns: [column.name],
        what: `${column.name} follows how much each series sold over the whole panel, with a correlation of ${decimals(most)}: at an earlier origin nobody could know it.`,
        evidence: { correlation: most },
        remedy: 'Leave it out: features of the past say how much a series has sold up to each origin.',
      } satisfies Finding,
    ];
  });
}

/** P05: columns that are declared too late, which no feature can name. */
export function declaredAfter({ late, schema }: DeclaredPanel): Finding[] {
  if (late.length === 0) return [];
  const names = late.map(({ name }) => name);
  return [
    {
      code: 'P05',
      severity: 'note',
      columns: names,
      what: `${listNames(names, { last: 'and' })} ${names.length === 1 ? 'becomes' : 'become'} known with the period, after ${schema.moment}.`,
      evidence: { columns: names },
      remedy: 'Nothing: features cannot name them.',
      contained: 'the panel keeps them out of every feature',
    },
  ];
}

/** P06: a column that is declared known ahead and ends with the panel. */
export function knownHowFar({ ahead, periods }: DeclaredPanel): Finding[] {
  const short = ahead.filter((column) => lastKnown(column) <= periods.count);
  return short.map((column) => ({
    code: 'P06',
    severity: 'suspect',
    columns: [column.name],
    what: `${column.name} is declared known ahead, and has no value beyond the panel's end: its last is for ${periodText(periods, Math.max(0, lastKnown(column) - 1))}.`,
    evidence: { lastKnown: lastKnown(column), periods: periods.count },
    remedy: 'Give its values for the periods to come, or declare it in `after` if they are not known then.',
  }));
}

/** How many periods from the panel's first a column is known for. */
function lastKnown({ values, reach }: AheadColumn): number {
  for (let place = reach - 1; place >= 0; place--)
    for (let at = place; at < values.length; at += reach) if (!Number.isNaN(values[at]!)) return place + 1;
  return 0;
}

/** P07: rows to learn from that forecast periods which the judged rows must not know yet. */
export function knownToTraining(
  { periods }: DeclaredPanel,
  { training, judged, step }: { training: PastRows; judged: PastRows; step: number },
): Finding[] {
  const first = judged.origins.reduce((least, origin) => Math.min(least, origin), Infinity);
  const late = training.origins.reduce((count, origin) => count + (origin + step - 1 >= first ? 1 : 0), 0);
  if (late === 0) return [];
  const share = late / training.origins.length;
  return [
    {
      code: 'P07',
      severity: 'leak',
      columns: [],
      what: `${decimals(100 * share, 0)} % of the rows that are learned from forecast a period at or after ${periodText(periods, first)}, the first origin that is judged: the split does not respect time.`,
      evidence: { share, rows: late },
      remedy:
        'Split by origin: learn from origins whose whole forecast lies before the first that is judged, as rollingOrigin does.',
    },
  ];
}

function meanOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Pearson's, over places where both are known. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const places = Array.from({ length: a.length }, (_, i) => i).filter((i) => !Number.isNaN(a[i]! + b[i]!));
  const mean = (of: ArrayLike<number>): number => places.reduce((sum, i) => sum + of[i]!, 0) / places.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [aa, bb, ab] = [0, 0, 0];
  for (const i of places) {
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
    ab += (a[i]! - meanA) * (b[i]! - meanB);
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
