/** Starts a service with clients in a SQLite file or a PostgreSQL of its own, asks it with wrk, and reports the time of one request. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentFeatures } from '../../clients/current-features.js';
import { publishClients } from '../../clients/publish-clients.js';
import { openDatabase } from '../../database/database.js';
import { borrowersStudy, manyLoans } from '../../testing/borrowers-artefact.js';
import { borrowers } from '../../testing/example-loans.js';
import { startPostgres } from '../../testing/services/start-postgres.js';
import { askWithWrk } from './ask-with-wrk.js';
import { readTask, type Task } from './measure.js';
import { firstAnswer, startService } from './service-process.js';

interface Input extends Task {
  readonly folder: string;
  readonly models: string;
  readonly audit: string;
  readonly kind: 'sqlite' | 'postgres';
  /** What is asked: clients by id, or rows. */
  readonly ask: 'clients' | 'predict';
  readonly clients: number;
  readonly connections: number;
}

async function main({ folder, models, audit, kind, ask, clients, ...wrk }: Input): Promise<void> {
  const endings: (() => Promise<void>)[] = [];
  const file = join(folder, 'clients.db');
  for (const path of [file, `${file}-wal`, `${file}-shm`]) rmSync(path, { force: true });
  const url =
    kind === 'sqlite' ? file : (await startPostgres({ after: (end) => void endings.push(end) })).url;
  const now = new Date();
  const current = currentFeatures(borrowers, manyLoans(clients).table, { asOf: now });
  const database = await openDatabase({ url });
  const source = { name: 'loans.csv', sha256: '0'.repeat(64), simulated: true };
  await publishClients(database, { study: borrowersStudy, clients: borrowers, current, source, now });
  await database.close();

  const path = ask === 'clients' ? '/clients/c1/prediction' : '/predict';
  const bodies = current.ids.map((id, i) => (ask === 'clients' ? id : JSON.stringify(current.table.row(i))));
  const started = performance.now();
  const env = { ALAMBIQUE_DATABASE: url };
  const child = startService({ server: 'alambique', models, audit, study: borrowersStudy, env });
  try {
    await (ask === 'clients' ? firstAnswer(undefined, path) : firstAnswer(bodies[0]!, path));
    const first = (performance.now() - started) / 1000;
    const script = join(folder, `${ask}.lua`);
    writeFileSync(script, scriptOf(ask, bodies));
    const out = askWithWrk(child, { ...wrk, script, path, first });
    process.stdout.write(`${JSON.stringify(out)}\n`);
  } finally {
    child.kill('SIGKILL');
    for (const end of endings) await end();
  }
}

/** Asks about one after the other. */
function scriptOf(ask: Input['ask'], bodies: readonly string[]): string {
  const requests = bodies.map((body) =>
    ask === 'clients'
      ? `wrk.format("GET", "/clients/${body}/prediction")`
      : `wrk.format("POST", nil, nil, ${JSON.stringify(body)})`,
  );
  // Lua takes no list of more constants than so in one table.
  return `wrk.headers["content-type"] = "application/json"
local requests, last = {}, 0
function init()
${requests.map((request) => `  requests[#requests + 1] = ${request}`).join('\n')}
end
function request()
  last = last % #requests + 1
  return requests[last]
end
`;
}

void main(readTask<Input>());
