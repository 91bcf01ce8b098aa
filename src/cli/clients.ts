/** `alambique clients`: computes what is known of a study's clients as of now, for the service; or shows one client. */
import type { ClientRecord } from '../clients/client-record.js';
import { readClient } from '../clients/read-client.js';
import { setting } from '../config/read-settings.js';
import { openDatabase } from '../database/database.js';
import type { OpenRun } from '../database/record-run.js';
import { canonicalJson, type Json } from '../json.js';
import { Problem, show } from '../problem.js';
import { findData } from '../study/find-data.js';
import type { Study } from '../study/study.js';
import { parseDate } from '../table/date-text.js';
import { formatTable } from '../table/format-table.js';
import { type Command, type Effects, exitCodes } from './command.js';
import { dataOption, simulatedBanner } from './find-study-data.js';
import { type KeptClients, keepClients, keptSentence } from './keep-clients.js';
import { recorded } from './recorded.js';
import { studyNamed } from './studies/find-studies.js';

export const clients: Command = {
  name: 'clients',
  summary: "Computes the current features of a study's clients, for the service; or shows one client's.",
  arguments: '[study]',
  mostArguments: 1,
  options: {
    data: dataOption,
    'as-of': { type: 'string', value: 'date', help: 'the moment that they are of (now)' },
    id: { type: 'string', value: 'id', help: 'computes nothing: shows what is kept of this client' },
    json: { type: 'boolean', help: 'print it as JSON' },
  },
  async run({ values, positionals }, effects) {
    const study = withClients(await studyNamed(positionals[0], effects));
    if (typeof values.id === 'string') {
      const client = await kept(study.name, values.id, effects);
      effects.out(values.json ? `${canonicalJson(client as unknown as Json)}\n` : clientText(client));
      return exitCodes.done;
    }
    const asOf = momentOf(values['as-of'] as string | undefined, effects.now());
    const found = await findData(study.data, {
      use: values.data as string | undefined,
      raw: effects.workspace.raw,
      folder: setting('data', effects),
      fetch: effects.fetch,
      signal: effects.signal,
    });
    if (found.simulated && !values.json) effects.out(simulatedBanner(study.data.file));
    const input = { asOf: asOf.toISOString(), simulated: found.simulated };
    const work = (run: OpenRun): Promise<KeptClients> => keepClients(study, { found, asOf, run }, effects);
    const done = await recorded({ kind: 'job', name: `clients ${study.name}`, input, work }, effects);
    const json = { study: study.name, ...done, ...input };
    effects.out(values.json ? `${canonicalJson(json)}\n` : `${keptSentence(done)}\n`);
    return done.current ? exitCodes.done : exitCodes.partly;
  },
};

function withClients(study: Study): Study & Required<Pick<Study, 'clients'>> {
  if (study.clients) return { ...study, clients: study.clients };
  throw new Problem({
    code: 'cli-no-clients',
    what: `the study "${study.name}" asks about nobody by id`,
    remedy: 'state them with `defineClients`, and give the study `clients`',
  });
}

/** The moment that is asked for, by default now. One that lies ahead would keep every night before it from being served. */
function momentOf(text: string | undefined, now: Date): Date {
  if (text === undefined) return now;
  const moment = parseDate(text);
  if (moment <= now.getTime()) return new Date(moment);
  throw new Problem({
    code: 'cli-arguments',
    what: Number.isNaN(moment) ? '--as-of is no date' : '--as-of lies in the future',
    got: show(text),
    expected: 'an ISO 8601 date or instant that has been, such as 2026-11-28',
  });
}

async function kept(study: string, id: string, effects: Effects): Promise<ClientRecord> {
  const database = await openDatabase({ url: setting('database', effects) });
  try {
    const client = await readClient(database, { study, id, now: effects.now() });
    if (client) return client;
  } finally {
    await database.close();
  }
  throw new Problem({
    code: 'clients-unknown',
    what: 'nothing is kept of a client of this id',
    got: show(id),
    remedy: `\`alambique clients ${study}\` computes the features of all`,
  });
}

function clientText({ id, features }: ClientRecord): string {
  const rows = Object.entries(features).map(([name, { value, status, moment }]) => [
    name,
    value === null ? '–' : String(value),
    status,
    moment.slice(0, 16),
  ]);
  const header = ['feature', 'value', 'status', 'as of'];
  return `Client ${id}\n${formatTable(rows, { header, align: ['left', 'right', 'left', 'left'] })}\n`;
}
