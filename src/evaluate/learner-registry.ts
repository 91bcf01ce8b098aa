/** The one list of learners and models that can be read back from JSON. */
import { JsonReader } from '../json.js';
import { mlNaiveBayesModelReader, mlNaiveBayesReader } from '../models/adapters/ml-naivebayes.js';
import { mlRandomForestModelReader, mlRandomForestReader } from '../models/adapters/ml-random-forest.js';
import { baselineModelReader, baselineReader } from '../models/baseline.js';
import { calibratedModelReader } from '../models/calibrated-model.js';
import { intervalModelReader } from '../models/interval-model.js';
import { logisticModelReader, ridgeModelReader } from '../models/linear-model.js';
import { logisticReader } from '../models/logistic.js';
import type { Learner, Model } from '../models/models.js';
import { naiveBayesReader } from '../models/naive-bayes.js';
import { naiveBayesModelReader } from '../models/naive-bayes-model.js';
import { oneVsRestModelReader, oneVsRestReader } from '../models/one-vs-rest.js';
import type { LearnerReader, ModelReader } from '../models/reader.js';
import { ridgeReader } from '../models/ridge.js';
import { shiftedModelReader } from '../models/shifted-model.js';
import { withCalibrationReader } from '../models/with-calibration.js';
import { withIntervalsReader } from '../models/with-intervals.js';
import { withRecencyReader } from '../models/with-recency.js';
import { withSmoteReader } from '../models/with-smote.js';
import { withWeightsReader } from '../models/with-weights.js';
import { listNames, Problem, show } from '../problem.js';
import { boostingModelReader } from '../trees/boosted-model.js';
import { boostingReader } from '../trees/boosting.js';
import { forestModelReader, forestReader } from '../trees/forest.js';

const learnerReaders: readonly LearnerReader[] = [
  baselineReader,
  logisticReader,
  ridgeReader,
  naiveBayesReader,
  boostingReader,
  withSmoteReader,
  withWeightsReader,
  withCalibrationReader,
  withRecencyReader,
  oneVsRestReader,
  withIntervalsReader,
  forestReader,
  mlRandomForestReader,
  mlNaiveBayesReader,
];

const modelReaders: readonly ModelReader[] = [
  baselineModelReader,
  logisticModelReader,
  ridgeModelReader,
  naiveBayesModelReader,
  boostingModelReader,
  shiftedModelReader,
  calibratedModelReader,
  oneVsRestModelReader,
  intervalModelReader,
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
