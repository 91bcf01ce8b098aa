/** What every setting is in a place, where that comes from, and the table of all settings for serve/README.md. */
import type { Environment } from './environment.js';
import type { SettingsPlace } from './read-settings.js';
import type { Setting } from './setting.js';
import { type SettingKey, settings } from './settings.js';

/** A setting as it is in force. */
export interface SettingInForce {
  readonly name: string;
  readonly meaning: string;
  /** As it is said; of a secret, only how many there are. "" for none. */
  readonly value: string;
  readonly from: 'default' | 'environment' | 'flag';
  /** False where the value cannot be used. */
  readonly usable: boolean;
}

/** All settings in their order; `flags` are those that a command was given, by the variable that they stand for. */
export function settingsInForce(place: SettingsPlace, flags: Environment = {}): SettingInForce[] {
  return (Object.keys(settings) as SettingKey[]).map((key) => {
    const { name, meaning, initial, secret, shown, parse } = settings[key] as Setting<unknown>;
    const said = flags[name] || place.env[name];
    const parsed = parse(said || initial, place.workspace.root);
    const text = String(parsed?.value ?? said ?? '');
    return {
      name,
      meaning,
      value: secret ? hidden(parsed, shown) : text,
      from: flags[name] ? 'flag' : said ? 'environment' : 'default',
      usable: parsed !== undefined,
    };
  });
}

/** The settings as a table in Markdown. */
export function settingsTable(): string {
  const rows = Object.values(settings).map(
    ({ name, meaning, initial }) =>
      `| \`${name}\` | ${meaning} | ${initial === '' ? 'none' : `\`${initial}\``} |`,
  );
  return ['| setting | what it says | default |', '|---|---|---|', ...rows].join('\n');
}

function hidden(
  parsed: { readonly value: unknown } | undefined,
  shown: ((value: unknown) => string) | undefined,
): string {
  const value = parsed?.value;
  if (shown) return parsed ? shown(value) : '(not shown)';
  const isNone = parsed !== undefined && value === undefined;
  const count = Array.isArray(value) ? value.length : isNone ? 0 : 1;
  return count === 0 ? '' : `${count} (not shown)`;
}
