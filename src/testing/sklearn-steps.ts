/** Frozen values of scikit-learn for the steps; imported by tests only. */
import { fixture } from './fixture.js';

/** Cut points and codes of a discretiser. */
export interface FrozenBins {
  readonly count: number;
  readonly inner: readonly number[];
  readonly codes: readonly number[];
}

/** What `fixtures/make-steps.py` wrote. */
export interface FrozenSteps {
  readonly amount: readonly number[];
  readonly whole: readonly number[];
  readonly spiked: readonly number[];
  readonly text: readonly string[];
  readonly label: readonly number[];
  readonly holes: readonly (number | null)[];
  readonly scaled: readonly number[];
  readonly scaledHoles: readonly (number | null)[];
  readonly levels: readonly string[];
  readonly oneHot: readonly (readonly number[])[];
  readonly bins: Readonly<Record<'amount' | 'whole' | 'spiked', FrozenBins>>;
  readonly median: number;
  readonly mean: number;
  readonly targetMeans: readonly number[];
}

/** The frozen values. */
export function frozenSteps(): FrozenSteps {
  return fixture<FrozenSteps>('features/fixtures/steps.json');
}
