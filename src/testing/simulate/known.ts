/** Small problems whose true probabilities are known, each hard for another kind of learner. */
import { type Random, seededRandom } from '../../random.js';
import type { Labels } from '../../table/matrix.js';
import { categoryColumn, numberColumn, type Table, table } from '../../table/table.js';
import { bestAuc } from './best-auc.js';
import { checkRows } from './check-rows.js';

/**
 * - `linear`: log-odds are a weighted sum; a straight model is right.
 * - `interaction`: an exclusive or of two signs; each column alone tells nothing.
 * - `thresholds`: steps in two numbers, the wrong way round for a straight line; trees are right.
 * - `many-levels`: a shop of 200, each with a rate of its own, many of them rarely seen.
 * - `missing`: half the signal is in whether the income is stated at all.
 */
export type KnownKind = 'linear' | 'interaction' | 'thresholds' | 'many-levels' | 'missing';

/** Every kind, for loops over all of them. */
export const knownKinds: readonly KnownKind[] = [
  'linear',
  'interaction',
  'thresholds',
  'many-levels',
  'missing',
];

/** Rows and what is true of them. */
export interface KnownProblem {
  /** The columns that tell something, then `noise`, which does not, then `y`: "yes" or "no". */
  readonly table: Table;
  readonly labels: Labels;
  /** The probability from which each label was drawn. */
  readonly probability: Float64Array;
  /** The AUC to be expected of ranking by `probability`: no learner can be expected to beat it on new rows. */
  readonly bestAuc: number;
}

/** One row before its label is drawn. */
interface MadeRow {
  readonly cells: Readonly<Record<string, number | string | null>>;
  readonly logOdds: number;
}

/** Rows of a kind; the same kind, rows and seed give the same bits. Throws `simulate-rows`. */
export function simulateKnown(
  kind: KnownKind,
  { rows, seed }: { readonly rows: number; readonly seed: number },
): KnownProblem {
  checkRows(rows);
  // What is true of the kind (the shops' rates) must not hang on the seed: train and test may be drawn apart.
  const draw = makers[kind](seededRandom(0).fork(kind));
  const random = seededRandom(seed).fork(kind);
  const made = Array.from({ length: rows }, () => draw(random));
  const noise = Float64Array.from(made, () => random.normal());
  const probability = Float64Array.from(made, ({ logOdds }) => logistic(logOdds));
  const labels = Uint8Array.from(probability, (chance) => (random.uniform() < chance ? 1 : 0));
  const names = Object.keys(made[0]!.cells);
  const columns = names.map((name) => {
    const cells = made.map((row) => row.cells[name]!);
    return cells.some((cell) => typeof cell === 'string')
      ? categoryColumn(name, cells as (string | null)[])
      : numberColumn(name, cells as (number | null)[]);
  });
  const target = categoryColumn(
    'y',
    Array.from(labels, (label) => (label === 1 ? 'yes' : 'no')),
  );
  return {
    table: table([...columns, numberColumn('noise', noise), target]),
    labels,
    probability,
    bestAuc: bestAuc(probability),
  };
}

const makers: Readonly<Record<KnownKind, (truth: Random) => (random: Random) => MadeRow>> = {
  linear: () => (random) => {
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    return { cells: { a, b, c }, logOdds: -0.5 + 1.2 * a - 0.8 * b + 0.4 * c };
  },
  interaction: () => (random) => {
    const [a, b] = [random.normal(), random.normal()];
    return { cells: { a, b }, logOdds: a > 0 !== b > 0 ? 1.6 : -1.6 };
  },
  thresholds: () => (random) => {
    const [a, b] = [random.uniform(), random.uniform()];
    return { cells: { a, b }, logOdds: (a > 0.3 && a < 0.6 ? 1.5 : -1) + (b < 0.2 || b > 0.7 ? 0.8 : -0.8) };
  },
  'many-levels': (truth) => {
    const rates = Array.from({ length: 200 }, () => 1.2 * truth.normal());
    return (random) => {
      // The square of a uniform draw: the first shops are common, the last are rare.
      const shop = Math.floor(rates.length * random.uniform() ** 2);
      const a = random.normal();
      return { cells: { shop: `shop ${shop}`, a }, logOdds: -1 + rates[shop]! + 0.5 * a };
    };
  },
  missing: () => (random) => {
    const [income, a] = [random.normal(), random.normal()];
    const stated = random.uniform() < 0.65;
    const logOdds = (stated ? 0.6 + 0.8 * income : -1.6) + 0.5 * a;
    return { cells: { income: stated ? income : null, a }, logOdds };
  },
};

/** 1 / (1 + exp(-logOdds)). */
function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
