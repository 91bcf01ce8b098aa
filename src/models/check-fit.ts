/**
 * The checks at the door of every `fit` and `predict`: lengths, labels, weights, missing numbers, shape.
 * Long, because all that can be wrong with rows is told at once, in one place.
 */
import { type Issue, Problem, show } from '../problem.js';
import {
  type Feature,
  kindOfTargets,
  type Matrix,
  type Shape,
  type TargetKind,
  type Targets,
} from '../table/matrix.js';
import type { FitOptions } from './models.js';

/** What a learner says that it can bear. */
export interface Bears {
  /** NaN in number columns. A category code of -1 is borne by all. */
  missing: boolean;
  /** The kinds of target that it learns; yes or no alone where absent. */
  takes?: readonly TargetKind[];
}

const mostIssues = 20;
const missingRemedy =
  'impute them first (`impute`) or use a learner that bears them (boosting, randomForest, naiveBayes)';

/**
 * Throws one `Problem` with everything that keeps these rows from being learned: no rows, lengths that differ,
 * targets of a kind that it does not learn, labels other than 0 and 1, numbers that are not finite, codes that are no
 * class, weights that are negative, not finite or all 0, numbers that are infinite, or missing where the learner cannot
 * bear it. Throws the signal's reason where it is already aborted.
 */
export function checkFit(matrix: Matrix, targets: Targets, options: FitOptions, bears: Bears): void {
  options.signal?.throwIfAborted();
  const issues: Issue[] = [];
  const { rowCount } = matrix;
  if (rowCount === 0) {
    issues.push({
      code: 'models-no-rows',
      what: 'there are no rows to learn from',
      remedy: 'look at what the split or the filter before it kept',
    });
  }
  issues.push(
    ...targetIssues(targets, { rowCount, takes: bears.takes ?? ['yesNo'], classes: options.classes }),
  );
  if (options.weights) issues.push(...weightIssues(options.weights, rowCount));
  if (options.groups && options.groups.length !== rowCount)
    issues.push(lengthIssue('group codes', options.groups.length, rowCount));
  if (!Number.isFinite(options.seed)) {
    issues.push({
      code: 'models-seed',
      what: 'the seed cannot be used',
      got: show(String(options.seed)),
      expected: 'a finite number',
    });
  }
  issues.push(...columnIssues(matrix, bears));
  if (issues.length > 0) throw new Problem(issues.slice(0, mostIssues), issues.length);
}

/** Throws one `Problem` with everything in which `matrix` differs from what a model of this shape can predict. */
export function checkPredict(matrix: Matrix, shape: Shape, bears: Bears): void {
  const { columns } = matrix;
  if (matrix.rowCount === 1 && isGoodRow(columns, shape, bears)) return;
  if (columns.length !== shape.length) {
    throw new Problem({
      code: 'models-shape',
      what: 'the matrix has another number of columns than the model was fitted on',
      got: String(columns.length),
      expected: String(shape.length),
      remedy: 'predict with the fitted recipe that made the training matrix',
    });
  }
  const issues: Issue[] = [];
  for (let j = 0; j < columns.length; j++) {
    const got = columns[j]!;
    const expected = shape[j]!;
    if (got.kind === 'number' && expected.kind === 'number') continue;
    if (got.kind === 'category' && expected.kind === 'category' && got.levels === expected.levels) continue;
    issues.push({
      code: 'models-shape',
      what: `column ${j} of the matrix is another kind than the model was fitted on`,
      got: describe(got),
      expected: describe(expected),
    });
  }
  if (issues.length === 0) issues.push(...columnIssues(matrix, bears));
  if (issues.length > 0) throw new Problem(issues.slice(0, mostIssues), issues.length);
}

/** The same checks for one row, without a word about what is wrong: a service does this for every request. */
function isGoodRow(columns: readonly Feature[], shape: Shape, bears: Bears): boolean {
  if (columns.length !== shape.length) return false;
  for (let j = 0; j < columns.length; j++) {
    const got = columns[j]!;
    const expected = shape[j]!;
    if (got.kind === 'number') {
      const value = got.values[0]!;
      if (expected.kind !== 'number' || got.values.length !== 1) return false;
      // A number minus itself is 0 unless it is NaN or infinite.
      if (value - value !== 0 && !(bears.missing && Number.isNaN(value))) return false;
    } else {
      const code = got.codes[0]!;
      if (expected.kind !== 'category' || got.codes.length !== 1 || got.levels !== expected.levels)
        return false;
      if (code < -1 || code >= got.levels) return false;
    }
  }
  return true;
}

