/** The front door: everything that notebooks and the service may import; re-exports only. */

export { atCutoff } from './decide/at-cutoff.js';
export { byCapacity } from './decide/by-capacity.js';
export { byF1 } from './decide/by-f1.js';
export { byMoney } from './decide/by-money.js';
export type { Action, FittedPolicy, Policy, PolicyOutcome } from './decide/policy.js';
export { blend } from './evaluate/blend.js';
export { type CompareOptions, compare } from './evaluate/compare.js';
export { crossValidate } from './evaluate/cross-validate.js';
export type { Estimate, Fold, Predictions, Protocol, Score } from './evaluate/evaluate.js';
export { accuracy, f1, precision, recall } from './evaluate/metrics/at-cutoff.js';
export { auc } from './evaluate/metrics/auc.js';
export { averagePrecision } from './evaluate/metrics/average-precision.js';
export { expectedCalibrationError } from './evaluate/metrics/calibration.js';
export { gain, lift } from './evaluate/metrics/lift.js';
export { brier, logLoss } from './evaluate/metrics/mean-loss.js';
export { aucWithinFolds } from './evaluate/metrics/within-folds.js';
export type { ColumnContributions, FittedPipeline, Pipeline } from './evaluate/pipeline.js';
export { pipeline } from './evaluate/pipeline.js';
export { forwardChaining } from './evaluate/protocols/forward-chaining.js';
export { groupedFolds } from './evaluate/protocols/grouped-folds.js';
export { holdOutLast } from './evaluate/protocols/hold-out-last.js';
export { slidingWindow } from './evaluate/protocols/sliding-window.js';
export { stratifiedFolds } from './evaluate/protocols/stratified-folds.js';
export type { Race } from './evaluate/race.js';
export { split, splitAtRandom, splitByGroup, splitByOrder } from './evaluate/split.js';
export { type BinsOptions, bins } from './features/bins.js';
export { codes } from './features/codes.js';
export { cross } from './features/cross.js';
export { cyclic } from './features/cyclic.js';
export type {
  FittedRecipe,
  FittedStep,
  Input,
  Output,
  Recipe,
  Step,
  StepContext,
} from './features/features.js';
export { type ImputeOptions, impute } from './features/impute.js';
export { numbers } from './features/numbers.js';
export { oneHot } from './features/one-hot.js';
export { rareLevels } from './features/rare-levels.js';
export { features } from './features/recipe.js';
export { scale } from './features/scale.js';
export { signedLog } from './features/signed-log.js';
export { targetMean } from './features/target-mean.js';
export { canonicalJson, type Json, type JsonObject, JsonReader } from './json.js';
export type { Audit } from './leakage/audit.js';
export { type AuditOptions, auditLeakage } from './leakage/audit-leakage.js';
export { baseline } from './models/baseline.js';
export { logistic } from './models/logistic.js';
export type { Contributions, FitOptions, Learner, Model } from './models/models.js';
export { naiveBayes } from './models/naive-bayes.js';
export { smote } from './models/smote.js';
export { boosting } from './models/trees/boosting.js';
export { randomForest } from './models/trees/forest.js';
export { withCalibration } from './models/with-calibration.js';
export { withSmote } from './models/with-smote.js';
export { withWeights } from './models/with-weights.js';
export { formatIssue, type Issue, Problem, type Where } from './problem.js';
export { type Random, seededRandom } from './random.js';
export { type CheckedRow, compileRowCheck, type RowCheck, type RowVerdict } from './schema/check-row.js';
export type * from './schema/column-types.js';
export { category, date, id, number, yesNo } from './schema/column-types.js';
export { datasetRows, datasetSlice, groupCodes, isOrdered, labelsOf, makeDataset } from './schema/dataset.js';
export { defineSchema } from './schema/define-schema.js';
export { type ReadCsvOptions, readCsv, readRows } from './schema/read-csv.js';
export { type RequestRow, requestRow } from './schema/request-row.js';
export { rowsToTable } from './schema/rows-to-table.js';
export type {
  Dataset,
  KnownBefore,
  Moment,
  Schema,
  SchemaColumn,
  SchemaSpec,
  Source,
} from './schema/schema.js';
export { simulateBank } from './simulate/bank.js';
export { loadArtefact } from './store/load-artefact.js';
export { type SaveOptions, saveArtefact } from './store/save-artefact.js';
export { type Artefact, readArtefact } from './study/artefact.js';
export { defineStudy, type Lesson, type Study, type StudySpec } from './study/study.js';
export { formatCsv } from './table/csv/format-csv.js';
export { writeCsv } from './table/csv/write-csv.js';
export type { CategoryFeature, Feature, Labels, Matrix, NumberFeature, Shape } from './table/matrix.js';
export type { CategoryColumn, Cell, Column, DateColumn, NumberColumn } from './table/table.js';
export { categoryColumn, dateColumn, numberColumn, Table, table } from './table/table.js';
export { programVersion } from './workspace.js';
