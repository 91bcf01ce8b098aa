/** A fitted pipeline that knows how its settings were found; apart from the search, which who only predicts never needs. */
import type { JsonObject, JsonReader } from '../../json.js';
import { withText } from '../../table/print.js';
import type { FittedPipeline } from '../pipeline.js';
import { type Tuning, tuningFromJson, tuningToJson } from './tuning.js';

/** A fitted one, and how its settings were found. */
export interface FittedTunedPipeline extends FittedPipeline {
  readonly tuning: Tuning;
}

/** Reads a fitted one back, the pipeline inside it by `read`; it predicts the same bits. */
export function fittedTunedFromJson(
  reader: JsonReader,
  read: (json: JsonReader) => FittedPipeline,
): FittedTunedPipeline {
  return withTuning(read(reader.field('fitted')), tuningFromJson(reader.field('tuning')));
}

/** The same pipeline, with the way in which its settings were found. */
export function withTuning(fitted: FittedPipeline, tuning: Tuning): FittedTunedPipeline {
  const { name } = fitted;
  const tuned: FittedTunedPipeline = {
    ...fitted,
    tuning,
    toJSON: (): JsonObject => ({
      kind: 'tuned',
      name,
      tuning: tuningToJson(tuning),
      fitted: fitted.toJSON(),
    }),
  };
  const { values } = tuning.trials[tuning.chosen]!;
  const chosen = Object.entries(values).map(([parameter, value]) => `${parameter} ${String(value)}`);
  return withText(tuned, () => `${name}, fitted: ${chosen.join(', ') || 'the learner as it was given'}`);
}
