/** The settings of the service, read from the list of all settings. */
import {
  allSettings,
  type Environment,
  type Issue,
  type OnFullDisk,
  Problem,
  workspace,
} from '../src/serving.js';
import { isLoopback } from './foreign-pages.js';

/** How the service is run. */
export interface Settings {
  /** `study`, `study@alias` or `study@version`; the first answers the short routes. ALAMBIQUE_MODEL, by commas. */
  readonly models: readonly string[];
  /** ALAMBIQUE_MODELS: the folder they are kept in; by default the workspace's. */
  readonly folder: string;
  /** ALAMBIQUE_DATABASE: of runs, predictions and clients; may hold a password. */
  readonly database: string;
  readonly host: string;
  readonly port: number;
  /** ALAMBIQUE_KEYS, by commas; must be there on any address but this machine's own. */
  readonly keys: readonly string[];
  /** ALAMBIQUE_LOG: nothing, faults of the service, or every request. */
  readonly log: 'off' | 'errors' | 'requests';
  /** ALAMBIQUE_IN_FLIGHT: requests at once before others are turned away. */
  readonly inFlight: number;
  /** ALAMBIQUE_AUDIT: where predictions are kept, a folder a study; undefined for "off". */
  readonly audit: string | undefined;
  /** ALAMBIQUE_AUDIT_DAYS. */
  readonly auditDays: number;
  /** ALAMBIQUE_AUDIT_MB: how large the log of a study may become. */
  readonly auditMegabytes: number;
  /** ALAMBIQUE_AUDIT_FULL: what is done where the disk is full. */
  readonly onFull: OnFullDisk;
  /** ALAMBIQUE_BATCHES: where batches are kept, a folder a study; undefined for "off". */
  readonly batches: string | undefined;
  /** ALAMBIQUE_BATCH_SOURCES: below which folders and addresses a batch may be read by its URL. */
  readonly batchSources: readonly string[];
  /** ALAMBIQUE_BATCH_MB: how large one may be, as it comes and unpacked. */
  readonly batchMegabytes: number;
  /** ALAMBIQUE_BATCH_DAYS: how long a finished one is kept. */
  readonly batchDays: number;
  /** ALAMBIQUE_OLD_CLIENTS: whether answers from features that are too old say so, or are refused. */
  readonly oldClients: 'flag' | 'refuse';
  /** ALAMBIQUE_DRAIN_SECONDS: between the wish to end and the end, whatever clients do. */
  readonly drainSeconds: number;
  /** ALAMBIQUE_KEEP_ALIVE_SECONDS: how long a connection may be idle. */
  readonly keepAliveSeconds: number;
}

/** The settings in an environment. Throws a `Problem` with everything that is wrong with it (`setting`, `serve-open`). */
export function readSettings(env: Environment): Settings {
  const { values, issues: found } = allSettings({ env, workspace: workspace() });
  const issues: Issue[] = [...found];
  const settings: Settings = {
    ...values,
    models: values.model,
    folder: values.models,
    // As in an address: "[::1]".
    host: values.host.replace(/^\[(.*)\]$/, '$1'),
    onFull: values.auditFull,
  };
  if (!isLoopback(settings.host) && settings.keys.length === 0) {
    issues.push({
      code: 'serve-open',
      what: `the service would listen on ${settings.host}, where others can reach it, and ask nobody for a key`,
      expected: 'ALAMBIQUE_KEYS, a key of at least 32 characters',
      remedy: 'make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')"',
    });
  }
  if (issues.length > 0) throw new Problem(issues);
  return settings;
}
