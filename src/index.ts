/**
 * The front door: everything that notebooks and studies may import; re-exports only.
 *
 * @module alambique
 */

export { atCutoff } from './decide/at-cutoff.js';
export { byCapacity, type CapacityOptions } from './decide/by-capacity.js';
export { byCosts, type Costs } from './decide/by-costs.js';
export { byF1 } from './decide/by-f1.js';
export { byMoney } from './decide/by-money.js';
export { byMostLikely } from './decide/by-most-likely.js';
export { byThreshold, type ThresholdOptions } from './decide/by-threshold.js';
export { evaluatePolicies, type PolicyResult, type PolicyTable } from './decide/evaluate-policies.js';
export type * from './decide/policy.js';
export { type DisplayHandle, display } from './display.js';
export { blend } from './evaluate/blend.js';
export { type CompareOptions, compare } from './evaluate/compare.js';
export { type CrossValidateOptions, crossValidate } from './evaluate/cross-validate.js';
export type { CutoffSearch } from './evaluate/cutoff-search.js';
export type * from './evaluate/evaluate.js';
export type { ColumnContributions } from './evaluate/fold-back.js';
export { type Holdout, holdOut } from './evaluate/holdout.js';
export type { EstimateOptions } from './evaluate/intervals.js';
export {
  type FittedPipeline,
  type Pipeline,
  type PipelineFitOptions,
  pipeline,
} from './evaluate/pipeline.js';
export { type ForwardChainingOptions, forwardChaining } from './evaluate/protocols/forward-chaining.js';
export { groupedFolds } from './evaluate/protocols/grouped-folds.js';
export { type SlidingWindowOptions, slidingWindow } from './evaluate/protocols/sliding-window.js';
export { stratifiedFolds } from './evaluate/protocols/stratified-folds.js';
export type * from './evaluate/race.js';
export type { Scorecard, ScoreOptions } from './evaluate/score-fitted.js';
export type { ScoreWithin, SegmentScore, Segments } from './evaluate/segments.js';
export { scoreWithin, segmentsOf } from './evaluate/segments.js';
export { type Split, splitAtRandom, splitByGroup, splitByOrder } from './evaluate/split.js';
export type { FittedTunedPipeline } from './evaluate/tune/fitted-tuned.js';
export type { BetweenOptions, ChoiceDimension, RangeDimension } from './evaluate/tune/space.js';
export { between, type Dimension, oneOf, type Space } from './evaluate/tune/space.js';
export { type TunedPipeline, type TuneOptions, tune } from './evaluate/tune/tune.js';
export type { Round, Tuning, TuningTrial } from './evaluate/tune/tuning.js';
export { type BinsOptions, bins } from './features/bins.js';
export { cross } from './features/cross.js';
export { type CyclicOptions, cyclic } from './features/cyclic.js';
export type * from './features/features.js';
export { type ImputeOptions, impute } from './features/impute.js';
export { numbers } from './features/numbers.js';
export { oneHot } from './features/one-hot.js';
export { ordinal } from './features/ordinal.js';
export { type RareLevelsOptions, rareLevels } from './features/rare-levels.js';
export { features } from './features/recipe.js';
export { scale } from './features/scale.js';
export { signedLog } from './features/signed-log.js';
export { type TargetMeanOptions, targetMean } from './features/target-mean.js';
export type { Json, JsonObject } from './json.js';
export type { Audit } from './leakage/audit.js';
export { type AuditOptions, auditLeakage } from './leakage/audit-leakage.js';
export type { Demonstration, DemonstrationOptions, DishonestWay } from './leakage/demonstrate.js';
export { demonstrateLeakage } from './leakage/demonstrate.js';
export type { Finding, FindingCode, Severity } from './leakage/leakage.js';
export { plainRecipe, rawRecipe } from './leakage/plain-recipe.js';
export type { LeakagePrice, PriceOptions, SuspectPrice } from './leakage/price.js';
export { priceLeakage } from './leakage/price.js';
export type { RowSplit } from './leakage/subject.js';
export { type MlNaiveBayesOptions, mlNaiveBayes } from './models/adapters/ml-naivebayes.js';
export { type MlRandomForestOptions, mlRandomForest } from './models/adapters/ml-random-forest.js';
export { baseline } from './models/baseline.js';
export { type LogisticOptions, logistic } from './models/logistic.js';
export type { Contributions, ContributionUnit, FitOptions, Learner, Model } from './models/models.js';
export { type NaiveBayesOptions, naiveBayes } from './models/naive-bayes.js';
export { type RidgeOptions, ridge } from './models/ridge.js';
export { type Smoted, type SmoteOptions, smote } from './models/smote.js';
export type { Correction } from './models/true-rate.js';
export { type WithCalibrationOptions, withCalibration } from './models/with-calibration.js';
export { type WithIntervalsOptions, withIntervals } from './models/with-intervals.js';
export { type WithRecencyOptions, withRecency } from './models/with-recency.js';
export { type WithSmoteOptions, withSmote } from './models/with-smote.js';
export type { ClassWeights } from './models/with-weights.js';
export { type WithWeightsOptions, withWeights } from './models/with-weights.js';
export type { Issue, Where } from './problem.js';
export { Problem } from './problem.js';
export { type Random, seededRandom } from './random.js';
export type * from './report/figure.js';
export { plot, type QuickFigure } from './report/plot.js';
export type { CheckedRow, RowCheck, RowCheckOptions, RowVerdict } from './schema/check-row.js';
export type {
  CategoryOptions,
  CategoryType,
  ColumnNotes,
  ColumnType,
  DateOptions,
  DateType,
  IdType,
  NumberOptions,
  NumberType,
  YesNoOptions,
  YesNoType,
} from './schema/column-types.js';
export { category, date, id, number, yesNo } from './schema/column-types.js';
export { labelsOf } from './schema/dataset.js';
export { datasetOf } from './schema/dataset-of.js';
export { defineSchema } from './schema/define-schema.js';
export { extendDataset, extendSchema } from './schema/extend.js';
export { type ReadCsvOptions, readCsv } from './schema/read-csv.js';
export type * from './schema/schema.js';
export type { StoreOptions } from './store/artefact-store.js';
export { loadArtefact } from './store/load-artefact.js';
export { type SavedArtefact, type SaveOptions, saveArtefact } from './store/save-artefact.js';
export type { Artefact } from './study/artefact.js';
export type { DataSpec, FindOptions, FoundData } from './study/find-data.js';
export type { Golden } from './study/golden.js';
export { loadData } from './study/load-data.js';
export type { CellStamp, Manifest } from './study/manifest.js';
export type { CategoryReference, ColumnReference, NumberReference, Reference } from './study/reference.js';
export type { Ablation, Derivation, Study, StudySpec } from './study/study.js';
export { defineStudy } from './study/study.js';
export type * from './study/study-report.js';
export type * from './table/csv/csv.js';
export { type FormatCsvOptions, formatCsv } from './table/csv/format-csv.js';
export { type ReadCsvTableOptions, readCsvTable } from './table/csv/read-csv-table.js';
export { writeCsv } from './table/csv/write-csv.js';
export { type DanfoFrame, type DanfoModule, fromDanfo, toDanfo } from './table/danfo.js';
export type { DateFormat } from './table/date-text.js';
export type {
  CategoryDescription,
  ColumnDescription,
  DateDescription,
  Description,
  NumberDescription,
} from './table/describe.js';
export { describe } from './table/describe.js';
export type * from './table/dialect.js';
export { type JoinOptions, joinTables } from './table/join-tables.js';
export type { CategoryFeature, Feature, Labels, Matrix, NumberFeature, Shape } from './table/matrix.js';
export type { CategoryColumn, Cell, Column, DateColumn, NumberColumn, Table } from './table/table.js';
export { categoryColumn, dateColumn, numberColumn, table } from './table/table.js';
export { defineMetric, type MetricSpec } from './task/define-metric.js';
export type { FittedTarget } from './task/fitted-target.js';
export { accuracy, f1, precision, recall } from './task/metrics/at-cutoff.js';
export { auc } from './task/metrics/auc.js';
export { averagePrecision } from './task/metrics/average-precision.js';
export type { CalibrationBin, CalibrationOptions } from './task/metrics/calibration.js';
export { calibrationCurve } from './task/metrics/calibration.js';
export { type ClassMetrics, classMetrics } from './task/metrics/class-metrics.js';
export { type ConfusionTable, confusionTable } from './task/metrics/confusion-table.js';
export { brier, logLoss } from './task/metrics/mean-loss.js';
export { type NumberMetrics, numberMetrics } from './task/metrics/number-metrics.js';
export type { Point } from './task/metrics/thin.js';
export { aucWithinFolds } from './task/metrics/within-folds.js';
export type * from './task/predictions.js';
export type * from './task/task.js';
export { type BoostingOptions, boosting } from './trees/boosting.js';
export { type ForestOptions, randomForest } from './trees/forest.js';
export type { NumberLoss } from './trees/loss.js';
