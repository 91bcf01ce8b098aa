/** The service's door: what serving needs of `src` and nothing else, so that a start loads no study, race or figure; re-exports only. */

export type { ClientRecord, ClientSet, ClientValue, ClientValueStatus } from './clients/client-record.js';
export { readClient, readClientSet, readClients } from './clients/read-client.js';
export { type Environment, environment } from './config/environment.js';
export { allSettings } from './config/read-settings.js';
export { isPostgres } from './config/setting.js';
export { type Database, openDatabase } from './database/database.js';
export { type ListRunsOptions, listRuns } from './database/list-runs.js';
export { recordRun } from './database/record-run.js';
export { type RecordedRun, type RunKind, type RunState, runKinds, runStates } from './database/run.js';
export type { ColumnContributions } from './evaluate/fold-back.js';
export type { ArticleOrder } from './forecast/stock/stock.js';
export {
  forecastOf,
  isForecast,
  orderCosts,
  orderOf,
  type SeriesForecast,
  type SeriesStock,
  seriesAt,
} from './forecast/study/answers.js';
export { chartFrame } from './forecast/study/chart-frame.js';
export { fanChart } from './forecast/study/fan-chart.js';
export type { KeptForecasts } from './forecast/study/kept-forecasts.js';
export { loadServed, type Served } from './forecast/study/load-served.js';
export { oncePerSeries } from './forecast/study/once-per-series.js';
export { isUrl, parseAddress } from './io/object-url.js';
export type { Json, JsonObject } from './json.js';
export { countOf, hasNameTwice, measureJson } from './json-text.js';
export { type KeyScope, mayAskClient, mayAskStudy } from './keys/key-scope.js';
export { listKeys } from './keys/keys.js';
export { formatIssue, type Issue, listNames, Problem } from './problem.js';
export { type Html, html, trustedHtml } from './report/html.js';
export { PAGE_STYLE } from './report/page-style.js';
export { jsonSchema } from './schema/json-schema.js';
export { requestRow } from './schema/request-row.js';
export type { Schema, SchemaColumn } from './schema/schema.js';
export { type AnswerField, type AnswerFields, type AnswerForm, answerForm } from './scoring/answer-fields.js';
export { batchFiles } from './scoring/batch/batch-files.js';
export {
  type ConvertOptions,
  convertResult,
  formatUnusual,
  numbersOf,
} from './scoring/batch/convert-result.js';
export { csvField } from './scoring/batch/csv-field.js';
export { type ScoreBatchOptions, scoreBatch } from './scoring/batch/score-batch.js';
export type { BatchManifest } from './scoring/batch/score-file.js';
export { type ScoreRowsOptions, scoreRows } from './scoring/score-rows.js';
export { createScorer, policyNote } from './scoring/scorer.js';
export type { PolicyNote, Scorer } from './scoring/scoring.js';
export { type WarningCount, WarningCounter } from './scoring/warning-counter.js';
export { resolveReference } from './store/artefact-store.js';
export { lockFolder } from './store/folder-lock.js';
export { loadArtefact } from './store/load-artefact.js';
export {
  type OnFullDisk,
  openPredictionLog,
  type PredictionLogOptions,
} from './store/prediction-log.js';
export type { ErasedRecord, NewPrediction, PredictionRecord } from './store/prediction-record.js';
export { makePrivateFolder } from './store/private-folder.js';
export { findPrediction } from './store/read-predictions.js';
export type { Artefact } from './study/artefact.js';
export type { StudyReport } from './study/study-report.js';
export { checkDialect } from './table/check-dialect.js';
export type { CsvColumn } from './table/csv/csv.js';
export { parseCsv } from './table/csv/parse-csv.js';
export type { Dialect } from './table/dialect.js';
export { didYouMean } from './table/nearest-name.js';
export { shortNumber } from './table/print.js';
export type { Cell, Table } from './table/table.js';
export type { Curves } from './task/details.js';
export type { Point } from './task/metrics/thin.js';
export { programVersion, workspace } from './workspace.js';
export { writeFileAtomically } from './write-atomically.js';
