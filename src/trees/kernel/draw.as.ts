/** The rows of a forest's tree: which are drawn, and their pairs. */
import { drawInteger } from './random.as';
import { Forest, ForestNode, RandomState, RowsPlace } from './structures';

/** Draws as many rows as there are, with putting back, and counts how often it drew each. */
export function drawRows(forest: Forest): void {
  const state = changetype<RandomState>(forest.random);
  const counts = forest.counts;
  const rowCount = forest.rowCount;
  let left = rowCount;
  do {
    const count = counts + ((drawInteger(state, rowCount) as usize) << 1);
    store<u16>(count, load<u16>(count) + 1);
    left--;
  } while (left !== 0);
}

/** A row's weight, times how often it was drawn. */
function weightAt(counts: usize, weights: usize): f64 {
  return (load<u16>(counts) as i32 as f64) * load<f64>(weights);
}

/** The most that any row weighs, drawn as often as it was. */
export function mostWeight(forest: Forest, place: RowsPlace): f64 {
  const end = place.weights + ((forest.rowCount as usize) << 3);
  let counts = forest.counts;
  let weights = place.weights;
  let most: f64 = 0;
  do {
    most = max<f64>(most, weightAt(counts, weights));
    counts += 2;
    weights += 8;
  } while (weights < end);
  return most;
}

/**
 * Writes the pairs of all rows in whole units, minus the target times the weight and that weight; lists the rows that weigh
 * something, and leaves the sums in the root. Returns how many it listed.
 */
export function fillPairs(forest: Forest, place: RowsPlace): i32 {
  const perGradient = place.perGradient;
  const perHessian = place.perHessian;
  const end = place.weights + ((forest.rowCount as usize) << 3);
  let counts = forest.counts;
  let weights = place.weights;
  let targets = place.targets;
  let pairs = place.pairs;
  let rows = place.rows;
  let row: u32 = 0;
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  do {
    const weight = weightAt(counts, weights);
    store<u32>(rows, row);
    // Every row is written, and kept or not: a branch would be guessed wrong for every third.
    rows += ((weight > 0) as usize) << 2;
    const whole = nearest<f64>(weight * perHessian);
    const part = nearest<f64>(-weight * load<f64>(targets) * perGradient);
    store<i32>(pairs, part as i32);
    store<i32>(pairs, whole as i32, 4);
    gradient += part;
    hessian += whole;
    counts += 2;
    targets += 8;
    pairs += 8;
    row++;
    weights += 8;
  } while (weights < end);
  const root = changetype<ForestNode>(forest.nodes);
  root.gradient = gradient;
  root.hessian = hessian;
  return ((rows - place.rows) >> 2) as i32;
}
