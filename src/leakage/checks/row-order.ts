/** L07: the order of the rows tells the label: the row index ranks it, a column repeats it, a split ignores it. */
import type { ColumnProfile } from '../column-profile.js';
import { type Check, decimals, type Finding, percent } from '../leakage.js';
import type { RowSplit, Subject } from '../subject.js';
import { ROW_INDEX } from '../subject.js';

/** From this AUC on, the row index is worth having for a model, and so a leak. */
const TELLING_AUC = 0.6;
/** Standard errors above .5 that it takes to be no accident. */
const ERRORS = 4;
/** A rank correlation from which on a column is the row index in other words. */
const SAME_ORDER = 0.95;
const BLOCKS = 10;

export const rowOrder: Check = {
  code: 'L07',
  title: 'order information',
  look(subject) {
    const { auc, byValue, significance } = subject.strength(subject.rowIndex);
    const telling = auc >= TELLING_AUC && significance >= ERRORS;
    return [
      ...(telling ? [indexPredicts(subject, auc, byValue)] : []),
      ...subject.features.flatMap((column) => repeatsOrder(subject, column, telling)),
      ...trainsOnTheFuture(subject),
    ];
  },
};

function indexPredicts(subject: Subject, auc: number, byValue: number): Finding {
  const rates = ratesByBlock(subject);
  const declared = subject.dataset.schema.order !== undefined;
  return {
    code: 'L07',
    severity: 'suspect',
    columns: [ROW_INDEX],
    what:
      `The position of a row alone reaches an AUC of ${decimals(auc)}: the share of yes goes from ` +
      `${percent(rates[0]!)} in the first tenth of the rows to ${percent(rates[rates.length - 1]!)} in the last.`,
    evidence: { auc, aucByValue: byValue, rateByTenth: rates },
    remedy: declared
      ? 'Judge by an ordered split; a random one lets a model look up the rate of the day.'
      : "If the file stands in time order, declare `order: 'rows'`; if it was sorted by the target, shuffle it.",
    ...(declared ? { contained: 'the order is declared, so evaluation respects it' } : {}),
  };
}

function ratesByBlock({ labels, rowCount }: Subject): number[] {
  const blocks = Math.min(BLOCKS, rowCount);
  return Array.from({ length: blocks }, (_, block) => {
    const from = Math.floor((block * rowCount) / blocks);
    const to = Math.floor(((block + 1) * rowCount) / blocks);
    let yes = 0;
    for (let i = from; i < to; i++) yes += labels[i]!;
    return yes / (to - from);
  });
}

/** A feature that is the row index in other words; L04 speaks of those that never repeat. */
function repeatsOrder(subject: Subject, column: ColumnProfile, telling: boolean): Finding[] {
  if (!column.values || column.distinct < 3 || column.name === subject.dataset.schema.order) return [];
  const correlation = rankCorrelationWithIndex(column);
  if (Math.abs(correlation) < SAME_ORDER || subject.rowCount < 20) return [];
  return [
    {
      code: 'L07',
      severity: telling ? 'suspect' : 'note',
      columns: [column.name],
      what: `It follows the order of the rows (rank correlation ${decimals(correlation, 2)}): a model reads the date from it.`,
      evidence: { rankCorrelation: correlation },
      remedy: 'Keep it only if the same order will hold for the rows to come; judge by an ordered split.',
    },
  ];
}

/** Spearman's correlation of a column with the row index, ties at their mean rank, over rows that have a value. */
function rankCorrelationWithIndex({ codes, rows }: ColumnProfile): number {
  const midRank = new Float64Array(rows.length - 1);
  let below = 0;
  for (let code = 0; code < midRank.length; code++) {
    midRank[code] = below + (rows[code]! - 1) / 2;
    below += rows[code]!;
  }
  const mean = (below - 1) / 2;
  let [position, cross, ranks, positions] = [0, 0, 0, 0];
  for (const code of codes) {
    if (code < 0) continue;
    const [rank, place] = [midRank[code]! - mean, position++ - mean];
    cross += rank * place;
    ranks += rank * rank;
    positions += place * place;
  }
  return ranks > 0 && positions > 0 ? cross / Math.sqrt(ranks * positions) : 0;
}

function trainsOnTheFuture(subject: Subject): Finding[] {
  const { split, dataset } = subject;
  const { order } = dataset.schema;
  if (!split || order === undefined) return [];
  const time = order === 'rows' ? subject.rowIndex : subject.columns.find(({ name }) => name === order);
  const later = time ? rowsLaterThanTest(time, split) : 0;
  if (later === 0) return [];
  const share = later / split.train.length;
  return [
    {
      code: 'L07',
      severity: 'leak',
      columns: [order === 'rows' ? ROW_INDEX : order],
      what: `${percent(share)} of the training rows are later than the first test row: the model is taught by the future.`,
      evidence: { laterTrainingRows: later, share },
      remedy: 'Split by order: the last rows judge, all before them teach.',
    },
  ];
}

function rowsLaterThanTest({ codes }: ColumnProfile, { train, test }: RowSplit): number {
  let first = Number.POSITIVE_INFINITY;
  for (const row of test) if (codes[row]! >= 0) first = Math.min(first, codes[row]!);
  return train.reduce((sum, row) => sum + (codes[row]! > first ? 1 : 0), 0);
}
