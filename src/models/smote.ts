/** SMOTE and SMOTE-NC: synthetic rows of the rarer class, between its rows and their neighbours. */
import { Problem } from '../problem.js';
import { type Random, seededRandom } from '../random.js';
import {
  type CategoryFeature,
  type Feature,
  type Labels,
  type Matrix,
  matrixRows,
  type NumberFeature,
} from '../table/matrix.js';
import { checkFit } from './check-fit.js';
import { checkParameters } from './check-parameters.js';
import { nearestNeighbours } from './nearest-neighbours.js';

/** What `smote` takes. */
export interface SmoteOptions {
  /** Rows of the rarer class for each of the other, afterwards. By default 1; nothing is added where it is so already. */
  ratio?: number;
  /** How many neighbours a row may be mixed with. By default 5. */
  neighbours?: number;
  seed: number;
}

/** The rows as they were, then the synthetic ones. */
export interface Smoted {
  readonly matrix: Matrix;
  readonly labels: Labels;
  /** Of each synthetic row: the row it starts from, as an index into the original rows. */
  readonly bases: Uint32Array;
  /** Of each synthetic row: the neighbour it moves towards. */
  readonly towards: Uint32Array;
  /** Of each synthetic row: how far it moves, in [0, 1). */
  readonly shares: Float64Array;
}

/**
 * Adds floor(ratio × rows of the commoner class) - (rows of the rarer class) synthetic rows. Each starts from a row of
 * the rarer class drawn at random and moves a random share of the way towards one of its nearest neighbours of that
 * class. Distances are Euclidean over the numbers as they are, so scale them first. With category columns it is
 * SMOTE-NC: different categories are apart by the median standard deviation of the numbers within the rarer class (by 1
 * where there are no numbers), and a synthetic row takes the commonest category among the neighbours, of equally common
 * ones the one that stands nearest.
 * Source: Chawla, Bowyer, Hall and Kegelmeyer, "SMOTE: Synthetic Minority Over-sampling Technique", 2002.
 * Throws `models-smote-too-few` where the rarer class has no more rows than `neighbours`.
 *
 * @example
 * const more = smote(matrix, labels, { ratio: 1, seed: 7 });
 * more.labels.length > labels.length // → true
 */
export function smote(matrix: Matrix, labels: Labels, options: SmoteOptions): Smoted {
  const { ratio = 1, neighbours = 5, seed } = options;
  checkParameters('smote', { ratio, neighbours }, smoteRules);
  checkFit(matrix, labels, { seed }, { missing: false });
  const ones = labels.reduce((sum, label) => sum + label, 0);
  const rarer = ones <= labels.length - ones ? 1 : 0;
  const members = rowsOf(labels, rarer);
  const added = Math.max(0, Math.floor(ratio * (labels.length - members.length)) - members.length);
  if (added > 0 && members.length <= neighbours) throw tooFew(members.length, { rarer, neighbours });

  const bases = new Uint32Array(added);
  const towards = new Uint32Array(added);
  const shares = new Float64Array(added);
  if (added === 0) return { matrix, labels, bases, towards, shares };

  const within = matrixRows(matrix, members);
  const near = neighboursWithin(within, neighbours);
  const drawn = draw(seededRandom(seed).fork('smote'), { added, rows: members.length, neighbours });
  const partners = drawn.base.map((base, s) => near[base * neighbours + drawn.neighbour[s]!]!);
  for (let s = 0; s < added; s++) {
    bases[s] = members[drawn.base[s]!]!;
    towards[s] = members[partners[s]!]!;
    shares[s] = drawn.share[s]!;
  }
  const columns = matrix.columns.map((column, j): Feature => {
    // The rarer class's own column is small enough to stay in the cache.
    const inner = within.columns[j]!;
    if (column.kind === 'number') {
      const values = new Float64Array(labels.length + added);
      values.set(column.values);
      mix((inner as NumberFeature).values, { ...drawn, towards: partners }, values.subarray(labels.length));
      return { kind: 'number', values };
    }
    const votes = commonest((inner as CategoryFeature).codes, near, neighbours);
    const codes = new Int32Array(labels.length + added);
    codes.set(column.codes);
    for (let s = 0; s < added; s++) codes[labels.length + s] = votes[drawn.base[s]!]!;
    return { kind: 'category', codes, levels: column.levels };
  });
  const all = new Uint8Array(labels.length + added).fill(rarer);
  all.set(labels);
  return { matrix: { rowCount: all.length, columns }, labels: all, bases, towards, shares };
}

