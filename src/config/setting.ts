/** What a setting is, and the kinds of values that settings have. */
import { resolve } from 'node:path';

/** One setting: an environment variable, for people and for programs. */
export interface Setting<T> {
  /** The environment variable. */
  readonly name: string;
  /** What it says, in a few words for a table. */
  readonly meaning: string;
  /** The value where nothing is said; a folder counts from the workspace. "" for none. */
  readonly initial: string;
  /** What it may be, in words: "a whole number from 0 to 65535". */
  readonly expected: string;
  /** Never shown, nor repeated in an error. */
  readonly secret?: boolean;
  /** Of a secret: what may be shown of its value; where absent, only how many there are. */
  shown?(value: T): string;
  /** The value of a text; undefined where the text is none. `root` is the workspace's folder. */
  parse(text: string, root: string): { readonly value: T } | undefined;
}

type Named = Pick<Setting<unknown>, 'name' | 'meaning'> & { readonly initial?: string };

/** A whole number within bounds. */
export function wholeNumberSetting(
  { initial = '', ...named }: Named,
  { min, max }: { min: number; max: number },
): Setting<number> {
  return {
    ...named,
    initial,
    expected: `a whole number from ${min} to ${max}`,
    parse: (text) => {
      const value = Number(text);
      return Number.isInteger(value) && value >= min && value <= max ? { value } : undefined;
    },
  };
}

/** One of these words; the first is the default. */
export function choiceSetting<T extends string>(named: Named, choices: readonly [T, ...T[]]): Setting<T> {
  return {
    ...named,
    initial: choices[0],
    expected: `one of ${choices.join(', ')}`,
    parse: (text) => {
      const value = choices.find((choice) => choice === text);
      return value && { value };
    },
  };
}

/** Texts with commas between them. */
export function listSetting(
  { initial = '', ...named }: Named,
  { expected, secret }: { expected: string; secret?: boolean },
): Setting<readonly string[]> {
  return {
    ...named,
    initial,
    expected,
    secret,
    parse: (text) => ({
      value: text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    }),
  };
}

/** A text as it is. */
export function textSetting({ initial = '', ...named }: Named, expected: string): Setting<string> {
  return { ...named, initial, expected, parse: (text) => ({ value: text }) };
}

/** A secret of at least so many characters. */
export function secretSetting(
  { initial = '', ...named }: Named,
  { atLeast }: { atLeast: number },
): Setting<string> {
  return {
    ...named,
    initial,
    secret: true,
    expected: `at least ${atLeast} characters`,
    parse: (text) => (text.length >= atLeast ? { value: text } : undefined),
  };
}

/** A folder; "off" where it can be none, which is undefined. */
export function folderSetting({ initial = '', ...named }: Named): Setting<string> {
  return {
    ...named,
    initial,
    expected: 'a folder',
    parse: (text, root) => ({ value: text === initial ? resolve(root, text) : text }),
  };
}

/** As another setting, or undefined for `word`. */
export function orNone<T>(setting: Setting<T>, word: string): Setting<T | undefined> {
  return {
    ...setting,
    expected: word === '' ? setting.expected : `${setting.expected}, or "${word}"`,
    parse: (text, root) => (text === word ? { value: undefined } : setting.parse(text, root)),
  };
}

/** A text that is shown nowhere; undefined where nothing is said. */
export function credentialSetting(named: Named, expected: string): Setting<string | undefined> {
  const shown = (value: string | undefined): string => (value === undefined ? '' : '1 (not shown)');
  return { ...orNone(textSetting(named, expected), ''), secret: true, shown };
}

/**
 * A database: the file of a SQLite database, or the address of a PostgreSQL database, which may hold a password and is
 * shown without what it says of users.
 */
export function databaseSetting({ initial = '', ...named }: Named): Setting<string> {
  return {
    ...named,
    initial,
    expected: 'a file for SQLite, or postgres://user:password@host:port/name',
    secret: true,
    parse: (text, root) => {
      if (isPostgres(text)) return isReadable(text) ? { value: text } : undefined;
      const path = text.replace(/^sqlite:/, '');
      return path === '' || path.includes('://') ? undefined : { value: resolve(root, path) };
    },
    shown: describeDatabase,
  };
}

/** Whether the address is one of PostgreSQL; all others are files of SQLite. */
export function isPostgres(address: string): boolean {
  return /^postgres(ql)?:\/\//i.test(address);
}

/** The address of a database without users, passwords and options. */
export function describeDatabase(address: string): string {
  if (!isPostgres(address)) return address;
  const { host, pathname } = new URL(address);
  return `postgres://${host}${pathname}`;
}

/** Whether all parts of an address can be read: in a password `%` and `@` are written as `%25` and `%40`. */
function isReadable(address: string): boolean {
  try {
    const { username, password, pathname } = new URL(address);
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
