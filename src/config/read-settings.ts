/** Reads settings from an environment: a value where it is well said, an issue where it is not. */
import { type Issue, Problem } from '../problem.js';
import { type Workspace, workspace } from '../workspace.js';
import { type Environment, environment } from './environment.js';
import { type SettingKey, type SettingValues, settings } from './settings.js';

/** Where settings come from; what commands may touch has both. */
export interface SettingsPlace {
  readonly env: Environment;
  readonly workspace: Pick<Workspace, 'root'>;
}

/** Where this process gets its settings from: its environment, and the workspace of the current folder. */
export function thisPlace(): SettingsPlace {
  return { env: environment, workspace: workspace() };
}

/**
 * The value of one setting. An empty variable is as good as none. Throws `setting` where it is badly said.
 *
 * @example
 * setting('models', { env: {}, workspace: { root: '/work' } }); // '/work/data/models'
 */
export function setting<K extends SettingKey>(key: K, place: SettingsPlace): SettingValues[K] {
  const { name, initial, parse } = settings[key];
  const parsed = parse(place.env[name] || initial, place.workspace.root);
  if (parsed) return parsed.value;
  throw new Problem(settingIssue(key, place));
}

/** The values of all settings, and everything that is badly said; those keep their defaults. */
export function allSettings(place: SettingsPlace): { values: SettingValues; issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const values = (Object.keys(settings) as SettingKey[]).map((key) => {
    try {
      return [key, setting(key, place)];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      issues.push(...error.issues);
      return [key, setting(key, { ...place, env: {} })];
    }
  });
  return { values: Object.fromEntries(values) as SettingValues, issues };
}

function settingIssue(key: SettingKey, { env }: SettingsPlace): Issue {
  const { name, expected, secret } = settings[key];
  return {
    code: 'setting',
    what: `${name} is not what it may be`,
    ...(!secret && { got: `"${env[name]}"` }),
    expected,
  };
}
