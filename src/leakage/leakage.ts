/** The contract of the room: a check looks at a dataset and reports findings, each with evidence and a remedy. */
import type { JsonObject } from '../json.js';
import { decimals } from '../table/decimals.js';
import type { Evidence } from './column-evidence.js';
import type { Strength } from './evidence/strength.js';
import type { Subject } from './subject.js';

/**
 * 'leak': the column (or the way the rows were made) tells what is not known yet.
 * 'suspect': the numbers or the name say that it might; somebody who knows the data must look.
 * 'note': worth knowing, nothing to do.
 */
export type Severity = 'leak' | 'suspect' | 'note';

/** Stable: a code keeps its meaning for ever. */
export type FindingCode =
  | 'L01'
  | 'L02'
  | 'L03'
  | 'L04'
  | 'L05'
  | 'L06'
  | 'L07'
  | 'L08'
  | 'L09'
  | 'L10'
  | 'L11'
  | 'L12'
  | 'L13'
  | 'L14'
  | 'L15'
  | 'L16'
  | 'L17'
  | PanelFindingCode;

/** Those of panels of series. */
export type PanelFindingCode = 'P01' | 'P02' | 'P03' | 'P04' | 'P05' | 'P06' | 'P07';

/** One thing that an audit found. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The columns it speaks of; `["row index"]` for the order of the rows, none where it speaks of whole rows. */
  readonly columns: readonly string[];
  /** What is wrong, in a sentence or two. */
  readonly what: string;
  /** The numbers behind it. */
  readonly evidence: JsonObject;
  /** What to do, as a sentence. */
  readonly remedy: string;
  /** What keeps it from doing harm already, as a clause: "the schema keeps it out of every feature". */
  readonly contained?: string;
  /** The written reason for which somebody accepted it. */
  readonly waived?: string;
}

/** One question put to a dataset. */
export interface Check {
  readonly code: FindingCode;
  /** What it looks for: "declared late". */
  readonly title: string;
  /** Leaves the evidence as it is. */
  look(evidence: Evidence): readonly Finding[];
}

/** "Alone it reaches an AUC of .808."; nothing where there is no strength to speak of. */
export function aloneItReaches({ target }: Subject, { value }: Strength): string {
  return Number.isNaN(value) ? '' : `Alone it reaches ${strengthInWords(target.measure.name, value)}.`;
}

/** "an AUC of .808", "a rank correlation of .93". */
export function strengthInWords(measure: string, value: number): string {
  return `${/^[aeiou]/i.test(measure) ? 'an' : 'a'} ${measure} of ${decimals(value)}`;
}

/** The strength as evidence, named by its measure: `{ auc: 0.808 }`; null where there is none. */
export function strengthEvidence({ target }: Subject, { value }: Strength): JsonObject {
  return { [target.measure.key]: Number.isNaN(value) ? null : value };
}
