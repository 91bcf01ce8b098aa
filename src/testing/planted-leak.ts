/** What a kind of planted leak is. */
import type { FindingCode } from '../leakage/leakage.js';
import type { Dataset } from '../schema/schema.js';
import type { Made } from './clean-data.js';

/** A data set, and the split that goes with the leak where it takes one. */
export interface Planted {
  readonly dataset: Dataset;
  readonly split?: { readonly train: Uint32Array; readonly test: Uint32Array };
}

/** A kind of leak. */
export interface PlantedLeak {
  /** The code that must find it. */
  readonly code: FindingCode;
  /** True where it takes classes, which numbers do not have. */
  readonly ofClasses?: true;
  /** Plants it in one of the ways in which it occurs; `seed` chooses the way. */
  plant(made: Made, seed: number): Planted;
}
