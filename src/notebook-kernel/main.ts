/** What the kernelspec starts: `node main.js <connection file>`. */
import '../engine.js';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRoot, workspace } from '../workspace.js';
import { startKernel } from './kernel.js';
import { readConnection } from './sockets.js';

const file = process.argv[2];
if (file === undefined) {
  process.stderr.write('Jupyter starts this program with a connection file; `npm run lab` starts Jupyter.\n');
  process.exitCode = 2;
} else {
  const root = rootOfCells();
  const { version } = JSON.parse(readFileSync(join(findRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  startKernel({ root, version, connection: readConnection(file) }).then(async (kernel) => {
    process.on('SIGINT', () => kernel.interrupt());
    process.exit((await kernel.ended) ? 1 : 0);
  });
}

/** Cells import from the workspace in which the kernel starts; elsewhere, from this program's own folder. */
function rootOfCells(): string {
  const { root } = workspace();
  return existsSync(join(root, 'node_modules', 'tslab')) ? root : findRoot();
}
