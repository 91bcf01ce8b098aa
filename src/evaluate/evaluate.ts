/** The contract of the room: a protocol says which rows teach and which judge. */
import type { JsonObject } from '../json.js';
import type { Dataset } from '../schema/schema.js';

/** Rows that teach and rows that judge, as ascending indices into the dataset. They never share a row. */
export interface Fold {
  readonly name: string;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** A way to split for evaluation; as data, so that a report can say what was done. */
export interface Protocol {
  /** "stratified 5-fold", "forward chaining, 5 steps". */
  readonly name: string;
  readonly kind: 'random' | 'grouped' | 'ordered';
  /** One sentence: what a score under this protocol tells, and what it hides. */
  readonly meaning: string;
  /** Set by `namedForWhatItIs`: for these rows the protocol shows more than the future will. */
  readonly optimistic?: true;
  readonly params: JsonObject;
  folds(dataset: Dataset): readonly Fold[];
}
