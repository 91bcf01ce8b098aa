/** `alambique runs`: what was done here, by whom, and how it ended. */
import { setting } from '../config/read-settings.js';
import { listRuns } from '../database/list-runs.js';
import { type RecordedRun, type RunKind, runKinds } from '../database/run.js';
import { canonicalJson, type Json, type JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import { formatTable } from '../table/format-table.js';
import { type Command, exitCodes, wholeNumber } from './command.js';
import { withDatabase } from './with-database.js';

export const runs: Command = {
  name: 'runs',
  summary:
    'Lists what was done: trainings, copies, batches, jobs, promotions; of one run also what went in and came out.',
  arguments: '[id]',
  mostArguments: 1,
  options: {
    kind: { type: 'string', value: 'kind', help: `one of ${runKinds.join(', ')}` },
    name: { type: 'string', value: 'name', help: 'of the study, copy or job' },
    most: { type: 'string', value: 'n', help: 'at most so many (50), the newest first' },
    json: { type: 'boolean', help: 'print them as JSON' },
  },
  async run({ values, positionals: [id] }, effects) {
    const { kind, name } = values as { kind?: string; name?: string };
    const options = {
      id,
      kind: kind === undefined ? undefined : runKind(kind),
      name,
      most: wholeNumber(values, 'most', { least: 1, most: 100_000 }),
      now: effects.now(),
    };
    const url = setting('database', effects);
    const found = await withDatabase(url, (database) => listRuns(database, options));
    if (id !== undefined && found.length === 0) {
      throw new Problem({
        code: 'runs-unknown',
        what: `no run "${id}" is recorded`,
        remedy: 'list them with: alambique runs',
      });
    }
    if (values.json) effects.out(`${canonicalJson({ runs: found } as unknown as Json)}\n`);
    else if (id !== undefined) effects.out(details(found[0]!));
    else if (found.length === 0) effects.out('No run is recorded.\n');
    else effects.out(`${overview(found)}\n`);
    return exitCodes.done;
  },
};

function runKind(text: string): RunKind {
  const kind = runKinds.find((known) => known === text);
  if (kind !== undefined) return kind;
  throw new Problem({
    code: 'cli-arguments',
    what: `--kind cannot be "${text}"`,
    expected: `one of ${runKinds.join(', ')}`,
  });
}

function overview(found: readonly RecordedRun[]): string {
  const header = ['run', 'kind', 'name', 'who', 'state', 'seconds', 'what came out'];
  const rows = found.map(({ id, kind, name, who, state, seconds, output, error }) => [
    id,
    kind,
    name,
    who,
    state,
    seconds === null ? '–' : seconds.toFixed(1),
    error ?? (inWords(output) || '–'),
  ]);
  return formatTable(
    rows.map((cells) => cells.map(plain)),
    { header, align: header.map(() => 'left') },
  );
}

/** Without characters that would steer a terminal: a name may come from anywhere. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}

/** The facts that are one word or number each, in a line. */
function inWords(facts: JsonObject): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
}

function details({ input, output, ...run }: RecordedRun): string {
  const lines = Object.entries(run)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${`${name}:`.padEnd(9)}${plain(String(value))}`);
  const facts = (name: string, value: JsonObject): string => `${name}: ${JSON.stringify(value, null, 2)}`;
  return `${[...lines, facts('input', input), facts('output', output)].join('\n')}\n`;
}
