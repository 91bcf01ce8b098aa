/** A command is data: what it is called, what it takes, and a `run` that touches the world through effects only. */
import type { Readable } from 'node:stream';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { ForecastStudy } from '../forecast/study/forecast-study.js';
import { listNames, Problem } from '../problem.js';
import type { Study } from '../study/study.js';
import type { Workspace } from '../workspace.js';
import type { FoundJobs } from './found-jobs.js';

/** What a command may touch; tests pass a double. */
export interface Effects {
  /** Writes to standard output, as it is. */
  out(text: string): void;
  /** Writes to standard error, as it is. */
  err(text: string): void;
  /** True where standard error is a terminal that can redraw a line. */
  readonly terminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  now(): Date;
  readonly fetch: typeof fetch;
  /** What comes on standard input, for commands that read it. */
  readonly standardInput?: Readable;
  /** Where data, models and reports are. */
  readonly workspace: Workspace;
  /** The studies by name, each loaded when it is asked for; the first is the one where none is named. */
  readonly studies: Readonly<Record<string, () => Promise<Study | ForecastStudy>>>;
  /** The jobs and copies of the workspace. */
  jobs(): Promise<FoundJobs>;
  /** Types another command, whose output `out` takes; its exit code. */
  command(args: readonly string[], out: (text: string) => void): Promise<number>;
  /** Runs the service as a program with this environment until it ends; its exit code. */
  serve(env: Readonly<Record<string, string | undefined>>): Promise<number>;
  /** Aborted when the user asks to stop. */
  readonly signal?: AbortSignal;
}

/** The options as parsed, by long name. */
export type OptionValues = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

/** One option, for parsing and for help. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** How its value is called in the help: "path". */
  readonly value?: string;
  readonly help: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Names of the positional arguments for the usage line: "<notebook>". */
  readonly arguments?: string;
  /** How many of them it takes; any number where this is left out. */
  readonly mostArguments?: number;
  readonly options: Readonly<Record<string, Option>>;
  /** The exit code: 0 done, 1 refused with a reason, 2 called wrongly, 3 a check found something, 4 done but for a part. */
  run(input: { values: OptionValues; positionals: readonly string[] }, effects: Effects): Promise<number>;
}

/** Exit codes, stable. */
export const exitCodes: {
  readonly done: 0;
  readonly refused: 1;
  readonly usage: 2;
  readonly found: 3;
  readonly partly: 4;
} = {
  done: 0,
  refused: 1,
  usage: 2,
  found: 3,
  partly: 4,
};

/** Parses a command's own arguments. Throws a `Problem` (`cli-arguments`) that names what it did not know. */
export function parseArguments(
  command: Command,
  args: readonly string[],
): { values: OptionValues; positionals: readonly string[] } {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, option] of Object.entries(command.options)) {
    options[name] = {
      type: option.type,
      ...(option.short && { short: option.short }),
      ...(option.multiple && { multiple: true }),
    };
  }
  const refuse = (what: string): never => {
    const remedy = `ask "alambique ${command.name} --help" for what it takes`;
    throw new Problem({ code: 'cli-arguments', what, remedy });
  };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    });
    const extra = positionals[command.mostArguments ?? positionals.length];
    if (extra !== undefined && !values.help)
      refuse(`"${command.name}" does not know what to do with "${extra}"`);
    return { values: { ...values } as OptionValues, positionals };
  } catch (error) {
    if (error instanceof Problem) throw error;
    return refuse((error as Error).message.split(/\.(?:\s|$)/)[0] ?? 'the arguments are not understood');
  }
}

/** The value of an option that is a whole number, or undefined where it was not given. Throws `cli-arguments`. */
export function wholeNumber(
  values: OptionValues,
  name: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (typeof text === 'string' && /^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Problem({
    code: 'cli-arguments',
    what: `--${name} cannot be "${String(text)}"`,
    expected: `a whole number from ${least} to ${most}`,
  });
}

/** Refuses options that would change nothing beside the others. Throws `cli-arguments`. */
export function refuseUnused(values: OptionValues, names: readonly string[], expected: string): void {
  const unused = names.filter((name) => values[name] !== undefined).map((name) => `--${name}`);
  if (unused.length === 0) return;
  throw new Problem({
    code: 'cli-arguments',
    what: `${listNames(unused)} would change nothing`,
    expected,
  });
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const rows = Object.entries({
    ...command.options,
    help: { type: 'boolean', short: 'h', help: 'this text' } as Option,
  });
  const left = rows.map(([name, option]) => {
    const short = option.short ? `-${option.short}, ` : '    ';
    return `  ${short}--${name}${option.type === 'string' ? ` <${option.value ?? 'text'}>` : ''}`;
  });
  const width = Math.max(...left.map((text) => text.length));
  const lines = rows.map(([, option], i) => `${left[i]!.padEnd(width)}  ${option.help}`);
  const usage = `alambique ${command.name}${command.arguments ? ` ${command.arguments}` : ''} [options]`;
  return `${command.summary}\n\nUsage: ${usage}\n\n${lines.join('\n')}\n`;
}
