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
    effects.err('Stopped, as asked. What was there before is unchanged.\n');
    return 130;
  }
  if (!(error instanceof Problem)) throw error;
  if (json)
    effects.out(`${canonicalJson({ issues: error.issues as unknown as Json, total: error.total })}\n`);
  else effects.err(`${error.message}\n`);
  return error.issues.some((issue) => issue.code.startsWith('cli-')) ? exitCodes.usage : exitCodes.refused;
}

async function generalHelp(): Promise<string> {
  const all: Command[] = await Promise.all(Object.values(commands).map((load) => load()));
  const width = Math.max(...all.map((command) => command.name.length));
  const lines = all.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Notebooks go in, an honest prediction service comes out.\n\nUsage: alambique <command> [options]\n\n${lines.join('\n')}\n
"alambique <command> --help" says what a command takes. Exit codes: 0 done, 1 refused with a reason,
2 called wrongly, 3 a check found something.\n`;
}
