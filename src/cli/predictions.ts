/** `alambique predictions`: what the service has answered, about one person or all; loads what is new in its logs first. */
import { setting } from '../config/read-settings.js';
import { canonicalJson, type Json } from '../json.js';
import { formatIssue } from '../problem.js';
import { type FoundPrediction, findPredictions } from '../store/find-predictions.js';
import { formatTable } from '../table/format-table.js';
import { type Command, exitCodes, wholeNumber } from './command.js';
import { keptLogs, loadAllPredictions } from './load-all-predictions.js';
import { withDatabase } from './with-database.js';

export const predictions: Command = {
  name: 'predictions',
  summary:
    'Lists kept predictions, of all persons or one, once the logs of the service are loaded into the database.',
  arguments: '[study]',
  mostArguments: 1,
  options: {
    id: { type: 'string', value: 'value', help: 'the person, as the id column of the schema names them' },
    most: { type: 'string', value: 'n', help: 'at most so many (50), the newest first' },
    json: { type: 'boolean', help: 'print them as JSON' },
  },
  async run({ values, positionals: [study] }, effects) {
    const logs = keptLogs(effects, study);
    const most = wholeNumber(values, 'most', { least: 1, most: 100_000 });
    const person = values.id as string | undefined;
    const { loaded, found } = await withDatabase(setting('database', effects), async (database) => ({
      loaded: await loadAllPredictions(database, logs),
      found: await findPredictions(database, { logs, person, most }),
    }));
    for (const { issues } of loaded) for (const issue of issues) effects.err(`${formatIssue(issue)}\n`);
    if (values.json) {
      effects.out(`${canonicalJson({ predictions: found, loaded } as unknown as Json)}\n`);
    } else {
      effects.out(found.length > 0 ? `${overview(found)}\n` : nothing(person));
    }
    return loaded.every(({ issues }) => issues.length === 0) ? exitCodes.done : exitCodes.found;
  },
};

function nothing(person: string | undefined): string {
  return person === undefined
    ? 'No prediction is kept.\n'
    : 'No prediction is kept that can be told to be about this person.\n';
}

function overview(found: readonly FoundPrediction[]): string {
  const header = ['time', 'model', 'id', 'answer', 'decision'];
  const rows = found.map((one) => {
    const head = [one.time, one.model, one.id];
    if ('erased' in one) return [...head, 'erased', '–'];
    return [...head, String(one.probability ?? one.prediction ?? '–'), one.decision ?? '–'];
  });
  return formatTable(rows, { header, align: header.map(() => 'left') });
}
