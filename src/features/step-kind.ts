/** What a kind of step must say of itself, so that making, checking, saving and reading steps is written once. */
import type { Json, JsonObject, JsonReader } from '../json.js';
import type { Feature } from '../table/matrix.js';
import type { Output, StepContext } from './features.js';

/** A column on its way through the steps: what it is, and its values. */
export interface Signal {
  readonly output: Output;
  readonly feature: Feature;
}

/** What a kind of step has learned from its inputs. */
export interface Learned {
  readonly outputs: readonly Output[];
  /** One feature for each of `outputs`. Must not change its argument. */
  apply(inputs: readonly Feature[]): readonly Feature[];
  toJSON(): Json;
  /** Outputs for the training rows where they differ from `apply`, being made out of fold. */
  readonly training?: readonly Feature[];
}

/** What a step takes and gives: numbers or text (and codes made of text). */
export type SignalKind = 'number' | 'category';

/** A kind of step, as the registry knows it. */
export interface StepKind<Settings extends JsonObject = JsonObject> {
  /** "oneHot": the name of the factory, and of the kind in JSON. */
  readonly kind: string;
  /** The kind every input must have; undefined where both will do. */
  readonly takes: SignalKind | undefined;
  /** The kind of every output. */
  readonly gives: SignalKind;
  /** What to do for an input of the wrong kind, as a clause: "make text into numbers first, with oneHot". */
  readonly remedy: string;
  /** How many inputs it needs; 1 where absent. */
  readonly atLeast?: number;
  learn(inputs: readonly Signal[], settings: Settings, context: StepContext): Learned;
  /** Reads the settings of an unfitted step. */
  settings(params: JsonReader): Settings;
  /** Reads what a step has learned, given the columns that come in. */
  read(learned: JsonReader, inputs: readonly Output[]): Learned;
}
