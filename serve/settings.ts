/** Reads the environment: every setting of the service, its default, and what it may be. */
import { isIP } from 'node:net';
import { type Issue, type OnFullDisk, Problem, workspace } from '../src/serving.js';

/** How the service is run. */
export interface Settings {
  /** `study`, `study@alias` or `study@version`; the first answers the short routes. ALAMBIQUE_MODEL, by commas. */
  readonly models: readonly string[];
  /** ALAMBIQUE_MODELS: the folder they are kept in; by default the workspace's. */
  readonly folder: string;
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
  /** ALAMBIQUE_AUDIT_FULL: what is done where the disk is full. */
  readonly onFull: OnFullDisk;
  /** ALAMBIQUE_DRAIN_SECONDS: between the wish to end and the end, whatever clients do. */
  readonly drainSeconds: number;
}

/** The settings in an environment. Throws a `Problem` with everything that is wrong with it (`serve-setting`). */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const issues: Issue[] = [];
  const wrong = (name: string, expected: string): void => {
    issues.push({
      code: 'serve-setting',
      what: `${name} is not what it may be`,
      got: `"${env[name]}"`,
      expected,
    });
  };
  const whole = (name: string, initial: number, [min, max]: readonly [number, number]): number => {
    const value = env[name] ? Number(env[name]) : initial;
    if (!Number.isInteger(value) || value < min || value > max)
      wrong(name, `a whole number from ${min} to ${max}`);
    return value;
  };
  const oneOf = <T extends string>(name: string, choices: readonly T[]): T => {
    const value = (env[name] || choices[0]) as T;
    if (!choices.includes(value)) wrong(name, `one of ${choices.join(', ')}`);
    return value;
  };
  const settings: Settings = {
    models: list(env.ALAMBIQUE_MODEL || 'bank-marketing'),
    folder: env.ALAMBIQUE_MODELS || workspace().models,
    host: env.HOST || '127.0.0.1',
    port: whole('PORT', 3000, [0, 65_535]),
    keys: list(env.ALAMBIQUE_KEYS ?? ''),
    log: oneOf('ALAMBIQUE_LOG', ['errors', 'requests', 'off']),
    inFlight: whole('ALAMBIQUE_IN_FLIGHT', 1024, [1, 100_000]),
    audit: env.ALAMBIQUE_AUDIT === 'off' ? undefined : env.ALAMBIQUE_AUDIT || workspace().predictions,
    auditDays: whole('ALAMBIQUE_AUDIT_DAYS', 90, [1, 36_500]),
    onFull: oneOf('ALAMBIQUE_AUDIT_FULL', ['drop-inputs', 'stop']),
    drainSeconds: whole('ALAMBIQUE_DRAIN_SECONDS', 10, [0, 3600]),
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

/** Whether only this machine can reach an address. A name counts as such only where it is "localhost". */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