function rowsOf(labels: Labels, label: number): Uint32Array {
  const rows = new Uint32Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === label) rows[count++] = i;
  return rows.slice(0, count);
}

/** The bounds of SMOTE's parameters. */
export const smoteRules: {
  ratio: { above: number; max: number };
  neighbours: { min: number; integer: boolean };
} = { ratio: { above: 0, max: 1 }, neighbours: { min: 1, integer: true } };

/** What was searched last, and what was found. The learners of a race are fitted on the same rows, one after the other. */
let last: { readonly within: Matrix; readonly count: number; readonly near: Uint32Array } | undefined;

/** The nearest neighbours of each row among the others; the search is the dearest part of SMOTE, so not twice for equal rows. */
function neighboursWithin(within: Matrix, count: number): Uint32Array {
  if (last?.count === count && areEqual(last.within, within)) return last.near;
  // Without categories no distance asks for it.
  const mismatch = within.columns.some(({ kind }) => kind === 'category') ? medianDeviation(within) : 1;
  const near = nearestNeighbours(within, { count, mismatch });
  last = { within, count, near };
  return near;
}

/** Whether all values are equal, so that all distances are. */
function areEqual(a: Matrix, b: Matrix): boolean {
  return (
    a.rowCount === b.rowCount &&
    a.columns.length === b.columns.length &&
    a.columns.every((column, j) => {
      const other = b.columns[j]!;
      const values = valuesOf(other);
      return column.kind === other.kind && valuesOf(column).every((value, i) => value === values[i]);
    })
  );
}

function valuesOf(column: Feature): Float64Array | Int32Array {
  return column.kind === 'number' ? column.values : column.codes;
}

function draw(
  random: Random,
  { added, rows, neighbours }: { added: number; rows: number; neighbours: number },
): { base: Uint32Array; neighbour: Uint32Array; share: Float64Array } {
  const base = new Uint32Array(added);
  const neighbour = new Uint32Array(added);
  const share = new Float64Array(added);
  for (let s = 0; s < added; s++) {
    base[s] = random.integer(rows);
    neighbour[s] = random.integer(neighbours);
    share[s] = random.uniform();
  }
  return { base, neighbour, share };
}

/** Writes what lies the share of the way from the base's value to the partner's. */
function mix(
  values: Float64Array,
  { base, towards, share }: { base: Uint32Array; towards: Uint32Array; share: Float64Array },
  out: Float64Array,
): void {
  for (let s = 0; s < out.length; s++) {
    const from = values[base[s]!]!;
    out[s] = from + share[s]! * (values[towards[s]!]! - from);
  }
}

/** For each row the commonest code among its neighbours; nearest first, so that the first to reach the most wins. */
function commonest(codes: Int32Array, near: Uint32Array, neighbours: number): Int32Array {
  const out = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const around = near.subarray(i * neighbours, (i + 1) * neighbours);
    let most = 0;
    for (const candidate of around) {
      let votes = 0;
      for (const other of around) if (codes[other] === codes[candidate]) votes++;
      if (votes <= most) continue;
      most = votes;
      out[i] = codes[candidate]!;
    }
  }
  return out;
}

/** The median over number columns of their standard deviation; of an even number the mean of the middle two. */
function medianDeviation({ columns, rowCount }: Matrix): number {
  const deviations = columns
    .flatMap((column) => {
      if (column.kind !== 'number') return [];
      const mean = column.values.reduce((sum, value) => sum + value, 0) / rowCount;
      const squares = column.values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return [Math.sqrt(squares / rowCount)];
    })
    .sort((a, b) => a - b);
  const half = deviations.length >> 1;
  if (deviations.length === 0) return 1;
  return deviations.length % 2 === 1 ? deviations[half]! : 0.5 * (deviations[half - 1]! + deviations[half]!);
}

function tooFew(rows: number, { rarer, neighbours }: { rarer: number; neighbours: number }): Problem {
  return new Problem({
    code: 'models-smote-too-few',
    what: `SMOTE needs more rows of the rarer class (label ${rarer}) than neighbours`,
    got: `${rows} rows and ${neighbours} neighbours`,
    rows,
    expected: `at least ${neighbours + 1} rows`,
    remedy:
      rows > 1
        ? `ask for \`neighbours: ${rows - 1}\` or fewer, or use \`withWeights\` in its place`
        : 'use `withWeights` in its place',
  });
}
