/** Moto's S3, in a Python of its own, for a test. */
import { findPython } from '../../bench/python.js';
import { environment } from '../../config/environment.js';
import type { Ending, Service } from './services.js';
import { folderFor, freePort, startProgram } from './start-program.js';

/** A running S3. */
export interface S3Service extends Service {
  /** As AWS_ENDPOINT_URL_S3 has it; keys may be any. */
  readonly endpoint: string;
}

/**
 * Starts one, with these buckets; with `checksKeys` it then refuses everybody, for it knows no keys. The first start makes its Python,
 * which takes a minute and asks PyPI.
 */
export async function startMoto(
  t: Ending,
  { buckets, checksKeys = false }: { buckets: readonly string[]; checksKeys?: boolean },
): Promise<S3Service> {
  const requirements = 'src/testing/services/requirements.txt';
  const python = findPython({ home: '.clients/moto', requirements, say: () => {} });
  if ('reason' in python) throw new Error(python.reason);
  const folder = folderFor('moto');
  const port = await freePort();
  const service = await startProgram(t, {
    command: python.path,
    args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    ...{ folder, port },
    env: {
      ...{ PATH: environment.PATH, HOME: folder },
      ...(checksKeys && { INITIAL_NO_AUTH_ACTION_COUNT: String(buckets.length) }),
    },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  for (const bucket of buckets) {
    const { ok, status } = await fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
    if (!ok) throw new Error(`The bucket "${bucket}" could not be made: ${status}.`);
  }
  return { ...service, endpoint };
}
