/** One call of the command line: finds the command, runs it, and says in a sentence what was expected to fail. */
import { canonicalJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import { didYouMean } from '../table/nearest-name.js';
import { programVersion } from '../workspace.js';
import { type Command, commandHelp, type Effects, exitCodes, parseArguments } from './command.js';
import { commands } from './commands.js';

/** Runs one call of the command line and returns its exit code; never exits itself. */
export async function runCommandLine(args: readonly string[], effects: Effects): Promise<number> {
  const [name, ...rest] = args;
  if (name === 'help' && rest[0] !== undefined && !rest[0].startsWith('-')) {
    return runCommandLine([rest[0], '--help'], effects);
  }
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    effects.out(await generalHelp());
    return name === undefined ? exitCodes.usage : exitCodes.done;
  }
  if (name === '--version' || name === '-v') {
    effects.out(`${programVersion()}\n`);
    return exitCodes.done;
  }
  const json = rest.includes('--json');
  try {
    const command = await commandNamed(name);
    const input = parseArguments(command, rest);
    if (input.values.help) {
      effects.out(commandHelp(command));
      return exitCodes.done;
    }
    return await command.run(input, effects);
  } catch (error) {
    return explain(error, json, effects);
  }
}

async function commandNamed(name: string): Promise<Command> {
  const known = Object.keys(commands);
  if (known.includes(name)) return commands[name]!();
  throw new Problem({
    code: 'cli-unknown-command',
    what: `there is no command "${name}"`,
    expected: `one of ${known.join(', ')}`,
    remedy: didYouMean(name, known),
  });
}

function explain(error: unknown, json: boolean, effects: Effects): number {
  if (effects.signal?.aborted) {
    effects.err('Stopped, as asked. Nothing is left half-written.\n');
    return 130;
  }
  const problem = error instanceof Problem ? error : refusedBySystem(error);
  if (problem === undefined) throw error;
  const { issues, total, message } = problem;
  if (json) effects.out(`${canonicalJson({ issues: issues as unknown as Json, total })}\n`);
  else effects.err(`${message}\n`);
  return issues.some(({ code }) => code.startsWith('cli-')) ? exitCodes.usage : exitCodes.refused;
}

const remedies: Readonly<Record<string, string>> = {
  EACCES: 'give this user the right to it',
  EPERM: 'give this user the right to it',
  EROFS: 'use a disk that can be written to',
  ENOSPC: 'make room on the disk',
  ENOTDIR: 'a file stands where a folder should: name another place',
  EISDIR: 'a folder stands where a file should: name another place',
  ELOOP: 'its links lead in a circle: name the file itself',
  ENAMETOOLONG: 'give it a shorter name',
};

/** What the machine refuses is the user's to mend; other errors of the system are bugs, and keep their stack. */
function refusedBySystem(error: unknown): Problem | undefined {
  const { code = '', path, message } = error as NodeJS.ErrnoException;
  if (!Object.hasOwn(remedies, code)) return undefined;
  const what = `the system refuses: ${message}`;
  return new Problem({
    code: 'system-refused',
    what,
    ...(path !== undefined && { where: { file: path } }),
    remedy: remedies[code],
  });
}

async function generalHelp(): Promise<string> {
  const all: Command[] = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map((command) => command.name.length));
  const lines = all.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Notebooks go in, an honest prediction service comes out.\n\nUsage: alambique <command> [options]\n\n${lines.join('\n')}\n
"alambique <command> --help" says what a command takes. Exit codes: 0 done, 1 refused with a reason,
2 called wrongly, 3 a check found something, 4 done but for a part.\n`;
}
