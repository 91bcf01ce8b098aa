/** An artefact is the same bits when read back, and anything that was done to it is refused with the reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../json.js';
import { Problem } from '../problem.js';
import { seededRandom } from '../random.js';
import { exampleReport } from '../testing/example-report.js';
import { type Forgery, forged } from '../testing/forged-artefact.js';
import { smallArtefact, smallArtefactParts } from '../testing/small-artefact.js';
import { smallDataset } from '../testing/small-dataset.js';
import { makeArtefact, readArtefact } from './artefact.js';
import type { ArtefactFiles } from './artefact-files.js';
import { versionPattern } from './manifest.js';

const madeAt = new Date('2026-11-21T06:00:00Z');
const parts = smallArtefactParts({ report: exampleReport() });
const artefact = makeArtefact(parts, madeAt);

test('what is read back predicts, decides and explains with the same bits', () => {
  const back = readArtefact(artefact);
  const { dataset } = smallDataset({ rows: 500, seed: 9 });
  assert.deepEqual(back.pipeline.predict(dataset), parts.pipeline.predict(dataset));
  assert.deepEqual(back.pipeline.explain(dataset), parts.pipeline.explain(dataset));
  assert.deepEqual(back.pipeline.features(dataset), parts.pipeline.features(dataset));
  assert.equal(back.policy.cutoff, parts.policy.cutoff);
  assert.deepEqual(back.policy.expected, parts.policy.expected);
  assert.deepEqual(back.report, parts.report);
  assert.equal(back.card, parts.card);
  assert.deepEqual(back.schema.before, dataset.schema.before);
  assert.deepEqual(back.schema.late, ['duration']);
  assert.equal(back.golden.rows.length, 40);
  assert.ok(back.golden.rows.every((row) => !Object.hasOwn(row, 'duration') && !Object.hasOwn(row, 'y')));
  assert.equal(back.reference.rows, 2100);
  assert.equal(smallArtefact().files.get('report.json')!.length, 5); // "null" and the line's end
});

test('golden rows span the probabilities of the rows that were measured, lowest and highest included', () => {
  const measured = parts.pipeline.predict(parts.measuredOn);
  const golden = readArtefact(artefact).golden.predicted;
  assert.equal(Math.min(...golden), Math.min(...measured));
  assert.equal(Math.max(...golden), Math.max(...measured));
});

test('equal parts give equal bytes; the time of making stands in the version only', () => {
  const again = makeArtefact(smallArtefactParts({ report: exampleReport(), threads: 2 }), new Date(0));
  assert.deepEqual(again.files, artefact.files);
  assert.match(artefact.version, versionPattern);
  assert.equal(artefact.version.slice(0, 17), '20261121T060000Z-');
  assert.equal(again.version, `19700101T000000Z-${artefact.version.slice(17)}`);
  assert.notEqual(smallArtefact({ seed: 8 }).version.slice(17), again.version.slice(17));
});

test('a thousand flips of one bit, in every file: each one is refused', () => {
  const random = seededRandom(1).fork('flips');
  const names = [...artefact.files.keys()];
  for (let flip = 0; flip < 1000; flip++) {
    const name = names[flip % names.length]!;
    const bytes = Uint8Array.from(artefact.files.get(name)!);
    bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8);
    const files = new Map(artefact.files).set(name, bytes);
    refused({ ...artefact, files }, 'artefact-altered');
  }
});

test('files cut short, lost, added or changed places are refused, and so is another study or version', () => {
  for (const [name, bytes] of artefact.files) {
    for (const length of [0, 1, bytes.length - 1]) {
      const files = new Map(artefact.files).set(name, bytes.subarray(0, length));
      refused({ ...artefact, files }, 'artefact-altered', name);
    }
    const without = new Map(artefact.files);
    without.delete(name);
    refused({ ...artefact, files: without }, 'artefact-altered', name);
  }
  const more = new Map(artefact.files).set('more.json', new Uint8Array());
  refused({ ...artefact, files: more }, 'artefact-altered', 'more.json');
  const swapped = new Map(artefact.files).set('policy.json', artefact.files.get('reference.json')!);
  refused({ ...artefact, files: swapped }, 'artefact-altered', 'policy.json');
  refused({ ...artefact, study: 'another' }, 'artefact-altered', 'manifest.json');
  for (const version of ['', 'champion', artefact.version.replace(/.$/, (c) => (c === '0' ? '1' : '0'))])
    refused({ ...artefact, version }, 'artefact-altered', 'manifest.json');
});

test('another format is refused with what to do, before anything else is read', () => {
  const later = forged(artefact, {
    'manifest.json': (json: object) => ({ format: 1, ...pick(json, 'study') }),
  });
  assert.match(refused(later, 'artefact-format').message, /run the study again/i);
});

test('golden rows that the model answers otherwise are refused', () => {
  const nudged = (value: number): number => value + 2 ** -40;
  const forgeries: Forgery[] = [
    { 'golden.json': (g: Golden) => ({ ...g, predicted: replaced(g.predicted, 3, nudged(g.predicted[3]!)) }) }, // biome-ignore format: one forgery a line
    { 'golden.json': (g: Golden) => ({ ...g, features: replaced(g.features, 5, [...g.features[5]!, 0]) }) },
    { 'golden.json': (g: Golden) => ({ ...g, rows: replaced(g.rows, 0, g.rows[39]!) }) },
    { 'model.json': (m: Model) => changed(m, ['pipeline', 'model', 'intercept'], nudged) },
    { 'model.json': (m: Model) => changed(m, ['pipeline', 'model', 'coefficients', '0'], nudged) },
  ];
  for (const forgery of forgeries) {
    refused(forged(artefact, forgery), 'artefact-golden', 'golden.json');
  }
});

test('what cannot be is refused behind valid hashes too, with the file and the place in it', () => {
  const model = (path: string[], change: (value: never) => unknown): Forgery => ({
    'model.json': (json: Model) => changed(json, path, change),
  });
  const forgeries: [Forgery, RegExp][] = [
    [model(['pipeline', 'model', 'intercept'], () => 'NaN'), /\/pipeline\/model\/intercept/],
    [model(['pipeline', 'model', 'coefficients'], (list: number[]) => list.slice(1)), /\/coefficients/],
    [model(['pipeline', 'model', 'kind'], () => 'eval'), /eval/],
    [model(['pipeline', 'model', 'shape'], () => undefined), /a field "shape"/],
    [model(['pipeline', 'recipe', 'columns'], () => []), /recipe/],
    [model(['schema', 'columns', '0', 'name'], () => 'y'), /y/],
    [model(['schema', 'columns', '0', 'name'], () => 'other'), /other|age/],
    [{ 'policy.json': (json: object) => ({ ...json, cutoff: 2 }) }, /\/cutoff/],
    [{ 'policy.json': (json: object) => ({ ...json, params: { actionsPerDay: -1 } }) }, /policy\.json/],
    [{ 'golden.json': (json: Golden) => ({ ...json, predicted: replaced<unknown>(json.predicted, 0, 'x') }) }, /\/predicted\/0/], // biome-ignore format: one forgery a line
    [{ 'golden.json': () => ({ rows: [], features: [], predicted: [] }) }, /\/rows/],
    [
      { 'golden.json': (json: Golden) => ({ ...json, rows: replaced(json.rows, 0, { age: 'old' }) }) },
      /\/rows\/0/,
    ],
    [{ 'reference.json': (json: object) => ({ ...json, rows: 0 }) }, /\/rows/],
    [{ 'report.json': () => ({ format: 9 }) }, /\/format/],
    [{ 'report.json': () => 'a report' }, /report\.json/],
    [{ 'manifest.json': (json: object) => ({ ...json, seed: 'seven' }) }, /\/seed/],
  ];
  for (const [forgery, words] of forgeries) {
    const problem = refused(forged(artefact, forgery), 'artefact-structure');
    assert.match(problem.message, words);
    const [name = ''] = Object.keys(forgery);
    // A model that is whole in itself but does not fit its schema shows where it is first asked.
    const files = name === 'manifest.json' ? [undefined] : [name, 'golden.json'];
    assert.ok(
      files.some((file) => file === problem.issues[0]!.where?.file),
      problem.message,
    );
  }
});

test('of 600 random damages behind valid hashes none is answered with anything but a refusal that says why', () => {
  const random = seededRandom(2).fork('damages');
  const names = ['model.json', 'policy.json', 'golden.json', 'reference.json', 'manifest.json'];
  let refusals = 0;
  for (let i = 0; i < 600; i++) {
    const name = names[i % names.length]!;
    const damage = (json: Json): Json => damaged(json, random);
    const victim = forged(artefact, { [name]: damage as (json: never) => unknown });
    try {
      readArtefact(victim);
    } catch (error) {
      assert.ok(error instanceof Problem, `${name}: ${(error as Error).stack}`);
      assert.ok(
        error.issues.every(({ code }) => code.startsWith('artefact-')),
        error.message,
      );
      refusals++;
    }
  }
  // The rest is harmless: a reason, a range, a count that no number hangs on.
  assert.ok(refusals > 450, `${refusals} were refused`);
});

interface Golden {
  rows: Record<string, unknown>[];
  features: (number | null)[][];
  predicted: number[];
}
type Model = Record<string, unknown>;

function refused(files: ArtefactFiles, code: string, file?: string): Problem {
  try {
    readArtefact(files);
  } catch (error) {
    assert.ok(error instanceof Problem, String((error as Error).stack));
    assert.equal(error.issues[0]!.code, code, error.message);
    if (file !== undefined) assert.equal(error.issues[0]!.where?.file, file);
    return error;
  }
  assert.fail(`it was read, though it should be refused with ${code}`);
}

function replaced<T>(list: readonly T[], at: number, value: T): T[] {
  return list.map((one, i) => (i === at ? value : one));
}

function pick(json: object, name: string): object {
  return { [name]: (json as Record<string, unknown>)[name] };
}

/** The JSON with the value at `path` replaced; a field that becomes undefined goes. */
function changed(
  json: unknown,
  [key, ...rest]: readonly string[],
  change: (value: never) => unknown,
): unknown {
  if (key === undefined) return change(json as never);
  const copy = (Array.isArray(json) ? [...json] : { ...(json as object) }) as Record<string, unknown>;
  assert.ok(Object.hasOwn(copy, key), `there is no ${key}`);
  copy[key] = changed(copy[key], rest, change);
  return copy;
}

/** The JSON with one random value in it lost, doubled, or made something that it is not. */
function damaged(json: Json, random: ReturnType<typeof seededRandom>): Json {
  if (json !== null && typeof json === 'object' && Object.keys(json).length > 0 && random.uniform() < 0.85) {
    const keys = Object.keys(json);
    const key = keys[random.integer(keys.length)]!;
    const inner = (json as Record<string, Json>)[key]!;
    if (random.uniform() < 0.1) {
      if (Array.isArray(json)) return random.uniform() < 0.5 ? json.slice(1) : [...json, inner];
      return Object.fromEntries(Object.entries(json).filter(([name]) => name !== key)) as Json;
    }
    const copy = (Array.isArray(json) ? [...json] : { ...json }) as Record<string, Json>;
    copy[key] = damaged(inner, random);
    return copy as Json;
  }
  const others: Json[] = [
    null,
    true,
    -1,
    0,
    1.5,
    1e9,
    1e308,
    'NaN',
    '',
    'constructor',
    [],
    {},
    [json],
    { a: json },
  ];
  return others[random.integer(others.length)]!;
}
