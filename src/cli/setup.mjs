// Makes the workspace ready with Node and npm alone: installs from the lockfile and builds, each only when stale.
// With --test it then runs everything: format and lint, types (the build itself), all tests.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const installed = join(root, 'node_modules', '.alambique-lock');
const built = join(root, 'dist', '.built');

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error)
    fail(
      `"${command}" could not be started: ${result.error.message}. npm comes with Node, from https://nodejs.org.`,
    );
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

// The oldest Node that has everything; package.json says the same, but npm only warns.
function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`This is Node ${process.versions.node}. Node 20.19 or newer is needed, from https://nodejs.org.`);
}

function filesUnder(folder, keep) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && keep(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (readIfThere(installed) === lock) return;
  process.stderr.write('Installing the packages of the lockfile …\n');
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], { shell: process.platform === 'win32' });
  writeFileSync(installed, lock);
}

// Names, sizes and times of the sources: enough to see a change, and quick enough to ask at every start.
function fingerprint() {
  const hash = createHash('sha256');
  const sources = ['src', 'serve'].flatMap((room) =>
    filesUnder(join(root, room), (name) => /\.(ts|mjs)$/.test(name)),
  );
  for (const file of [...sources, join(root, 'tsconfig.json'), join(root, 'package-lock.json')]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function build() {
  const now = fingerprint();
  if (readIfThere(built) === now) return;
  process.stderr.write('Building …\n');
  // The compiler writes files even where types are wrong: until it succeeds, what is there counts as not built.
  rmSync(built, { force: true });
  removeOrphans();
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc')]);
  run(process.execPath, [join(root, 'src', 'cli', 'kernels.mjs')]);
  run(process.execPath, [join(root, 'src', 'cli', 'bundle.mjs')]);
  recordStudies();
  mkdirSync(dirname(built), { recursive: true });
  writeFileSync(built, now);
}

// What the studies were compiled from; one that changes later is compiled by itself when it is asked for.
function recordStudies() {
  const folder = join(root, 'src', 'studies');
  if (!existsSync(folder)) return;
  const files = filesUnder(folder, (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const sources = files.map((file) => [
    relative(root, file).replaceAll(sep, '/'),
    createHash('sha256').update(readFileSync(file)).digest('hex'),
  ]);
  const all = Object.fromEntries(sources);
  const text = JSON.stringify(Object.fromEntries(sources.map(([path]) => [path, all])));
  writeFileSync(join(root, 'dist', 'src', 'studies', 'sources.json'), text);
}

// A compiled file whose source is gone would still be imported, and its tests still run.
function removeOrphans() {
  if (!existsSync(join(root, 'dist'))) return;
  for (const file of filesUnder(join(root, 'dist'), (name) => /\.(js|d\.ts|wasm)$/.test(name))) {
    const source = join(
      root,
      relative(join(root, 'dist'), file)
        .replace(/(\.d\.ts|\.js)$/, '.ts')
        .replace(/\.wasm$/, '.as.ts'),
    );
    if (!existsSync(source)) rmSync(file);
  }
}

async function test() {
  run(process.execPath, [
    join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'),
    'check',
    '--error-on-warnings',
    '.',
  ]);
  // Words of a path; after a `!`, what a path may not hold.
  const words = process.argv.slice(3);
  const wanted = words.filter((word) => !word.startsWith('!'));
  const unwanted = words.filter((word) => word.startsWith('!')).map((word) => word.slice(1));
  const tests = ['src', 'serve']
    .flatMap((room) => filesUnder(join(root, 'dist', room), (name) => name.endsWith('.test.js')))
    .map((file) => relative(join(root, 'dist'), file).replaceAll(sep, '/'))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .filter((file) => !unwanted.some((part) => file.includes(part)));
  if (tests.length === 0) fail(`No test file matches ${words.join(' ')}.`);
  // What starts programs takes longest: begun last, it would run alone on one core.
  const whole = (file) => /^(src\/(cli|copy|run|studies|testing)|serve)\//.test(file);
  const files = [...tests.filter(whole), ...tests.filter((file) => !whole(file))];
  const { run: runTests } = await import('node:test');
  const { default: report } = await import('./test-report.mjs');
  process.chdir(root);
  runTests({
    files: files.map((file) => join(root, 'dist', file)),
    // One more than there are cores, since some tests wait.
    concurrency: availableParallelism() + 1,
    // A file that hangs fails, with its name; one that only waits for a busy machine is long done by then.
    timeout: 2_700_000,
  })
    .on('test:fail', () => {
      process.exitCode = 1;
    })
    .compose(report)
    .pipe(process.stdout);
}

requireNode();
install();
build();
if (process.argv[2] === '--test') await test();