function columnIssues(matrix: Matrix, bears: Bears): Issue[] {
  const issues: Issue[] = [];
  matrix.columns.forEach((column, j) => {
    const length = column.kind === 'number' ? column.values.length : column.codes.length;
    if (length !== matrix.rowCount)
      issues.push(lengthIssue(`values in column ${j}`, length, matrix.rowCount));
    if (column.kind === 'category') {
      const wrong = firstWrongCode(column.codes, column.levels);
      if (wrong >= 0) {
        issues.push({
          code: 'models-category-code',
          what: `column ${j} of the matrix has a code outside its levels`,
          where: { row: wrong },
          got: show(column.codes[wrong]),
          expected: `-1 (missing or never seen) to ${column.levels - 1}`,
        });
      }
      return;
    }
    const { missing, infinite } = countNotFinite(column.values);
    if (missing > 0 && !bears.missing) {
      issues.push({
        code: 'models-missing',
        what: `column ${j} of the matrix has missing values (${missing} of ${length}); ${missingRemedy}`,
      });
    }
    if (infinite > 0) {
      issues.push({
        code: 'models-infinite',
        what: `column ${j} of the matrix has infinite values (${infinite} of ${length})`,
        remedy: 'look for a division by zero or a logarithm of zero in the step that makes it',
      });
    }
  });
  return issues;
}

const words: Readonly<Record<TargetKind, { of: string; wrong: string; expected: string }>> = {
  yesNo: {
    of: 'labels',
    wrong: 'a label is neither 0 nor 1',
    expected: '1 where it came true, 0 where it did not',
  },
  number: { of: 'targets', wrong: 'a target is not a finite number', expected: 'a finite number' },
  category: { of: 'targets', wrong: 'a target is no class', expected: 'the place of a class, from 0' },
};

function targetIssues(
  targets: Targets,
  {
    rowCount,
    takes,
    classes = Infinity,
  }: { rowCount: number; takes: readonly TargetKind[]; classes?: number },
): Issue[] {
  const kind = kindOfTargets(targets);
  const { of, wrong, expected } = words[kind];
  const issues: Issue[] = [];
  if (targets.length !== rowCount) issues.push(lengthIssue(of, targets.length, rowCount));
  if (!takes.includes(kind)) {
    issues.push({
      code: 'models-target-kind',
      what: 'this learner does not learn targets of that kind',
      got: kind,
      expected: takes.join(' or '),
    });
    return issues;
  }
  const stranger = targets.findIndex((target) => {
    if (kind === 'yesNo') return target > 1;
    return kind === 'number' ? !Number.isFinite(target) : target < 0 || target >= classes;
  });
  if (stranger >= 0)
    issues.push({
      code: 'models-labels',
      what: wrong,
      where: { row: stranger },
      got: show(targets[stranger]),
      expected,
    });
  return issues;
}

function weightIssues(weights: Float64Array, rowCount: number): Issue[] {
  const issues: Issue[] = [];
  if (weights.length !== rowCount) issues.push(lengthIssue('weights', weights.length, rowCount));
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (wrong >= 0) {
    issues.push({
      code: 'models-weights',
      what: 'a weight cannot be used',
      where: { row: wrong },
      got: show(String(weights[wrong])),
      expected: 'a finite number of at least 0',
    });
  } else if (weights.length > 0 && weights.every((weight) => weight === 0)) {
    issues.push({ code: 'models-weights', what: 'every weight is 0', expected: 'at least one above 0' });
  }
  return issues;
}

function lengthIssue(what: string, length: number, rowCount: number): Issue {
  return {
    code: 'models-lengths',
    what: `the number of ${what} differs from the number of rows`,
    got: String(length),
    expected: String(rowCount),
  };
}

function firstWrongCode(codes: Int32Array, levels: number): number {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code < -1 || code >= levels) return i;
  }
  return -1;
}

function countNotFinite(values: Float64Array): { missing: number; infinite: number } {
  let missing = 0;
  let infinite = 0;
  if (allFinite(values)) return { missing, infinite };
  for (const value of values) {
    if (Number.isNaN(value)) missing++;
    else if (!Number.isFinite(value)) infinite++;
  }
  return { missing, infinite };
}

/** A number times 0 is 0 unless it is NaN or infinite; two sums, so that one does not wait for the other. */
function allFinite(values: Float64Array): boolean {
  let [even, odd] = [0, 0];
  const pairs = values.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    even += values[i]! * 0;
    odd += values[i + 1]! * 0;
  }
  if (pairs < values.length) even += values[pairs]! * 0;
  return even + odd === 0;
}

function describe(column: Feature | Shape[number]): string {
  return column.kind === 'number' ? 'numbers' : `a category of ${column.levels} levels`;
}
