/** An order over HTTP, beside a prediction of one row. */
import { join } from 'node:path';
import { setAlias, writeArtefact } from '../../store/artefact-store.js';
import { smallForecasts, smallPanel } from '../../testing/small-forecasts.js';
import { bankModel } from '../bank-model.js';
import { bankBodies, writeRequests } from '../bank-requests.js';
import type { Case, Comparison } from '../bench.js';

const [shops, paths] = [300, 200];

export const comparison: Comparison = {
  name: 'serve-order',
  what: 'POST of the stock of one article to `/order`, by wrk over 50 connections that stay open; 600 articles in turn, with 200 kept paths of 6 weeks each. The order of least cost is decided in the request, answered with its forecast and its reason, and kept in the log. Beside `POST /predict` of one row of the bank, with 200 trees of 31 leaves, by the same service. The time is that of one request of many (1 / requests a second).',
  async cases(tools) {
    const models = await bankModel(tools);
    const forecasts = smallForecasts(smallPanel({ shops }), { paths });
    writeArtefact(forecasts, { folder: models });
    setAlias(forecasts.study, 'champion', forecasts.version, { folder: models });
    const stocks = Array.from({ length: shops * 2 }, (_, i) =>
      JSON.stringify({
        shop: String(Math.floor(i / 2) + 1),
        tea: i % 2 === 0 ? 'green' : 'black',
        onHand: (i * 7) % 30,
        onOrder: [(i * 3) % 12],
      }),
    );
    const work: Case = {
      name: '50 connections',
      input: { server: 'alambique', models, audit: join(tools.folder, 'audit'), connections: 50 },
      contenders: [
        {
          name: 'alambique, /order',
          kind: 'node',
          program: 'serve',
          settings: {
            ...{ study: forecasts.study, path: '/order' },
            ...writeRequests(tools, { name: 'stocks', bodies: stocks }),
          },
        },
        {
          name: 'alambique, /predict',
          kind: 'node',
          program: 'serve',
          settings: writeRequests(tools, { name: 'rows', bodies: bankBodies(tools) }),
        },
      ],
      ...{ rounds: 4, warmups: 2, repeats: 2 },
      limit: { timesPeer: { 'alambique, /predict': 2 } },
    };
    return [work];
  },
};
