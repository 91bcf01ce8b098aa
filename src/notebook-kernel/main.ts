/** What the kernelspec starts: `node main.js <connection file>`. */
import '../engine.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRoot, workspace } from '../workspace.js';
import { startKernel } from './kernel.js';
import { readConnection } from './sockets.js';

const file = process.argv[2];
if (file === undefined) {
  process.stderr.write('Jupyter starts this program with a connection file; `npm run lab` starts Jupyter.\n');
  process.exitCode = 2;
} else {
  const { root } = workspace();
  const { version } = JSON.parse(readFileSync(join(findRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  startKernel({ root, version, connection: readConnection(file) }).then(async (kernel) => {
    process.on('SIGINT', () => kernel.interrupt());
    process.exit((await kernel.ended) ? 1 : 0);
  });
}
