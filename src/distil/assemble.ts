/** Puts the blocks of a study together into one module, and remembers which line came from which cell. */
import { posix } from 'node:path';
import type { ImportedName, ParsedBlock } from './parse-block.js';

/** A module before it is formatted. */
export interface Assembled {
  text: string;
  /** The cell and its line from which a 0-based line of the text came; undefined for lines that are ours. */
  origin(line: number): { parsed: ParsedBlock; line: number } | undefined;
}

/** What stands at the top of the module. */
export interface ModuleHeader {
  study: string;
  /** Path of the module from the root, with slashes. */
  path: string;
  /** Name and version of the program. */
  program: string;
  notebooks: readonly string[];
}

/** The module's text: header, imports from the front door and from files of the study, each block with its stamp, and the stamps as data. */
export function assemble(
  blocks: readonly ParsedBlock[],
  imports: readonly ImportedName[],
  header: ModuleHeader,
): Assembled {
  const lines = [
    `/** The study ${header.study}, distilled from its notebooks. Do not edit: change the notebook and distil again. */`,
    `// Distilled by ${header.program} with \`alambique distil ${header.study}\` from:`,
    ...header.notebooks.map((notebook) => `//   ${notebook}`),
    ...importLines(
      [...imports, { from: 'alambique', name: 'Study', as: 'Study', typeOnly: true }],
      header.path,
    ),
    '',
  ];
  const origins: { from: number; to: number; parsed: ParsedBlock }[] = [];
  for (const parsed of blocks) {
    lines.push(`// ── ${parsed.block.notebook}, cell ${parsed.block.cell}`, '');
    const own = parsed.text.split('\n');
    origins.push({ from: lines.length, to: lines.length + own.length, parsed });
    lines.push(...own, '');
  }
  const cells = blocks.map(({ block: { notebook, cell }, sha256 }) => ({ notebook, cell, sha256 }));
  lines.push(
    '/** The cells that this module was distilled from, for the chain of custody. */',
    `export const distilledFrom: NonNullable<Study['module']> = ${JSON.stringify({
      path: header.path,
      cells,
    })};`,
    '',
  );
  return {
    text: lines.join('\n'),
    origin: (line) => {
      const found = origins.find(({ from, to }) => line >= from && line < to);
      return found && { parsed: found.parsed, line: line - found.from + 1 };
    },
  };
}

function importLines(imports: readonly ImportedName[], path: string): string[] {
  const modules = [...new Set(imports.map(({ from }) => from))].sort();
  return modules.map((from) =>
    importLine(
      imports.filter((one) => one.from === from),
      moduleFrom(from, path),
    ),
  );
}

/** What the module writes for what a cell imports: a file of `src/studies` by its place, anything else by its name. */
function moduleFrom(from: string, path: string): string {
  const file = /^alambique\/studies\/(.+)$/.exec(from)?.[1];
  if (file === undefined) return from;
  const relative = posix.relative(posix.dirname(path), `src/studies/${file}.js`);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function importLine(imports: readonly ImportedName[], from: string): string {
  const byLocalName = new Map<string, ImportedName>();
  for (const one of imports) {
    const before = byLocalName.get(one.as);
    // A name that one cell imports as a type and another as a value is a value.
    byLocalName.set(one.as, before ? { ...one, typeOnly: one.typeOnly && before.typeOnly } : one);
  }
  const names = [...byLocalName.values()]
    .sort((a, b) => (a.as < b.as ? -1 : 1))
    .map(({ name, as, typeOnly }) => `${typeOnly ? 'type ' : ''}${name === as ? name : `${name} as ${as}`}`);
  return `import { ${names.join(', ')} } from '${from}';`;
}
