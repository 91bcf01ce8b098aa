/** Puts every check to a dataset. What the checks cannot know, the schema must say; the two go together. */
import { listNames, Problem } from '../problem.js';
import type { Dataset } from '../schema/schema.js';
import { type Audit, auditOf } from './audit.js';
import { beforeTheSplit } from './checks/before-the-split.js';
import { copyOfTarget } from './checks/copy-of-target.js';
import { declaredLate } from './checks/declared-late.js';
import { equalPairs } from './checks/equal-pairs.js';
import { futureDates } from './checks/future-dates.js';
import { groupAcross } from './checks/group-across.js';
import { identifierLike } from './checks/identifier-like.js';
import { lateNames } from './checks/late-names.js';
import { nearDuplicatesAcross } from './checks/near-duplicates-across.js';
import { oneOutcome } from './checks/one-outcome.js';
import { oneSidedPresence, oneSidedRanges, oneSidedValues, oneSidedZero } from './checks/one-sided.js';
import { repeatsLate } from './checks/repeats-late.js';
import { rowOrder } from './checks/row-order.js';
import { tooGood } from './checks/too-good.js';
import { evidenceOf } from './column-evidence.js';
import type { Check, Finding, FindingCode } from './leakage.js';
import { type RowSplit, subjectOf } from './subject.js';
import { applyWaivers, type Waivers } from './waivers.js';

/** All checks, in the order of their codes. */
export const leakageChecks: readonly Check[] = [
  declaredLate,
  tooGood,
  copyOfTarget,
  identifierLike,
  nearDuplicatesAcross,
  groupAcross,
  rowOrder,
  lateNames,
  beforeTheSplit,
  oneSidedValues,
  futureDates,
  oneSidedPresence,
  oneSidedZero,
  oneSidedRanges,
  equalPairs,
  repeatsLate,
  oneOutcome,
];

/** What an audit may be told. */
export interface AuditOptions {
  /** Rows that teach and rows that judge, as indices into the dataset; a fold is one. */
  readonly split?: RowSplit;
  /** Accepted findings, each with the reason: `{ 'L02:poutcome': 'It is of the campaign before.' }`. */
  readonly waive?: Waivers;
  /** What will be fed to a model: findings on columns that it does not read are contained. */
  readonly recipe?: { readonly columns: readonly string[] };
  /** Draws the halves on which a column's rates are learned and judged. By default 1. */
  readonly seed?: number;
}

/** A finding that says all that these would say of the same column, or of whole rows. */
const SAYS_IT_ALL: Partial<Record<FindingCode, readonly FindingCode[]>> = {
  L02: ['L10', 'L14'],
  L03: ['L02', 'L08', 'L10', 'L12', 'L13', 'L14'],
  L04: ['L07'],
  L09: ['L02', 'L03', 'L05', 'L10', 'L14'],
  L10: ['L08', 'L14'],
  L12: ['L08', 'L10', 'L13', 'L14'],
  L13: ['L08', 'L10', 'L14'],
  L16: ['L02', 'L08', 'L10', 'L12', 'L13', 'L14'],
};

/**
 * Audits a dataset for columns and rows that tell what is not known yet at the moment of prediction.
 * Throws `leakage-split-row` for a split that does not fit the rows, and for waivers as `applyWaivers` does.
 *
 * @example
 * auditLeakage(calls, { waive: { 'L08:poutcome': 'The outcome of the campaign before, known when we dial.' } })
 */
export function auditLeakage(dataset: Dataset, options: AuditOptions = {}): Audit {
  const { split, recipe, seed } = options;
  if (split) checkSplit(split, dataset.table.rowCount);
  const evidence = evidenceOf(subjectOf(dataset, { split, seed }));
  const found = leakageChecks.flatMap((check) => check.look(evidence));
  const told = found.filter((finding) => !isSaidAlready(finding, found));
  const contained = told.map((finding) => (recipe ? containedBy(finding, recipe.columns, dataset) : finding));
  const { findings, unused } = applyWaivers(contained, options.waive ?? {}, {
    codes: leakageChecks.map(({ code }) => code),
    columns: dataset.schema.columns.map(({ name }) => name),
  });
  return auditOf(findings, {
    data: dataset.source.name,
    rowCount: dataset.table.rowCount,
    unusedWaivers: unused,
  });
}

function isSaidAlready({ code, columns }: Finding, all: readonly Finding[]): boolean {
  const saying = all.filter((other) => SAYS_IT_ALL[other.code]?.includes(code));
  return columns.length > 0
    ? columns.every((column) => saying.some((other) => other.columns.includes(column)))
    : saying.some((other) => other.columns.length === 0);
}

/** A recipe contains what it does not read, and lets out a late column that it reads. */
function containedBy(finding: Finding, read: readonly string[], { schema }: Dataset): Finding {
  const ofSchema = finding.columns.filter((column) => schema.columns.some(({ name }) => name === column));
  if (ofSchema.length === 0) return finding;
  const { contained, ...open } = finding;
  if (ofSchema.some((column) => read.includes(column))) return finding.code === 'L01' ? open : finding;
  return { ...open, contained: contained ?? 'the recipe does not read it' };
}

function checkSplit({ train, test }: RowSplit, rowCount: number): void {
  const sides = { train, test };
  const issues = Object.entries(sides).flatMap(([side, rows]) => {
    const outside = rows.find((row) => row >= rowCount);
    return outside === undefined
      ? []
      : [
          {
            code: 'leakage-split-row',
            what: `the split's ${listNames([side])} side names a row that is not there`,
            got: String(outside),
            expected: `0 to ${rowCount - 1}`,
          },
        ];
  });
  if (issues.length > 0) throw new Problem(issues);
}
