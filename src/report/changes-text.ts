/** What changed since the model before, in sentences: the same for the terminal, the page and the card. */
import type { Changes, ColumnChange, ScoreChange } from '../study/changes.js';
import { decimals } from '../table/decimals.js';
import { formatNumber } from '../table/print.js';
import { percent } from '../task/percent.js';

const MOST_COLUMNS = 12;

/** The sentences, the most general first. */
export function changesInWords({
  data,
  rows,
  target,
  columns,
  compared,
  added,
  removed,
  scores,
}: Changes): readonly string[] {
  const names = (list: readonly string[]): string => list.map((name) => `"${name}"`).join(', ');
  return [
    `${formatNumber(rows.now)} rows of ${data.now} taught it, ${formatNumber(rows.before)} of ${data.before} the one before.`,
    `What is predicted: ${columnInWords(target)}.`,
    ...(columns.length === 0
      ? [`None of ${compared} columns drifted by .1 or more, or holds what the model before had not seen.`]
      : columns.slice(0, MOST_COLUMNS).map((column) => `${column.name}: ${columnInWords(column)}.`)),
    ...(columns.length > MOST_COLUMNS ? [`… and ${columns.length - MOST_COLUMNS} more columns.`] : []),
    ...(added.length > 0 ? [`New columns: ${names(added)}.`] : []),
    ...(removed.length > 0 ? [`Columns that are gone: ${names(removed)}.`] : []),
    ...(scores.length > 0
      ? [`Scores, each on its own holdout rows: ${scores.map(scoreInWords).join(', ')}.`]
      : []),
  ];
}

function columnInWords({ drift, missing, newLevels, goneLevels, below, above }: ColumnChange): string {
  const list = (levels: readonly string[]): string => levels.map((level) => `"${level}"`).join(', ');
  const parts = [
    `drift ${decimals(drift)}`,
    ...(Math.abs(missing.now - missing.before) >= 0.005
      ? [`missing in ${percent(missing.now)} of the rows, before ${percent(missing.before)}`]
      : []),
    ...(newLevels.length > 0 ? [`new levels ${list(newLevels)}`] : []),
    ...(goneLevels.length > 0 ? [`levels gone ${list(goneLevels)}`] : []),
    ...(below ? [`down to ${formatNumber(below[1])}, before ${formatNumber(below[0])}`] : []),
    ...(above ? [`up to ${formatNumber(above[1])}, before ${formatNumber(above[0])}`] : []),
  ];
  return parts.join('; ');
}

function scoreInWords({ name, before, now }: ScoreChange): string {
  return `${name} ${decimals(now)}, before ${decimals(before)}`;
}
