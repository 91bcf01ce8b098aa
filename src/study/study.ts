/** The contract of the room: a study is a question, its data, its candidates, and how the choice is made. */

import type { Clients } from '../clients/clients.js';
import { defaultPolicy } from '../decide/default-policy.js';
import type { Policy } from '../decide/policy.js';
import type { Protocol } from '../evaluate/evaluate.js';
import type { Pipeline } from '../evaluate/pipeline.js';
import { type Issue, listNames, Problem, show } from '../problem.js';
import type { Dataset, Schema } from '../schema/schema.js';
import { didYouMean } from '../table/nearest-name.js';
import type { Metric } from '../task/predictions.js';
import type { DataSpec } from './find-data.js';
import { type CellStamp, studyNamePattern } from './manifest.js';

/** A question that the study answers by comparing two candidates, for the report's «what helped». */
export interface Ablation {
  /** "Does SMOTE help naive Bayes?" */
  readonly question: string;
  /** The candidate that stands for yes, and the one it is compared with, by name. */
  readonly compare: readonly [string, string];
}

/** How the rows of a file become those of the study. */
export interface Derivation {
  /** What the file itself holds. */
  readonly from: Schema;
  /** Gives them the columns that the study's schema has beside; no row may learn from a later one, or from an outcome. */
  readonly rows: (file: Dataset) => Dataset;
  /** Columns of the file that the study leaves out on purpose; any other that its schema lacks is a mistake. */
  readonly without?: readonly string[];
}

/** What `defineStudy` takes. */
export interface StudySpec {
  /** Lower-case words joined by hyphens; becomes a folder and a part of URLs. */
  name: string;
  title: string;
  /** The question in a sentence that ends with a question mark. */
  question: string;
  /** What a request is asked for: the file's columns, and those that are derived. */
  schema: Schema;
  data: DataSpec;
  /** Columns that the file does not hold and that its rows, in their order, tell; without it the file holds all. */
  derive?: Derivation;
  /** Who is asked about by id: the study's schema and rows are those of these clients, and their current features are kept. */
  clients?: Clients;
  /** Every pipeline that races, the simplest first: that order breaks ties. */
  candidates: readonly Pipeline[];
  /** The share of the rows, the last ones where rows are ordered, that is held out until the choice is made. */
  holdout: number;
  /** Decides; runs on the open rows only. */
  protocol: Protocol;
  /** Is shown beside it, on all rows, after the choice; decides nothing. */
  optimistic?: Protocol;
  /** The first decides; by default AUC within folds, average precision, F1, log loss, Brier and ECE. */
  metrics?: readonly Metric[];
  /**
   * Policies to weigh, by name; the first is saved with the model. By default a cut-off of one half, for classes the most
   * likely one, for a number none: the answer is the number.
   */
  policies?: Readonly<Record<string, Policy>>;
  /** The column whose runs (in ordered rows) or values are the segments scores are also shown within. */
  segments?: string;
  /** Findings of the audit that are accepted, by key, with the written reason. */
  waive?: Readonly<Record<string, string>>;
  ablations?: readonly Ablation[];
  seed: number;
  /** Path of this study's module, relative to the root, and the cells it was distilled from. */
  module?: { readonly path: string; readonly cells: readonly CellStamp[] };
}

/** A checked study. */
export type Study = Readonly<StudySpec>;

/** The policies of a study by name, the usual one where it states none. */
export function policiesOf({ policies, schema }: Study): Readonly<Record<string, Policy>> {
  if (policies && Object.keys(policies).length > 0) return policies;
  const policy = defaultPolicy(schema.target.type.kind);
  return { [policy.name]: policy };
}

/**
 * Checks a study's statement. Throws a `Problem` with everything that is wrong.
 *
 * @example
 * defineStudy({
 *   name: 'term-deposit',
 *   title: 'Term deposits',
 *   question: 'Who will take the term deposit?',
 *   schema: bank,
 *   data: { file: 'calls.csv' },
 *   candidates: [pipeline(recipe, baseline()), pipeline(recipe, logistic())],
 *   holdout: 0.2,
 *   protocol: forwardChaining(),
 *   policies: { capacity: byCapacity({ actionsPerDay: 200, rowsPerDay: 1000 }) },
 *   seed: 7,
 * });
 */
export function defineStudy(spec: StudySpec): Study {
  const names = spec.candidates.map((candidate) => candidate.name);
  const issues: Issue[] = [
    ...nameIssues(spec),
    ...names
      .filter((name, i) => names.indexOf(name) !== i)
      .map((name) => ({
        code: 'study-repeated-candidate',
        what: `two candidates are called "${name}"`,
        remedy: 'give one of them a name of its own',
      })),
    ...(spec.ablations ?? [])
      .flatMap((ablation) => ablation.compare)
      .filter((name) => !names.includes(name))
      .map((name) => ({
        code: 'study-unknown-candidate',
        what: `a ablation names "${name}", which no candidate is called`,
      })),
  ];
  const { clients, derive = clients?.derive } = spec;
  const left = new Set(derive?.without);
  const fileNames = derive?.from.columns.map(({ name }) => name) ?? [];
  const lost = fileNames.filter(
    (name) => !left.has(name) && !spec.schema.columns.some((column) => column.name === name),
  );
  if (clients && (clients.schema !== spec.schema || derive !== clients.derive)) {
    issues.push({
      code: 'study-other-clients',
      what: 'the study has another schema or other rows than its clients',
      remedy: 'give schema: clients.schema, and no `derive`',
    });
  }
  if (lost.length > 0) {
    issues.push({
      code: 'study-lost-columns',
      what: `the study's schema lacks ${listNames(lost)}, which the file that it is derived from holds`,
      remedy: 'make it with extendSchema, which only adds columns',
    });
  }
  if (names.length === 0) issues.push({ code: 'study-no-candidates', what: 'there is no candidate to race' });
  if (!(spec.holdout > 0 && spec.holdout < 1)) {
    issues.push({
      code: 'study-holdout-share',
      what: `the share to hold out is ${spec.holdout}`,
      remedy: 'lock a share between 0 and 1 away, such as .3',
    });
  }
  for (const [name, { target }] of Object.entries(spec.policies ?? {})) {
    if (target === spec.schema.target.type.kind) continue;
    issues.push({
      code: 'study-other-policy',
      what: `the policy "${name}" is for another kind of target than "${spec.schema.target.name}"`,
      remedy: 'byThreshold decides on numbers, byMostLikely and byCosts on classes; or leave policies out',
    });
  }
  if (issues.length > 0) throw new Problem(issues);
  return derive === undefined ? spec : { ...spec, derive };
}

function nameIssues({ name, segments, schema }: StudySpec): Issue[] {
  const issues: Issue[] = [];
  if (!studyNamePattern.test(name)) {
    issues.push({
      code: 'study-name',
      what: 'a study cannot be called that',
      got: show(name),
      expected: 'lower-case words joined by hyphens, such as "bank-marketing"',
    });
  }
  if (segments !== undefined && !schema.columns.some((column) => column.name === segments)) {
    issues.push({
      code: 'study-unknown-segments',
      what: `the segments are to be the values of "${segments}", which is no column of the schema`,
      remedy: didYouMean(
        segments,
        schema.columns.map((column) => column.name),
      ),
    });
  }
  return issues;
}
