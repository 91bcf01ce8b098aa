/**
 * Would the tests notice a fault? Changes one place at a time in a copy of what was built and runs the room's tests:
 * `npm run mutants -- evaluate decide --count 20 --seed 1 --jobs 1`. A mutant that no test notices survives, and is listed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import '../../engine.js';
import { seededRandom } from '../../random.js';
import { findRoot } from '../../workspace.js';
import { type Mutation, mutate, mutationsOf } from './mutations.js';

/** A test file that takes longer has met an endless loop. */
const mostSeconds = 120;
const usual = ['src/evaluate', 'src/decide', 'src/scoring', 'src/store', 'serve'];
const root = findRoot();

interface Mutant {
  /** Relative to the root. */
  readonly file: string;
  readonly mutation: Mutation;
  /** The tests of its room, the nearest first. */
  readonly tests: readonly string[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});
const places =
  positionals.length > 0
    ? positionals.map((place) => (place.startsWith('serve') ? place : `src/${place}`))
    : usual;
const all = places.flatMap(mutantsOf);
const drawn = seededRandom(Number(values.seed)).shuffle(all).slice(0, Number(values.count));
const waiting = [...drawn];
const survivors: string[] = [];
/** Tests that pass where nothing is changed. */
const sound = new Set<string>();
await Promise.all(Array.from({ length: Number(values.jobs) }, work));

for (const survivor of survivors.sort()) console.log(survivor);
const died = drawn.length - survivors.length;
console.log(
  `${died} of ${drawn.length} mutants died (${((100 * died) / drawn.length).toFixed(0)} %); drawn from ${all.length} with seed ${values.seed}`,
);

/** Every mutant of a room, or of a part of it such as "serve/read-body", that one of the room's tests could notice. */
function mutantsOf(place: string): Mutant[] {
  const room = /^(?:src\/)?[^/]+/.exec(place)![0];
  const files = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(room, name));
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const reached = tests.map((test) => reach(test));
  return files
    .filter((file) => file.startsWith(place) && !/\.(test|as)\.ts$|-checks\.ts$/.test(file))
    .flatMap((file) => {
      const noticing = tests.filter((_, i) => reached[i]!.has(file));
      const own = (test: string): number => Number(test !== file.replace(/\.ts$/, '.test.ts'));
      noticing.sort((a, b) => own(a) - own(b));
      const mutations = mutationsOf(readFileSync(join(root, file), 'utf8'));
      return mutations.map((mutation): Mutant => ({ file, mutation, tests: noticing }));
    });
}

/** A file and all that it imports, over however many files. */
function reach(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const source = readFileSync(join(root, file), 'utf8');
  for (const [, to] of source.matchAll(/^(?:import|export)\b[^;]*?from '(\.[^']+)\.js';/gm))
    reach(join(dirname(file), `${to}.ts`), found);
  return found;
}

/** Takes one mutant after the other in a copy of its own. */
async function work(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'alambique-mutants-'));
  try {
    for (const name of ['src', 'serve', 'dist', 'package.json', 'package-lock.json', 'README.md'])
      cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (let next = waiting.pop(); next; next = waiting.pop()) await judge(next, copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

async function judge({ file, mutation, tests }: Mutant, copy: string): Promise<void> {
  const built = join(copy, 'dist', file.replace(/\.ts$/, '.js'));
  const before = readFileSync(built);
  const { outputText } = ts.transpileModule(mutate(readFileSync(join(root, file), 'utf8'), mutation), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  writeFileSync(built, outputText);
  const name = `${file}:${mutation.line}: ${mutation.from} → ${mutation.to}`;
  let noticed: string | undefined;
  for (const test of tests) if (noticed === undefined && !(await run(test, copy))) noticed = test;
  writeFileSync(built, before);
  if (noticed === undefined) survivors.push(name);
  else if (!sound.has(noticed) && !(await run(noticed, copy)))
    throw new Error(`${noticed} fails without any change: mend it first.`);
  else sound.add(noticed);
  console.error(`${noticed === undefined ? 'survived' : 'died'}: ${name}`);
}

/** Whether a test file passes. */
async function run(test: string, cwd: string): Promise<boolean> {
  const built = join('dist', test.replace(/\.ts$/, '.js'));
  const child = spawn(process.execPath, [built], {
    cwd,
    stdio: 'ignore',
    timeout: mostSeconds * 1000,
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0;
}
