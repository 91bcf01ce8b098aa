/** Splits training rows again, inside a fit: by time, by group, or at random with the classes in proportion. */
import { seededRandom } from '../random.js';
import type { Targets } from '../table/matrix.js';
import type { FitOptions } from './models.js';

/** Rows that teach and rows that judge, ascending; they share no row and, where there are groups, no group. */
export interface InnerFold {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Up to `count` folds, each with rows on both sides; none where there are fewer than two rows (or groups).
 * - `ordered`: rows are cut into count + 1 stretches; each but the first is judged by what came before it (less the
 *   rows of groups that it holds). The first stretch is never judged.
 * - `groups`: whole groups are dealt out, the largest first, each to the fold that has the fewest rows.
 * - otherwise rows are shuffled by `seed` and dealt out class by class, numbers as one class.
 */
export function innerFolds(
  targets: Targets,
  count: number,
  options: Pick<FitOptions, 'seed' | 'groups' | 'ordered'>,
): InnerFold[] {
  if (options.ordered) return orderedFolds(targets.length, count, options.groups);
  const foldOf = options.groups ? dealGroups(options.groups, count) : dealRows(targets, count, options.seed);
  const rows = Uint32Array.from(targets.keys());
  return Array.from({ length: count }, (_, fold) => ({
    train: rows.filter((i) => foldOf[i] !== fold),
    test: rows.filter((i) => foldOf[i] === fold),
  })).filter(hasBoth);
}

function orderedFolds(rowCount: number, count: number, groups?: Int32Array): InnerFold[] {
  const rows = Uint32Array.from({ length: rowCount }, (_, i) => i);
  const cut = (stretch: number): number => Math.floor((stretch * rowCount) / (count + 1));
  return Array.from({ length: count }, (_, fold) => {
    const test = rows.slice(cut(fold + 1), cut(fold + 2));
    const judged = new Set(groups ? Array.from(test, (i) => groups[i]!) : []);
    const train = rows.slice(0, cut(fold + 1)).filter((i) => !groups || !judged.has(groups[i]!));
    return { train, test };
  }).filter(hasBoth);
}

function dealGroups(groups: Int32Array, count: number): Uint32Array {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const loads = new Float64Array(count);
  const foldOfGroup = new Map<number, number>();
  for (const [group, size] of [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const lightest = loads.indexOf(Math.min(...loads));
    foldOfGroup.set(group, lightest);
    loads[lightest]! += size;
  }
  return Uint32Array.from(groups, (group) => foldOfGroup.get(group)!);
}

function dealRows(targets: Targets, count: number, seed: number): Uint32Array {
  const order = seededRandom(seed).fork('inner folds').shuffle(Uint32Array.from(targets.keys()));
  const foldOf = new Uint32Array(targets.length);
  const classes = targets instanceof Float64Array ? new Uint8Array(targets.length) : targets;
  let next = 0;
  // One class after the other, without starting again: folds then differ by one row at most.
  for (const code of [...new Set(classes)].sort((a, b) => b - a))
    for (const row of order) if (classes[row] === code) foldOf[row] = next++ % count;
  return foldOf;
}

function hasBoth({ train, test }: InnerFold): boolean {
  return train.length > 0 && test.length > 0;
}
