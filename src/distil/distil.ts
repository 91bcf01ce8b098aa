/** From a study's notebooks to its module in `src/studies`, and the check that the two agree. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadTypeScript, type TypeScript } from '../notebook/typescript.js';
import { type Issue, listNames, Problem } from '../problem.js';
import { programVersion, workspace } from '../workspace.js';
import { writeFileAtomically } from '../write-atomically.js';
import { type Assembled, assemble } from './assemble.js';
import { type Block, readStudyCells, type StudyCells } from './blocks.js';
import { formatModule } from './format.js';
import {
  definedNames,
  type ImportedName,
  importedNames,
  type ParsedBlock,
  packageName,
  parseBlock,
} from './parse-block.js';
import { firstDifference } from './same-content.js';
import { type Complaint, checkModule } from './type-check.js';

/** The options of this file's functions. */
export interface DistilOptions {
  /** The project's folder. */
  root?: string;
  /** Name and version for the stamp; by default this program's. */
  program?: string;
}

/** A distilled study. */
export interface Distilled {
  /** Path of the module from the root. */
  path: string;
  text: string;
  blocks: readonly Block[];
}

/**
 * The module of a study, as its notebooks have it now. Throws a `Problem` with everything that stands against it:
 * `distil-side-effect`, `distil-foreign-import`, `distil-twice`, `distil-missing-name`, `distil-type-error`.
 */
export async function distilStudy(study: string, options: DistilOptions = {}): Promise<Distilled> {
  const root = options.root ?? workspace().root;
  const ts = await loadTypeScript(root);
  const cells = readStudyCells(study, root);
  const parsed = cells.blocks.map((block) => parseBlock(ts, block));
  const issues = [...parsed.flatMap((one) => one.issues), ...definedTwice(parsed)];
  if (issues.length > 0) throw new Problem(issues);

  const notebooks = cells.notebooks.filter((notebook) =>
    parsed.some(({ block }) => block.notebook === notebook),
  );
  const path = modulePath(study, root);
  const header = { study, path, program: options.program ?? programVersion(), notebooks };
  const imports = neededImports(ts, parsed, cells);
  const bare = assemble(parsed, imports, header);
  refuseCircles(imports, path);
  const checked = checkModule(ts, bare.text, { root, path });
  if (checked.complaints.length > 0) {
    throw new Problem(checked.complaints.map((complaint) => asIssue(ts, complaint, { bare, cells })));
  }
  let { text } = bare;
  for (const { at, text: annotation } of [...checked.annotations].reverse()) {
    text = text.slice(0, at) + annotation + text.slice(at);
  }
  for (const { name, from } of checked.typeNames) {
    const end = `} from '${from}';`;
    text = text.replace(end, `, type ${name} ${end}`);
  }
  return { path, text: formatModule(text, { root, path }), blocks: cells.blocks };
}

/** Where the module of a study stands: in the study's folder, where it has one, else a file of its own. */
function modulePath(study: string, root: string): string {
  const { studies } = workspace(root);
  const path = existsSync(join(studies, study))
    ? join(studies, study, 'study.ts')
    : join(studies, `${study}.ts`);
  return relative(root, path).replaceAll('\\', '/');
}

/** A notebook that makes a study cannot read it: what is distilled would import itself. */
function refuseCircles(imports: readonly ImportedName[], path: string): void {
  const own = path.replace(/^src\/(.*)\.ts$/, 'alambique/$1');
  if (!imports.some(({ from }) => from === own)) return;
  throw new Problem({
    code: 'distil-circle',
    what: `a marked cell imports ${own}, the module that the cells are distilled into`,
    remedy: 'import from a file that is written by hand, or define it in the notebook',
  });
}

/** Writes the module; true where it was not the same before. */
export async function writeStudy(
  study: string,
  options: DistilOptions = {},
): Promise<Distilled & { changed: boolean }> {
  const root = options.root ?? workspace().root;
  const distilled = await distilStudy(study, options);
  const file = join(root, distilled.path);
  const changed = !existsSync(file) || readFileSync(file, 'utf8') !== distilled.text;
  if (changed) writeFileAtomically(file, distilled.text);
  return { ...distilled, changed };
}

