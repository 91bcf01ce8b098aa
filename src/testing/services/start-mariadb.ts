/** A MariaDB of its own for a test, as Debian's `mariadb-server` installs it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ending, Service } from './services.js';
import { folderFor, freePort, run, startProgram, userNamed } from './start-program.js';

/** A running MariaDB. */
export interface MariaDbService extends Service {
  /** Of an empty database, for root. */
  readonly url: string;
}

/** Starts one in about six seconds. */
export async function startMariaDb(t: Ending): Promise<MariaDbService> {
  const user = userNamed('mysql');
  const folder = folderFor('mariadb', user);
  const data = join(folder, 'data');
  run('mariadb-install-db', ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'], user); // biome-ignore format: one thought
  const init = join(folder, 'init.sql');
  writeFileSync(init, 'CREATE DATABASE alambique CHARACTER SET utf8mb4;\n');
  const port = await freePort();
  const service = await startProgram(t, {
    command: '/usr/sbin/mariadbd',
    args: ['--no-defaults', `--datadir=${data}`, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 's.sock')}`, `--init-file=${init}`, '--innodb-flush-log-at-trx-commit=0'], // biome-ignore format: one thought
    ...{ folder, port, user },
    ready: /ready for connections/,
  });
  return { ...service, url: `mysql://root@127.0.0.1:${port}/alambique` };
}
