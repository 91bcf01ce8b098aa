// Puts the compiled service and its two packages into one file: a start then reads one module instead of 260.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'dist');

await build({
  entryPoints: [join(dist, 'serve', 'main.js')],
  outfile: join(dist, 'service.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  legalComments: 'inline',
  logLevel: 'warning',
});
