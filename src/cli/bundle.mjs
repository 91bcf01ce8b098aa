// Puts the compiled service, its two packages and its kernels into one file: a start then reads one module instead of 260.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'dist');

// A kernel's file stands beside the code that loads it: in the bundle its bytes stand in the address instead.
const kernelsInside = {
  name: 'kernels inside',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]kernel[\\/][^\\/]+\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        /new URL\('(.+?\.wasm)', import\.meta\.url\)/g,
        (_, file) =>
          `new URL('data:application/wasm;base64,${readFileSync(join(dirname(path), file), 'base64')}')`,
      ),
    })),
};

await build({
  entryPoints: [join(dist, 'serve', 'main.js')],
  outfile: join(dist, 'service.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // Loaded where a database or a store is opened, from where they are installed: one is a binary.
  external: ['libsql', 'pg', '@azure/storage-blob', 'aws4fetch'],
  plugins: [kernelsInside],
  legalComments: 'inline',
  logLevel: 'warning',
});
