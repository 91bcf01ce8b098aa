/** Every setting there is. The table of serve/README.md and `alambique settings` are made of this list. */
import {
  choiceSetting,
  credentialSetting,
  databaseSetting,
  folderSetting,
  listSetting,
  orNone,
  type Setting,
  secretSetting,
  textSetting,
  wholeNumberSetting,
} from './setting.js';

/** The values of all settings, by what programs call them. */
export interface SettingValues {
  readonly model: readonly string[];
  readonly models: string;
  readonly data: string | undefined;
  readonly database: string;
  readonly azure: string | undefined;
  readonly s3Endpoint: string | undefined;
  readonly s3Region: string;
  readonly s3Key: string | undefined;
  readonly s3Secret: string | undefined;
  readonly s3Token: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly keys: readonly string[];
  readonly audit: string | undefined;
  readonly auditDays: number;
  readonly auditMegabytes: number;
  readonly auditFull: 'drop-inputs' | 'stop';
  readonly oldClients: 'flag' | 'refuse';
  readonly batches: string | undefined;
  readonly batchSources: readonly string[];
  readonly batchMegabytes: number;
  readonly batchDays: number;
  readonly log: 'errors' | 'requests' | 'off';
  readonly inFlight: number;
  readonly drainSeconds: number;
  readonly keepAliveSeconds: number;
  readonly alertUrl: string | undefined;
  readonly pseudonymKey: string | undefined;
  readonly benchPython: string | undefined;
}

export type SettingKey = keyof SettingValues;

