/** Loops over the rows of a leaf or of the table that fill no histogram. */
import { RowsPlace } from './structures';

/** Copies the pairs of the rows at `from` to `to` next to each other, from place `out` of those in order on. */
export function gather(place: RowsPlace, from: u32, to: u32, out: u32): void {
  const pairs = place.pairs;
  const end = place.rows + (to << 2);
  let rows = place.rows + (from << 2);
  let ordered = place.ordered + (out << 3);
  if (rows >= end) return;
  do {
    store<u64>(ordered, load<u64>(pairs + ((load<u32>(rows) as usize) << 3)));
    ordered += 8;
    rows += 4;
  } while (rows < end);
}

/** Adds a step to the scores of the rows at `from` to `to`. */
export function addStep(place: RowsPlace, from: u32, to: u32, step: f64): void {
  const scores = place.scores;
  const end = place.rows + (to << 2);
  let rows = place.rows + (from << 2);
  if (rows >= end) return;
  do {
    const score = scores + ((load<u32>(rows) as usize) << 3);
    store<f64>(score, load<f64>(score) + step);
    rows += 4;
  } while (rows < end);
}

/** Copies bytes; the two places may overlap. */
export function move(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}

/** Sets bytes to 0. */
export function clear(from: usize, bytes: usize): void {
  memory.fill(from, 0, bytes);
}
