/** Every server that tests use starts, answers, and is gone afterwards. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import type { Service } from './services.js';
import { skipServices } from './services.js';
import { startAzurite } from './start-azurite.js';
import { startMariaDb } from './start-mariadb.js';
import { startMoto } from './start-moto.js';
import { startPostgres } from './start-postgres.js';

const starts: Readonly<Record<string, (t: { after(end: () => Promise<void>): void }) => Promise<Service>>> = {
  PostgreSQL: startPostgres,
  MariaDB: startMariaDb,
  Azurite: (t) => startAzurite(t, { containers: ['raw'] }),
  moto: (t) => startMoto(t, { buckets: ['raw'] }),
};

for (const [name, start] of Object.entries(starts)) {
  test(`${name} starts, and is gone when it was told to stop`, { skip: skipServices }, async (t) => {
    const service = await start(t);
    assert.equal(await connects(service.port), true);
    await service.stop();
    assert.equal(await connects(service.port), false);
  });
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (found: boolean): void => {
      socket.destroy();
      resolve(found);
    };
    socket.on('connect', () => end(true)).on('error', () => end(false));
  });
}
