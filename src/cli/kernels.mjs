// Compiles the kernels: each `kernel/NAME.as.ts` with a `NAME.ts` beside it, which says what the kernel exports, becomes a
// module in dist. Runs after the compiler of the program, and does nothing where no source has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const flags = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  ...['--enable', 'simd', '--enable', 'threads'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
];

function kernelFolders() {
  return readdirSync(join(root, 'src'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory() && entry.name === 'kernel')
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((folder) => readdirSync(folder).some((name) => name.endsWith('.as.ts')));
}

async function compileFolder(folder) {
  const built = join(root, 'dist', relative(root, folder));
  const names = readdirSync(folder).sort();
  const entries = names.filter(
    (name) => name.endsWith('.as.ts') && names.includes(name.replace('.as.ts', '.ts')),
  );
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of names) hash.update(name).update(readFileSync(join(folder, name)));
  const fingerprint = hash.digest('hex');
  const record = join(built, '.compiled');
  const isDone = existsSync(record) && readFileSync(record, 'utf8') === fingerprint;
  if (isDone && entries.every((name) => existsSync(join(built, wasmOf(name))))) return;
  const [declared, layout] = await Promise.all(
    [join(built, 'structures.js'), join(root, 'dist', 'src', 'wasm', 'structure.js')].map(
      (file) => import(pathToFileURL(file).href),
    ),
  );
  const structures = asClasses(declared, layout);
  mkdirSync(built, { recursive: true });
  for (const entry of entries) await compile(join(folder, entry), join(built, wasmOf(entry)), structures);
  writeFileSync(record, fingerprint);
}

const wasmOf = (name) => name.replace('.as.ts', '.wasm');

async function compile(source, target, structures) {
  const { default: compiler } = await import('assemblyscript/asc');
  const name = relative(root, source).split(sep).join('/');
  const { error, stderr } = await compiler.main([name, '--outFile', 'kernel.wasm', ...flags], {
    readFile(path) {
      if (path.endsWith('/structures.ts')) return structures;
      return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
    },
    writeFile: (_, bytes) => writeFileSync(target, bytes),
    listFiles: () => [],
  });
  if (!error) return;
  process.stderr.write(stderr.toString());
  process.exit(1);
}

// What `structures.ts` declares as AssemblyScript: constants, and classes that must lie in memory as the program has them.
function asClasses(declared, { offsetsOf, bytesOf }) {
  return Object.entries(declared)
    .map(([name, value]) => {
      if (typeof value === 'number')
        return `export const ${name}: ${Number.isInteger(value) ? 'usize' : 'f64'} = ${value};`;
      const type = name[0].toUpperCase() + name.slice(1);
      const fields = Object.entries(value).map(([field, kind]) => `${field}: ${kind};`);
      const offsets = Object.entries(offsetsOf(value)).map(
        ([field, offset]) => `offsetof<${type}>('${field}') != ${offset}`,
      );
      const differs = [`offsetof<${type}>() != ${bytesOf(value)}`, ...offsets].join(' || ');
      return `@unmanaged export class ${type} { ${fields.join(' ')} }
if (${differs}) ERROR('${type} lies otherwise in memory than the program has it.');`;
    })
    .join('\n');
}

for (const folder of kernelFolders()) await compileFolder(folder);