/** The list. */
export const settings: { readonly [K in SettingKey]: Setting<SettingValues[K]> } = {
  model: listSetting(
    {
      name: 'ALAMBIQUE_MODEL',
      meaning:
        'models to serve (`study`, `study@alias`, `study@version`), by commas; the first is meant where a command names none',
      initial: 'bank-marketing',
    },
    { expected: 'models with commas between them' },
  ),
  models: folderSetting({
    name: 'ALAMBIQUE_MODELS',
    meaning: 'the folder that models are kept in',
    initial: 'data/models',
  }),
  data: orNone(
    folderSetting({
      name: 'ALAMBIQUE_DATA',
      meaning: 'a folder in which data is looked for, after `data/raw`',
    }),
    '',
  ),
  database: databaseSetting({
    name: 'ALAMBIQUE_DATABASE',
    meaning:
      'the database of runs, predictions and clients: a file of SQLite, or `postgres://user:password@host/name`',
    initial: 'data/alambique.db',
  }),
  azure: credentialSetting(
    {
      name: 'AZURE_STORAGE_CONNECTION_STRING',
      meaning: 'the account of `az://container/…`, as the portal shows its connection string',
    },
    'a connection string',
  ),
  s3Endpoint: orNone(
    textSetting(
      {
        name: 'AWS_ENDPOINT_URL_S3',
        meaning: 'where `s3://bucket/…` is kept, if not at AWS',
      },
      'an address such as https://s3.example.org',
    ),
    '',
  ),
  s3Region: textSetting(
    { name: 'AWS_REGION', meaning: 'the region of `s3://bucket/…`', initial: 'us-east-1' },
    'a region',
  ),
  s3Key: credentialSetting({ name: 'AWS_ACCESS_KEY_ID', meaning: 'the key of `s3://bucket/…`' }, 'a key'),
  s3Secret: credentialSetting(
    { name: 'AWS_SECRET_ACCESS_KEY', meaning: 'the secret of that key' },
    'a secret',
  ),
  s3Token: credentialSetting(
    { name: 'AWS_SESSION_TOKEN', meaning: 'what temporary keys come with' },
    'a token',
  ),
  host: textSetting(
    {
      name: 'HOST',
      meaning: 'where the service listens; off the loopback it refuses to start without keys',
      initial: '127.0.0.1',
    },
    'an address or a name',
  ),
  port: wholeNumberSetting(
    { name: 'PORT', meaning: 'the port it listens on; 0 takes a free one', initial: '3000' },
    { min: 0, max: 65_535 },
  ),
  keys: listSetting(
    {
      name: 'ALAMBIQUE_KEYS',
      meaning:
        'one or two API keys of at least 32 characters, or their `sha256:…`; with a name (`erp=KEY`) the log says who asked',
    },
    { expected: 'keys with commas between them', secret: true },
  ),
  audit: orNone(
    folderSetting({
      name: 'ALAMBIQUE_AUDIT',
      meaning: 'the folder of the prediction log, or `off`',
      initial: 'data/predictions',
    }),
    'off',
  ),
  auditDays: wholeNumberSetting(
    { name: 'ALAMBIQUE_AUDIT_DAYS', meaning: 'how many days the log is kept', initial: '90' },
    { min: 1, max: 36_500 },
  ),
  auditMegabytes: wholeNumberSetting(
    {
      name: 'ALAMBIQUE_AUDIT_MB',
      meaning: 'how large the log of a study may become; then its oldest days go',
      initial: '10000',
    },
    { min: 1, max: 10_000_000 },
  ),
  auditFull: choiceSetting(
    {
      name: 'ALAMBIQUE_AUDIT_FULL',
      meaning: 'on a full disk: `drop-inputs` (go on without them) or `stop` (serve no more)',
    },
    ['drop-inputs', 'stop'],
  ),
  oldClients: choiceSetting(
    {
      name: 'ALAMBIQUE_OLD_CLIENTS',
      meaning:
        'predictions from features of clients that are too old: `flag` (the answer says so) or `refuse`',
    },
    ['flag', 'refuse'],
  ),
  batches: orNone(
    folderSetting({
      name: 'ALAMBIQUE_BATCHES',
      meaning: 'the folder of files that are scored over HTTP (`/batches`), or `off`',
      initial: 'data/batches',
    }),
    'off',
  ),
  batchSources: listSetting(
    {
      name: 'ALAMBIQUE_BATCH_SOURCES',
      meaning:
        'below which folders and addresses (`az://raw/lists`, `/data/in`) such a file may be read by its URL, by commas',
    },
    { expected: 'folders and addresses with commas between them' },
  ),
  batchMegabytes: wholeNumberSetting(
    {
      name: 'ALAMBIQUE_BATCH_MB',
      meaning: 'how large such a file may be, as it comes and unpacked',
      initial: '1000',
    },
    { min: 1, max: 1_000_000 },
  ),
  batchDays: wholeNumberSetting(
    { name: 'ALAMBIQUE_BATCH_DAYS', meaning: 'how many days its result is kept', initial: '7' },
    { min: 1, max: 36_500 },
  ),
  log: choiceSetting(
    { name: 'ALAMBIQUE_LOG', meaning: 'what the service prints: `errors`, `requests` or `off`' },
    ['errors', 'requests', 'off'],
  ),
  inFlight: wholeNumberSetting(
    {
      name: 'ALAMBIQUE_IN_FLIGHT',
      meaning: 'requests at once, beyond which it answers 429',
      initial: '1024',
    },
    { min: 1, max: 100_000 },
  ),
  drainSeconds: wholeNumberSetting(
    {
      name: 'ALAMBIQUE_DRAIN_SECONDS',
      meaning: 'how long it waits for answers under way when it is told to end',
      initial: '10',
    },
    { min: 0, max: 3600 },
  ),
  keepAliveSeconds: wholeNumberSetting(
    {
      name: 'ALAMBIQUE_KEEP_ALIVE_SECONDS',
      meaning: 'how long a connection may be idle; longer than the balancer before it keeps one',
      initial: '75',
    },
    { min: 1, max: 3600 },
  ),
  alertUrl: orNone(
    textSetting(
      {
        name: 'ALAMBIQUE_ALERT_URL',
        meaning: 'where a copy or job that failed, was missed or is quarantined is told, as JSON by POST',
      },
      'an address',
    ),
    '',
  ),
  pseudonymKey: orNone(
    secretSetting(
      {
        name: 'ALAMBIQUE_PSEUDONYM_KEY',
        meaning: 'the key of pseudonyms in copies: another key gives other pseudonyms',
      },
      { atLeast: 32 },
    ),
    '',
  ),
  benchPython: orNone(
    textSetting(
      {
        name: 'ALAMBIQUE_BENCH_PYTHON',
        meaning:
          'the Python of the peers in `npm run bench` and of foreign clients in tests, instead of one that is made',
      },
      'the path of a Python',
    ),
    '',
  ),
};
