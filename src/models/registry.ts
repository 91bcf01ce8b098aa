/** The one list of learners and models that can be read back from JSON. */
import { JsonReader } from '../json.js';
import { listNames, Problem, show } from '../problem.js';
import { mlNaiveBayesModelReader, mlNaiveBayesReader } from './adapters/ml-naivebayes.js';
import { mlRandomForestModelReader, mlRandomForestReader } from './adapters/ml-random-forest.js';
import { baselineModelReader, baselineReader } from './baseline.js';
import { calibratedModelReader } from './calibrated-model.js';
import { linearModelReader } from './linear-model.js';
import { logisticReader } from './logistic.js';
import type { Learner, Model } from './models.js';
import { naiveBayesReader } from './naive-bayes.js';
import { naiveBayesModelReader } from './naive-bayes-model.js';
import type { LearnerReader, ModelReader } from './reader.js';
import { shiftedModelReader } from './shifted-model.js';
import { boostingModelReader, boostingReader } from './trees/boosting.js';
import { forestModelReader, forestReader } from './trees/forest.js';
import { withCalibrationReader } from './with-calibration.js';
import { withRecencyReader } from './with-recency.js';
import { withSmoteReader } from './with-smote.js';
import { withWeightsReader } from './with-weights.js';

const learnerReaders: readonly LearnerReader[] = [
  baselineReader,
  logisticReader,
  naiveBayesReader,
  boostingReader,
  withSmoteReader,
  withWeightsReader,
  withCalibrationReader,
  withRecencyReader,
  forestReader,
  mlRandomForestReader,
  mlNaiveBayesReader,
];

const modelReaders: readonly ModelReader[] = [
  baselineModelReader,
  linearModelReader,
  naiveBayesModelReader,
  boostingModelReader,
  shiftedModelReader,
  calibratedModelReader,
  forestModelReader,
  mlRandomForestModelReader,
  mlNaiveBayesModelReader,
];

/**
 * The learner that `{ kind, params }` describes, wrapped learners included; it fits the same bits as the one it was
 * made from. Takes parsed JSON, or a reader that stands on it. Throws `models-unknown-learner` or
 * `artefact-structure` with the pointer of what is wrong.
 */
export function learnerFromJson(json: unknown): Learner {
  const reader = readerOf(json);
  const found = find(learnerReaders, reader.field('kind'), 'learner');
  return found.read(reader.field('params'), learnerFromJson);
}

/**
 * The model that a `toJSON` gave, predicting the same bits. Takes parsed JSON, or a reader that stands on it.
 * Throws `models-unknown-model` or `artefact-structure` with the pointer of what is wrong.
 */
export function modelFromJson(json: unknown): Model {
  const reader = readerOf(json);
  return find(modelReaders, reader.field('kind'), 'model').read(reader, modelFromJson);
}

function readerOf(json: unknown): JsonReader {
  return json instanceof JsonReader ? json : new JsonReader(json);
}

function find<Reader extends { kind: string }>(
  readers: readonly Reader[],
  kind: JsonReader,
  what: 'learner' | 'model',
): Reader {
  const name = kind.string();
  const found = readers.find((reader) => reader.kind === name);
  if (found) return found;
  throw new Problem({
    code: `models-unknown-${what}`,
    what: `this version knows no ${what} of that kind`,
    where: { pointer: kind.pointer },
    got: show(name),
    expected: `one of ${listNames(
      readers.map((reader) => reader.kind),
      { last: 'or', most: 40 },
    )}`,
  });
}
