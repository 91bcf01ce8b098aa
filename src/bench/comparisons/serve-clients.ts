/** A client by id over HTTP, from SQLite and from PostgreSQL, beside a row that is sent. */
import { join } from 'node:path';
import { boosting } from '../../index.js';
import { setAlias, writeArtefact } from '../../store/artefact-store.js';
import { borrowersArtefact } from '../../testing/borrowers-artefact.js';
import type { Case, Comparison, Contender } from '../bench.js';

const clients = 2000;

const contender = (name: string, kind: string, ask: string): Contender => ({
  name,
  ...{ kind: 'node', program: 'serve-clients', settings: { kind, ask } },
});
const beside = contender('alambique, /predict', 'sqlite', 'predict');
/** At least .4 of the rate of rows. */
const share = 0.4;

export const comparison: Comparison = {
  name: 'serve-clients',
  what: 'GET /clients/{id}/prediction by wrk over 50 connections that stay open, 2,000 clients in turn: the current features are read from the database, checked, scored by 200 trees, decided, and the read is sealed in the log with the key of the client. Beside POST /predict of the same features to the same model. The time is that of one request of many (1 / requests a second).',
  async cases(tools) {
    const models = join(tools.folder, 'client-models');
    const artefact = borrowersArtefact({ clients, learner: boosting({ trees: 200, leaves: 31 }) });
    writeArtefact(artefact, { folder: models });
    setAlias(artefact.study, 'champion', artefact.version, { folder: models });
    const input = {
      folder: tools.folder,
      models,
      audit: join(tools.folder, 'audit'),
      clients,
      connections: 50,
    };
    return (['sqlite', 'postgres'] as const).map(
      (kind): Case => ({
        name: kind === 'sqlite' ? 'SQLite' : 'PostgreSQL',
        input,
        contenders: [contender('alambique, by id', kind, 'clients'), beside],
        ...{ rounds: 3, warmups: 2, repeats: 2 },
        limit: { timesPeer: { [beside.name]: 1 / share }, p99OverPeer: { [beside.name]: 0.025 } },
      }),
    );
  },
};
