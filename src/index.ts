/** The front door: everything that notebooks and the service may import; re-exports only. */

export { atCutoff } from './decide/at-cutoff.js';
export { byCapacity, type CapacityOptions } from './decide/by-capacity.js';
export { byF1 } from './decide/by-f1.js';
export { byMoney } from './decide/by-money.js';
export { evaluatePolicies, type PolicyResult, type PolicyTable } from './decide/evaluate-policies.js';
export type * from './decide/policy.js';
export { type DisplayHandle, display } from './display.js';
export { blend } from './evaluate/blend.js';
export { type CompareOptions, compare } from './evaluate/compare.js';
export { type CrossValidateOptions, crossValidate } from './evaluate/cross-validate.js';
export { defineMetric, type MetricSpec } from './evaluate/define-metric.js';
export type * from './evaluate/evaluate.js';
export type { ColumnContributions } from './evaluate/fold-back.js';
export { type Holdout, holdOut } from './evaluate/holdout.js';
export { difference, estimate } from './evaluate/intervals.js';
export { accuracy, f1, precision, recall } from './evaluate/metrics/at-cutoff.js';
export { auc } from './evaluate/metrics/auc.js';
export { averagePrecision } from './evaluate/metrics/average-precision.js';
export { calibrationCurve } from './evaluate/metrics/calibration.js';
export { type Confusion, confusion } from './evaluate/metrics/confusion.js';
export { precisionRecallCurve, rocCurve } from './evaluate/metrics/curves.js';
export { gain, lift } from './evaluate/metrics/lift.js';
export { brier, logLoss } from './evaluate/metrics/mean-loss.js';
export { aucWithinFolds, withinFolds } from './evaluate/metrics/within-folds.js';
export {
  type FittedPipeline,
  type Pipeline,
  type PipelineFitOptions,
  pipeline,
} from './evaluate/pipeline.js';
export { type ForwardChainingOptions, forwardChaining } from './evaluate/protocols/forward-chaining.js';
export { groupedFolds } from './evaluate/protocols/grouped-folds.js';
export { holdOutLast } from './evaluate/protocols/hold-out-last.js';
export { type SlidingWindowOptions, slidingWindow } from './evaluate/protocols/sliding-window.js';
export { stratifiedFolds } from './evaluate/protocols/stratified-folds.js';
export type * from './evaluate/race.js';
export type { Scorecard, ScoreOptions } from './evaluate/score-fitted.js';
export type * from './evaluate/segments.js';
export { scoreWithin, segmentsOf } from './evaluate/segments.js';
export { type Split, splitAtRandom, splitByGroup, splitByOrder } from './evaluate/split.js';
export type { FittedTunedPipeline } from './evaluate/tune/fitted-tuned.js';
export { between, type Dimension, oneOf, type Space } from './evaluate/tune/space.js';
export { type TunedPipeline, type TuneOptions, tune } from './evaluate/tune/tune.js';
export type * from './evaluate/tune/tuning.js';
export { type BinsOptions, bins } from './features/bins.js';
export { cross } from './features/cross.js';
export { type CyclicOptions, cyclic } from './features/cyclic.js';
export { dayOfYear } from './features/day-of-year.js';
export type * from './features/features.js';
export { type ImputeOptions, impute } from './features/impute.js';
export { logOdds } from './features/log-odds.js';
export { numbers } from './features/numbers.js';
export { oneHot } from './features/one-hot.js';
export { ordinal } from './features/ordinal.js';
export { type RareLevelsOptions, rareLevels } from './features/rare-levels.js';
export { features } from './features/recipe.js';
export { scale } from './features/scale.js';
export { signedLog } from './features/signed-log.js';
export { subtract } from './features/subtract.js';
export { type TargetMeanOptions, targetMean } from './features/target-mean.js';
export { unseenLevels } from './features/unseen-levels.js';
export type { Json, JsonObject } from './json.js';
export type * from './leakage/audit.js';
export { type AuditOptions, auditLeakage } from './leakage/audit-leakage.js';
export type * from './leakage/demonstrate.js';
export { demonstrateLeakage } from './leakage/demonstrate.js';
export type * from './leakage/leakage.js';
export {
  findNearDuplicates,
  type NearDuplicateOptions,
  type NearDuplicates,
} from './leakage/near-duplicates.js';
export { plainRecipe, rawRecipe } from './leakage/plain-recipe.js';
export type * from './leakage/price.js';
export { priceLeakage } from './leakage/price.js';
export { ROW_INDEX } from './leakage/subject.js';
export { type MlNaiveBayesOptions, mlNaiveBayes } from './models/adapters/ml-naivebayes.js';
export { type MlRandomForestOptions, mlRandomForest } from './models/adapters/ml-random-forest.js';
export { baseline } from './models/baseline.js';
export { type LogisticOptions, logistic } from './models/logistic.js';
export type * from './models/models.js';
export { type NaiveBayesOptions, naiveBayes } from './models/naive-bayes.js';
export { type NeighbourOptions, nearestNeighbours } from './models/nearest-neighbours.js';
export { type PartialDependence, partialDependence } from './models/partial-dependence.js';
export {
  type Importance,
  type PermutationOptions,
  permutationImportance,
} from './models/permutation-importance.js';
export { type Smoted, type SmoteOptions, smote } from './models/smote.js';
export { type WithCalibrationOptions, withCalibration } from './models/with-calibration.js';
export { type WithRecencyOptions, withRecency } from './models/with-recency.js';
export { type WithSmoteOptions, withSmote } from './models/with-smote.js';
export { type WithWeightsOptions, withWeights } from './models/with-weights.js';
export { Problem } from './problem.js';
export { type Random, seededRandom } from './random.js';
export type * from './report/figure.js';
export { plot, type QuickFigure } from './report/plot.js';
export type * from './schema/check-row.js';
export { type CheckTableOptions, checkTable } from './schema/check-table.js';
export type * from './schema/column-types.js';
export { category, date, id, number, yesNo } from './schema/column-types.js';
export { datasetSlice, labelsOf, makeDataset } from './schema/dataset.js';
export { defineSchema } from './schema/define-schema.js';
export { extendDataset, extendSchema } from './schema/extend.js';
export { type ReadCsvOptions, readCsv } from './schema/read-csv.js';
export type * from './schema/schema.js';
export {
  type TrailingRateName,
  type TrailingRatesOptions,
  withTrailingRates,
} from './schema/trailing-rates.js';
export { loadArtefact } from './store/load-artefact.js';
export { type SaveOptions, saveArtefact } from './store/save-artefact.js';
export type { Artefact } from './study/artefact.js';
export type * from './study/find-data.js';
export type * from './study/golden.js';
export { loadData } from './study/load-data.js';
export type * from './study/manifest.js';
export type * from './study/reference.js';
export type * from './study/study.js';
export { defineStudy } from './study/study.js';
export type * from './study/study-report.js';
export type * from './table/csv/csv.js';
export { type FormatCsvOptions, formatCsv } from './table/csv/format-csv.js';
export { readCsvTable } from './table/csv/read-csv-table.js';
export { writeCsv } from './table/csv/write-csv.js';
export { type DanfoFrame, type DanfoModule, fromDanfo, toDanfo } from './table/danfo.js';
export type * from './table/describe.js';
export { describe } from './table/describe.js';
export type * from './table/matrix.js';
export type * from './table/table.js';
export { categoryColumn, dateColumn, numberColumn, table } from './table/table.js';
export { type BoostNumbersOptions, boostNumbers, type NumberModel } from './trees/boost-numbers.js';
export { type BoostingOptions, boosting } from './trees/boosting.js';
export { type ForestOptions, randomForest } from './trees/forest.js';
