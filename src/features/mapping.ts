/** Steps that treat each input by itself: what was learned of one, and several of them side by side. */
import type { Json, JsonReader } from '../json.js';
import type { CategoryFeature, Feature, NumberFeature } from '../table/matrix.js';
import type { Output } from './features.js';
import type { Learned, Signal } from './step-kind.js';

/** What was learned of one input: one feature in, one or more out. */
export interface Mapping {
  readonly outputs: readonly Output[];
  apply(input: Feature): readonly Feature[];
  toJSON(): Json;
}

/** The mappings of all inputs as one; in JSON an array, one entry an input. */
export function sideBySide(mappings: readonly Mapping[]): Learned {
  return {
    outputs: mappings.flatMap((mapping) => mapping.outputs),
    apply(inputs) {
      const features: Feature[] = [];
      for (let i = 0; i < mappings.length; i++) {
        for (const feature of mappings[i]!.apply(inputs[i]!)) features.push(feature);
      }
      return features;
    },
    toJSON: () => mappings.map((mapping) => mapping.toJSON()),
  };
}

/** Learns a mapping from each input. */
export function learnEach(inputs: readonly Signal[], learn: (input: Signal) => Mapping): Learned {
  return sideBySide(inputs.map(learn));
}

/** Reads the mappings that `sideBySide` saved. */
export function readEach(
  learned: JsonReader,
  inputs: readonly Output[],
  read: (learned: JsonReader, input: Output) => Mapping,
): Learned {
  const items = learned.items({ length: inputs.length });
  return sideBySide(inputs.map((input, i) => read(items[i]!, input)));
}

/** A mapping of numbers, value by value. */
export function numberMapping(output: Output, saved: Json, map: (value: number) => number): Mapping {
  return {
    outputs: [output],
    apply(input) {
      const values = numbersOf(input);
      const mapped = new Float64Array(values.length);
      for (let i = 0; i < values.length; i++) mapped[i] = map(values[i]!);
      return [{ kind: 'number', values: mapped }];
    },
    toJSON: () => saved,
  };
}

/** The values of a number feature. That it is one was checked when the step was fitted or read. */
export function numbersOf(feature: Feature): Float64Array {
  return (feature as NumberFeature).values;
}

/** The codes of a category feature. That it is one was checked when the step was fitted or read. */
export function codesOf(feature: Feature): Int32Array {
  return (feature as CategoryFeature).codes;
}
