/** Every kind of step by its name, for reading recipes back. */
import { binsKind } from './bins.js';
import { crossKind } from './cross.js';
import { cyclicKind } from './cyclic.js';
import { dayOfYearKind } from './day-of-year.js';
import { imputeKind } from './impute.js';
import { logOddsKind } from './log-odds.js';
import { numbersKind } from './numbers.js';
import { oneHotKind } from './one-hot.js';
import { ordinalKind } from './ordinal.js';
import { rareLevelsKind } from './rare-levels.js';
import { scaleKind } from './scale.js';
import { signedLogKind } from './signed-log.js';
import type { StepKind } from './step-kind.js';
import { subtractKind } from './subtract.js';
import { targetMeanKind } from './target-mean.js';

const all: readonly StepKind[] = [
  binsKind,
  ordinalKind,
  crossKind,
  cyclicKind,
  dayOfYearKind,
  imputeKind,
  logOddsKind,
  numbersKind,
  oneHotKind,
  rareLevelsKind,
  scaleKind,
  signedLogKind,
  subtractKind,
  targetMeanKind,
];

/** The kinds by name. */
export const stepKinds: ReadonlyMap<string, StepKind> = new Map(all.map((kind) => [kind.kind, kind]));
