/** The program of the service: the only place that reads the environment and listens. */
import { serve } from '@hono/node-server';
import { loadArtefact, Problem } from '../src/index.js';
import { createService } from './app.js';
import { exampleRow } from './served-model.js';

/** Between the wish to end and the end, whatever clients do. */
const deadline = 10_000;

async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const hostname = env.HOST || '127.0.0.1';
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Problem({ code: 'serve-port', what: 'PORT is no port', got: env.PORT, expected: '0 to 65535' });
  }
  const model = await loadArtefact(env.ALAMBIQUE_MODEL || 'bank-marketing@champion');
  const service = createService({ model, now: () => new Date() });
  await service.proved();

  const server = serve({ fetch: service.app.fetch, hostname, port }, ({ port: taken }) => {
    const address = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${taken}`;
    const row = JSON.stringify(exampleRow(model)).replaceAll("'", "'\\''");
    process.stdout.write(`Serving ${model.study}@${model.version} on ${address}\n`);
    process.stdout.write(
      `Try:\n  curl -s ${address}/predict -H 'content-type: application/json' -d '${row}'\n`,
    );
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    process.stderr.write(`${cannotListen(error, hostname, port)}\n`);
    process.exitCode = 1;
  });

  const end = (): void => {
    service.drain();
    server.close();
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    // Busy clients that keep their connection would keep the process: after the deadline it is cut.
    setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    }, deadline).unref();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

function cannotListen(error: NodeJS.ErrnoException, hostname: string, port: number): string {
  const address = `${hostname}:${port}`;
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is taken: another program listens on ${address}. End it, or choose another with PORT=3001.`;
  }
  if (error.code === 'EACCES') return `This user may not listen on ${address}. Choose a port above 1023.`;
  return `Cannot listen on ${address}: ${error.message}`;
}

main(process.env).catch((error: unknown) => {
  // A Problem is for whoever started it; anything else for whoever mends it.
  const text =
    error instanceof Problem ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
