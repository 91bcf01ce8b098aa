/** Small made data sets with one leak of a known kind planted in them: the audit's ground truth. */
import type { TargetKind } from '../table/matrix.js';
import { make } from './clean-data.js';
import { type ColumnKind, leakingColumns } from './leaking-columns.js';
import { leakingRows, type RowKind } from './leaking-rows.js';
import { type OneSidedKind, oneSidedColumns } from './one-sided-columns.js';
import type { Planted, PlantedLeak } from './planted-leak.js';

export type PlantedKind = ColumnKind | OneSidedKind | RowKind;

/** The kinds of leak that can be planted. */
export const plantedKinds: Readonly<Record<PlantedKind, PlantedLeak>> = {
  ...leakingColumns,
  ...oneSidedColumns,
  ...leakingRows,
};

/** A data set with one leak in it; the seed also chooses among the ways in which that leak occurs. */
export function plantLeak(kind: PlantedKind, seed: number, target: TargetKind = 'yesNo'): Planted {
  return plantedKinds[kind].plant(make(seed, { target }), seed);
}
