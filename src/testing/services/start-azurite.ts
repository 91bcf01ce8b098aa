/** Azurite, the emulator of Azure's object storage, with an account of its own for a test. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '../../config/environment.js';
import { findRoot } from '../../workspace.js';
import type { Ending, Service } from './services.js';
import { folderFor, freePort, run, startProgram } from './start-program.js';

const version = '3.35.0';

/** A running Azurite. */
export interface AzuriteService extends Service {
  /** As AZURE_STORAGE_CONNECTION_STRING has it. */
  readonly connection: string;
}

/** Starts one, with these containers. */
export async function startAzurite(
  t: Ending,
  { containers }: { containers: readonly string[] },
): Promise<AzuriteService> {
  const folder = folderFor('azurite');
  const port = await freePort();
  const key = randomBytes(64).toString('base64');
  const service = await startProgram(t, {
    command: process.execPath,
    // It is older than the client, and refuses the version of the interface that the client names.
    args: [azuriteProgram(), '--silent', '--disableTelemetry', '--skipApiVersionCheck', '--location', folder, '--blobHost', '127.0.0.1', '--blobPort', String(port)], // biome-ignore format: one thought
    ...{ folder, port },
    env: { PATH: environment.PATH, HOME: folder, AZURITE_ACCOUNTS: `tester:${key}` },
  });
  const connection = `DefaultEndpointsProtocol=http;AccountName=tester;AccountKey=${key};BlobEndpoint=http://127.0.0.1:${port}/tester;`;
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const client = BlobServiceClient.fromConnectionString(connection);
  for (const name of containers) await client.createContainer(name);
  return { ...service, connection };
}

/** The program, from a folder that git ignores: it is too large for everybody who installs this project. */
function azuriteProgram(): string {
  const home = join(findRoot(), '.clients', 'azurite');
  const program = join(home, 'node_modules', 'azurite', 'dist', 'src', 'blob', 'main.js');
  if (!existsSync(program)) run('npm', ['install', '--prefix', home, '--no-save', '--no-fund', '--no-audit', '--ignore-scripts', `azurite@${version}`]); // biome-ignore format: one thought
  return program;
}
