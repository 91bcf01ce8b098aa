/** A PostgreSQL of its own for a test, as Debian installs it; never as root, which it refuses. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Ending, Service } from './services.js';
import { folderFor, freePort, run, startProgram, userNamed } from './start-program.js';

/** A running PostgreSQL. */
export interface PostgresService extends Service {
  /** Of an empty database, for its one user. */
  readonly url: string;
}

/** Starts one in about four seconds. `settings` are as its configuration has them. */
export async function startPostgres(
  t: Ending,
  { settings = {} }: { settings?: Readonly<Record<string, string>> } = {},
): Promise<PostgresService> {
  const bin = binFolder();
  const user = userNamed('postgres');
  const folder = folderFor('postgres', user);
  run(join(bin, 'initdb'), ['-D', folder, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'], user); // biome-ignore format: one thought
  const port = await freePort();
  const own = { listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off', ...settings };
  const service = await startProgram(t, {
    command: join(bin, 'postgres'),
    args: ['-D', folder, '-p', String(port), ...Object.entries(own).flatMap(([name, value]) => ['-c', `${name}=${value}`])], // biome-ignore format: one thought
    ...{ folder, port, user },
    ready: /ready to accept connections/,
    signal: 'INT',
  });
  return { ...service, url: `postgres://postgres@127.0.0.1:${port}/postgres` };
}

/** The folder of the newest version. */
function binFolder(): string {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(home, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))); // biome-ignore format: one thought
  if (found === undefined) throw new Error(`No PostgreSQL in ${home}: type apt-get install postgresql.`);
  return found;
}
