import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findRoot, serviceProgram } from '../workspace.js';

test('the bundle of the service has the kernels that it may need inside, byte for byte', () => {
  const program = readFileSync(serviceProgram(), 'utf8');
  const kernels = join(findRoot(), 'dist', 'src', 'trees', 'kernel');
  const inside = [...program.matchAll(/data:application\/wasm;base64,([A-Za-z0-9+/=]+)/g)].map(
    ([, bytes]) => bytes,
  );
  for (const name of ['grow', 'forest', 'walk', 'leaf-masks'])
    assert.ok(inside.includes(readFileSync(join(kernels, `${name}.wasm`)).toString('base64')), name);
  assert.doesNotMatch(program, /\.wasm["']/);
});
