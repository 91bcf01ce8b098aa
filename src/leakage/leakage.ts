/** The contract of the room: a check looks at a dataset and reports findings, each with evidence and a remedy. */
import type { JsonObject } from '../json.js';
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
  | 'L11';

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
  /** Leaves the subject as it is. */
  look(subject: Subject): readonly Finding[];
}

/** A share or an AUC as findings show it: ".808", "1.000". */
export function decimals(value: number, digits = 3): string {
  return value.toFixed(digits).replace(/^(-?)0\./, '$1.');
}

/** A share as per cent: "11.7 %". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.001 ? 2 : 1)} %`;
}
