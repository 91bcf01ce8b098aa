import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hasUnsafeMaglev } from './engine.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Asks V8 for Maglev's code of a function, after this program, and tells what the engine then says of the function. */
function askForMaglev(program: string): string {
  const ask = `
    const add = (a, b) => a + b;
    %PrepareFunctionForOptimization(add);
    add(1, 2);
    %OptimizeMaglevOnNextCall(add);
    add(3, 4);
    console.log(String(%GetOptimizationStatus(add)));
  `;
  return execFileSync(
    process.execPath,
    [
      '--allow-natives-syntax',
      '--input-type=module',
      '--eval',
      `${program}(0, eval)(${JSON.stringify(ask)});`,
    ],
    { encoding: 'utf8' },
  );
}

test('the engines that were measured to be safe are left alone, the others are guarded', () => {
  assert.deepEqual(
    ['11.3.244', '12.4.254.21-node.57', '12.9.202', '14.6.202.34-node.40', '15.0.1'].filter(hasUnsafeMaglev),
    [],
  );
  const unsafe = ['13.0.1', '13.6.233.17-node.63', '14.1.146.11-node.25'];
  assert.deepEqual(unsafe.filter(hasUnsafeMaglev), unsafe);
});

for (const entry of [
  'dist/src/index.js',
  'dist/src/serving.js',
  'dist/src/threads.js',
  'dist/src/problem.js',
]) {
  test(`importing ${entry} sets Maglev aside where it computes wrong numbers`, () => {
    const guarded = askForMaglev(`await import(${JSON.stringify(join(root, entry))});`);
    const unguarded = askForMaglev('');
    if (hasUnsafeMaglev(process.versions.v8)) assert.notEqual(guarded, unguarded);
    else assert.equal(guarded, unguarded);
  });
}

test('the bundle of the service holds the guard: no bundler may drop the bare import', () => {
  assert.match(readFileSync(join(root, 'dist', 'service.mjs'), 'utf8'), /--no-maglev/);
  const { sideEffects } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    sideEffects: string[];
  };
  assert.ok(sideEffects.includes('./dist/src/engine.js'));
});

test('every program imports the guard, over however many files; its worker threads share its flags', () => {
  const reaches = new Map<string, boolean>();
  const walk = (file: string): boolean => {
    const known = reaches.get(file);
    if (known !== undefined) return known;
    reaches.set(file, false);
    const text = readFileSync(file, 'utf8');
    const found =
      file.endsWith(join('src', 'engine.js')) ||
      [...text.matchAll(/^(?:import|export)[^;]*?['"](\.[^'"]+)['"];/gm)].some(([, to]) =>
        walk(join(file, '..', to!)),
      );
    reaches.set(file, found);
    return found;
  };
  const starts = readdirSync(join(root, 'dist', 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|[\\/])(main|host)\.js$/.test(name))
    .map((name) => join(root, 'dist', 'src', name));
  assert.ok(starts.length >= 4);
  assert.deepEqual(
    starts.filter((file) => !walk(file)),
    [],
  );
});
