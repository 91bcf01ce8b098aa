/** Where rows come from and answers go: nothing is replaced that should stay, streams and compressed files work. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { setAlias, writeArtefact } from '../../store/artefact-store.js';
import { smallArtefact } from '../../testing/small-artefact.js';
import { smallDataset } from '../../testing/small-dataset.js';
import { type Watched, watchedEffects } from '../../testing/watched-effects.js';
import type { Effects } from '../command.js';
import { runCommandLine } from '../run-command-line.js';

const model = smallArtefact();
const { csv } = smallDataset({ rows: 300, seed: 5 });
const isWindows = process.platform === 'win32' && 'it has no such files';

interface Place extends Watched {
  path(name: string): string;
  predict(
    input: string,
    output: string,
    more?: readonly string[],
    changes?: Partial<Effects>,
  ): Promise<number>;
}

function placeFor(t: TestContext): Place {
  const watched = watchedEffects();
  t.after(watched.remove);
  const folder = watched.workspace.models;
  writeArtefact(model, { folder });
  setAlias(model.study, 'champion', model.version, { folder });
  const path = (name: string): string => join(watched.workspace.root, name);
  writeFileSync(path('in.csv'), csv);
  return {
    ...watched,
    path,
    predict: (input, output, more = [], changes = {}) =>
      runCommandLine(['predict', model.study, '-i', input, '-o', output, ...more], {
        ...watched.effects,
        ...changes,
      }),
  };
}

test('the input is never replaced, by whatever name the output calls it', async (t) => {
  const place = placeFor(t);
  const input = place.path('in.csv');
  symlinkSync(input, place.path('link.csv'));
  linkSync(input, place.path('hard.csv'));
  const names = [input, `${place.path('.')}/./in.csv`, relative(process.cwd(), input), place.path('link.csv'), place.path('hard.csv')]; // biome-ignore format: one list
  for (const output of names) {
    assert.equal(await place.predict(input, output), 1, output);
    assert.match(place.taken().err, /the input would be replaced: it is the output itself/);
  }
  writeFileSync(place.path('x.csv.rejects.csv'), csv);
  assert.equal(await place.predict(place.path('x.csv.rejects.csv'), place.path('x.csv')), 1);
  assert.match(place.taken().err, /which the output brings along/);
  assert.equal(readFileSync(input, 'utf8'), csv);
});

test('an output through a link goes to the file that it means, and the link stays', {
  skip: isWindows,
}, async (t) => {
  const place = placeFor(t);
  writeFileSync(place.path('real.csv'), 'old');
  symlinkSync(place.path('real.csv'), place.path('out.csv'));
  assert.equal(await place.predict(place.path('in.csv'), place.path('out.csv')), 0);
  assert.ok(lstatSync(place.path('out.csv')).isSymbolicLink());
  assert.match(readFileSync(place.path('real.csv'), 'utf8'), /;probability;decision\n/);
});

test('a pipe, a device, a folder and a missing folder are refused before any work', {
  skip: isWindows,
}, async (t) => {
  const place = placeFor(t);
  execFileSync('mkfifo', [place.path('pipe')]);
  mkdirSync(place.path('folder'));
  const before = readdirSync(place.workspace.root);
  const wrong: [string, RegExp][] = [
    [place.path('pipe'), /which a device or a pipe cannot be/],
    ['/dev/null', /which a device or a pipe cannot be/],
    [place.path('folder'), /a folder stands where the output should/],
    [place.path('nowhere/out.csv'), /the folder of the output is not there/],
  ];
  for (const [output, words] of wrong) {
    assert.equal(await place.predict(place.path('in.csv'), output), 1, output);
    assert.match(place.taken().err.toLowerCase(), words);
  }
  assert.deepEqual(readdirSync(place.workspace.root), before);
  assert.ok(lstatSync('/dev/null').isCharacterDevice());
});

test('a file that has a column of the name of an answer is refused', async (t) => {
  const place = placeFor(t);
  const [header, ...lines] = csv.trimEnd().split('\n');
  const scored = [`${header};probability`, ...lines.map((line) => `${line};.5`)].join('\n');
  writeFileSync(place.path('scored.csv'), scored);
  assert.equal(
    await place.predict(place.path('scored.csv'), place.path('out.csv'), ['--keep=probability']),
    1,
  );
  assert.match(place.taken().err, /the file has a column of that name already/);
  writeFileSync(place.path('warned.csv'), scored.replace('probability', 'warnings'));
  assert.equal(await place.predict(place.path('warned.csv'), place.path('out.csv'), ['--keep=warnings']), 0);
  assert.equal(
    await place.predict(place.path('warned.csv'), place.path('out.csv'), ['--keep=warnings', '--warnings']),
    1,
  );
});

test('compressed and streamed rows give what the plain file gives, and an output in .gz is compressed', async (t) => {
  const place = placeFor(t);
  assert.equal(await place.predict(place.path('in.csv'), place.path('plain.csv')), 0);
  const plain = readFileSync(place.path('plain.csv'), 'utf8');
  const packed = gzipSync(csv);
  writeFileSync(place.path('in.csv.gz'), packed);
  assert.equal(await place.predict(place.path('in.csv.gz'), place.path('out.csv.gz')), 0);
  const written = readFileSync(place.path('out.csv.gz'));
  assert.equal(gunzipSync(written).toString(), plain);
  const manifest = JSON.parse(readFileSync(place.path('out.csv.gz.manifest.json'), 'utf8'));
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  assert.deepEqual([manifest.input.sha256, manifest.output.sha256], [hash(packed), hash(written)]);

  const pieces = (bytes: Buffer): Readable =>
    Readable.from(Array.from(bytes, (_, i) => bytes.subarray(i, i + 1)).slice(0, bytes.length));
  for (const bytes of [Buffer.from(csv), packed]) {
    const standardInput = pieces(bytes);
    assert.equal(await place.predict('-', place.path('out.csv'), [], { standardInput }), 0);
    assert.equal(readFileSync(place.path('out.csv'), 'utf8'), plain);
  }
  assert.deepEqual(readdirSync(place.workspace.root).filter((name) => name.endsWith('.part')), []); // biome-ignore format: one thought
});

test('rows that come through a pipe are scored', { skip: isWindows }, async (t) => {
  const place = placeFor(t);
  const pipe = place.path('rows');
  execFileSync('mkfifo', [pipe]);
  spawn('sh', ['-c', 'cat "$0" > "$1"', place.path('in.csv'), pipe]);
  assert.equal(await place.predict(pipe, place.path('out.csv')), 0);
  assert.equal(readFileSync(place.path('out.csv'), 'utf8').trimEnd().split('\n').length, 301);
});

test('compressed bytes that are damaged, a folder and nothing at all are refused in a sentence', async (t) => {
  const place = placeFor(t);
  const packed = gzipSync(csv);
  writeFileSync(place.path('cut.csv.gz'), packed.subarray(0, packed.length - 100));
  assert.equal(await place.predict(place.path('cut.csv.gz'), place.path('out.csv')), 1);
  assert.match(place.taken().err, /cut\.csv\.gz: the compressed bytes are damaged/);
  assert.equal(await place.predict(place.workspace.root, place.path('out.csv')), 1);
  assert.match(place.taken().err, /this is a folder, not a file of rows/);
  assert.equal(await place.predict('-', place.path('out.csv')), 1);
  assert.match(place.taken().err, /nothing comes on standard input/);
  assert.ok(!existsSync(place.path('out.csv')));
});
