/** All tables of the workspace's database, each told in its own file; every query is checked against them. */
import type { ClientsCurrentTable, ClientsFeaturesTable, ClientsSetsTable } from './tables/clients.js';
import type { ForgottenKeyTable, ForgottenTable } from './tables/forgotten.js';
import type { KeysTable } from './tables/keys.js';
import type { PredictionLogsTable, PredictionsTable } from './tables/predictions.js';
import type { RunsTable } from './tables/runs.js';

/** By name. */
export interface Tables {
  readonly runs: RunsTable;
  readonly predictions: PredictionsTable;
  readonly prediction_logs: PredictionLogsTable;
  readonly forgotten: ForgottenTable;
  readonly forgotten_key: ForgottenKeyTable;
  readonly clients_sets: ClientsSetsTable;
  readonly clients_current: ClientsCurrentTable;
  readonly clients_features: ClientsFeaturesTable;
  readonly keys: KeysTable;
}