/**
 * Throws a `Problem` (`distil-differs`) where the module on disk does not say what the notebooks say. White space and
 * indentation, in a cell or in the module, do not count.
 */
export async function checkStudy(study: string, options: DistilOptions = {}): Promise<Distilled> {
  const root = options.root ?? workspace().root;
  const distilled = await distilStudy(study, options);
  const file = join(root, distilled.path);
  const remedy = `run \`alambique distil ${study}\`; if the module was edited by hand, move the change into the notebook`;
  if (!existsSync(file)) {
    throw new Problem({
      code: 'distil-differs',
      what: 'the module is missing',
      where: { file: distilled.path },
      remedy,
    });
  }
  const actual = readFileSync(file, 'utf8');
  const line = firstDifference(await loadTypeScript(), distilled.text, actual);
  if (line === undefined) return distilled;
  const got = actual.split('\n')[line - 1]?.trim();
  throw new Problem({
    code: 'distil-differs',
    what: 'the module does not say what the notebooks say',
    where: { file: distilled.path, line },
    got,
    remedy,
  });
}

function definedTwice(parsed: readonly ParsedBlock[]): Issue[] {
  const first = new Map<string, Block>();
  return parsed.flatMap(({ block, defines }) =>
    defines.flatMap((name): Issue[] => {
      const before = first.get(name);
      if (!before) {
        first.set(name, block);
        return [];
      }
      return [
        {
          code: 'distil-twice',
          what: `"${name}" is already exported by ${before.notebook}, cell ${before.cell}`,
          where: { file: block.notebook, cell: block.cell },
          remedy: 'export it once, or under another name',
        },
      ];
    }),
  );
}

/** The imports that the blocks use: their own, and those of the unmarked cells of the same notebook. */
function neededImports(ts: TypeScript, parsed: readonly ParsedBlock[], cells: StudyCells): ImportedName[] {
  const defined = new Set(parsed.flatMap((one) => one.defines));
  return parsed.flatMap((one) => {
    const used = identifiers(ts, one.text);
    const nearby = cells.others
      .filter(({ notebook }) => notebook === one.block.notebook)
      .concat(cells.blocks.filter(({ notebook }) => notebook === one.block.notebook))
      .flatMap(({ code }) =>
        importedNames(ts, ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true)),
      );
    return [...nearby, ...one.imports].filter(({ as }) => used.has(as) && !defined.has(as));
  });
}

function identifiers(ts: TypeScript, text: string): Set<string> {
  const names = new Set<string>();
  const visit = (node: import('typescript').Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, (child) => {
      // The key of a property is no use of the name: `{ compare: … }` does not call `compare`.
      const key = ts.isPropertyAssignment(node) && child === node.name && ts.isIdentifier(child);
      if (!key) visit(child);
    });
  };
  visit(ts.createSourceFile('cell.ts', text, ts.ScriptTarget.Latest, true));
  return names;
}

/** "Cannot find name": the compiler's numbers for it. */
const unknownName = new Set([2304, 2552, 2503, 18004, 2581, 2582, 2592]);

function asIssue(
  ts: TypeScript,
  complaint: Complaint,
  { bare, cells }: { bare: Assembled; cells: StudyCells },
): Issue {
  const origin = bare.origin(complaint.line);
  const where = origin
    ? { file: origin.parsed.block.notebook, cell: origin.parsed.block.cell, line: origin.line }
    : undefined;
  const name = unknownName.has(complaint.code) ? /'([^']+)'/.exec(complaint.message)?.[1] : undefined;
  if (name === undefined) return { code: 'distil-type-error', what: complaint.message, where };
  const definedIn = cells.others
    .filter(({ code }) =>
      ts
        .createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true)
        .statements.some((statement) => definedNames(ts, statement)?.includes(name)),
    )
    .map(({ notebook, cell }) => `${notebook}, cell ${cell}`);
  return {
    code: 'distil-missing-name',
    what: `the cell needs "${name}", which no exported cell defines`,
    where,
    remedy:
      definedIn.length > 0
        ? `mark ${listNames(definedIn, { last: 'or' })} with \`//| export\`, if it only defines`
        : `define it in an exported cell, or import it from ${packageName}`,
  };
}
