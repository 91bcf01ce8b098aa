/** Effects of groups of series, layer by layer: an article leans on its department, the department on all. */
import type { Panel } from '../panel/panel.js';
import { groupsOf } from '../past/pooled-past.js';
import type { Cells } from './demand-cells.js';
import type { Effect } from './factor-terms.js';
import { invertPositive } from './invert-positive.js';
import { bendsOf, type EffectShape } from './season-bends.js';

/** Effects of groups: of all series together, of those that share a text, of each alone. */
export interface Layer {
  /** The group of each series, or -1. */
  readonly codes: Int32Array;
  readonly groups: number;
  /** Groups × columns: terms, and bends of what the layers above say. */
  readonly effects: Float64Array;
  /** The variance of each column's effect over the groups; 0 where they have none. */
  readonly strays: Float64Array;
}

/** All series together, the groups of each column of texts, and each series alone: the largest groups first. */
export function layersOf(
  panel: Panel,
  pooled: readonly string[],
  columns: readonly Effect[],
): readonly Layer[] {
  const layer = (codes: Int32Array): Layer => {
    const groups = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
    const strays = Float64Array.from(columns, ({ fewest, firstStray }) =>
      groups === 1 ? 1 : panel.series.length / groups < fewest ? 0 : firstStray ** 2,
    );
    return { codes, groups, effects: new Float64Array(groups * columns.length), strays };
  };
  const all = layer(new Int32Array(panel.series.length));
  if (panel.series.length === 1) return [all];
  // Large groups first: what small ones learned before them would count as their own stray.
  const groups = pooled.map((name) => layer(groupsOf(panel, name))).sort((a, b) => a.groups - b.groups);
  return [all, ...groups, layer(Int32Array.from(panel.series.keys()))];
}

/** The effects of each series: of each layer what is its own, and how it bends the sum of those above. */
export function sumOf(layers: readonly Layer[], { series }: Panel, shape: EffectShape): Float64Array {
  const { terms } = shape;
  const sums = new Float64Array(series.length * terms);
  for (const { codes, strays, effects } of layers) {
    const bent = bendsOf(sums, shape);
    const bends = strays.length - terms;
    codes.forEach((code, s) => {
      if (code < 0) return;
      const own = effects.subarray(code * strays.length, (code + 1) * strays.length);
      for (let d = 0; d < terms; d++) {
        let sum = own[d]!;
        for (let b = 0; b < bends; b++) sum += own[terms + b]! * bent[(s * bends + b) * terms + d]!;
        sums[s * terms + d]! += sum;
      }
    });
  }
  return sums;
}

/** Moves the effects of a layer, each group held back by how far groups were found to stray; then finds anew how far that is. */
export function newtonStep(
  { codes, groups, effects, strays }: Layer,
  { series, demand, terms, levels, factors, excess }: Cells,
): void {
  const columns = strays.length;
  /** The columns that have effects. */
  const moved = Int32Array.from(strays.keys()).filter((column) => strays[column] !== 0);
  const width = moved.length;
  const slopes = new Float64Array(groups * width);
  const curves = new Float64Array(groups * width * width);
  const own = new Float64Array(width);
  for (let at = 0; at < series.length && width > 0; at++) {
    const code = codes[series[at]!]!;
    const mean = levels[at]! * factors[at]!;
    if (code < 0 || !(mean > 0)) continue;
    const weight = 1 / (1 + excess[at]! * mean);
    const strayed = demand[at]! - mean;
    for (let d = 0; d < width; d++) own[d] = terms[at * columns + moved[d]!]!;
    for (let d = 0; d < width; d++) {
      const term = weight * own[d]!;
      if (term === 0) continue;
      slopes[code * width + d]! += term * strayed;
      const row = (code * width + d) * width;
      const usual = term * mean;
      for (let e = 0; e <= d; e++) curves[row + e]! += usual * own[e]!;
    }
  }
  /** The squares of the effects, and how many of them the data tell rather than what holds them back. */
  const squares = new Float64Array(width);
  const told = new Float64Array(width);
  for (let code = 0; code < groups; code++) {
    const held = effects.subarray(code * columns, (code + 1) * columns);
    const curve = curves.subarray(code * width * width, (code + 1) * width * width);
    for (let d = 0; d < width; d++) {
      for (let e = 0; e < d; e++) curve[e * width + d] = curve[d * width + e]!;
      curve[d * width + d]! += 1 / strays[moved[d]!]!;
      slopes[code * width + d]! -= held[moved[d]!]! / strays[moved[d]!]!;
    }
    invertPositive(curve, width);
    for (let d = 0; d < width; d++) {
      let step = 0;
      for (let e = 0; e < width; e++) step += curve[d * width + e]! * slopes[code * width + e]!;
      held[moved[d]!]! += Math.max(-1, Math.min(1, step));
      squares[d]! += held[moved[d]!]! ** 2;
      told[d]! += 1 - curve[d * width + d]! / strays[moved[d]!]!;
    }
  }
  // All series together are one group: nothing tells how far it might stray.
  if (groups > 1)
    moved.forEach((column, d) => {
      strays[column] = Math.max(1e-6, squares[d]! / Math.max(1e-9, told[d]!));
    });
}
