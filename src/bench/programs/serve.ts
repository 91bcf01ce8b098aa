/** Starts a service, asks it with wrk, and reports the time of one request; the service runs in a process of its own. */
import { readFileSync } from 'node:fs';
import { askWithWrk } from './ask-with-wrk.js';
import { readTask } from './measure.js';
import { firstAnswer, startService, type WrkInput } from './service-process.js';

async function main({
  rows,
  script,
  connections,
  path = '/predict',
  warmups,
  repeats,
  ...service
}: ReturnType<typeof readTask<WrkInput>>): Promise<void> {
  const [row] = readFileSync(rows, 'utf8').split('\n');
  const started = performance.now();
  const child = startService(service);
  try {
    await firstAnswer(row!, path);
    const first = (performance.now() - started) / 1000;
    const out = askWithWrk(child, { script, connections, path, warmups, repeats, first });
    process.stdout.write(`${JSON.stringify(out)}\n`);
  } finally {
    child.kill('SIGKILL');
  }
}

void main(readTask<WrkInput>());
