/** Compiles a study of the workspace into its `dist`, where the build has not done so or a source has changed since. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type * as TypeScriptApi from 'typescript';
import { studyOptions } from '../../distil/study-options.js';
import { loadTypeScript, type TypeScript } from '../../notebook/typescript.js';
import { type Issue, Problem } from '../../problem.js';
import { sha256 } from '../../study/manifest.js';
import type { Workspace } from '../../workspace.js';
import { writeFileAtomically } from '../../write-atomically.js';

/** By study file: the sources that it was compiled from, each with its SHA-256; paths from the root, with slashes. */
type CompiledSources = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The compiled module of a study's file (`path` from the root). Throws `study-type-error` with all that the compiler says
 * against it, `distil-no-typescript` where it must be compiled and there is no compiler.
 */
export async function compiledModule(path: string, { root, studies }: Workspace): Promise<string> {
  const out = join(root, 'dist');
  const compiled = join(out, path.replace(/\.ts$/, '.js'));
  const list = join(out, relative(root, studies), 'sources.json');
  const known = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as CompiledSources) : {};
  const entry = slashed(path);
  if (existsSync(compiled) && isCurrent(known[entry], root)) return compiled;
  const files = compile(await loadTypeScript(root), join(root, path), { root, out });
  // It says of which kind the modules are.
  const description = join(root, 'package.json');
  if (existsSync(description)) files.push(description);
  const sources = files.map((file): [string, string] => [slashed(relative(root, file)), hashOf(file)]);
  writeFileAtomically(list, `${JSON.stringify({ ...known, [entry]: Object.fromEntries(sources) })}\n`);
  return compiled;
}

function isCurrent(sources: CompiledSources[string] | undefined, root: string): boolean {
  if (sources === undefined) return false;
  return Object.entries(sources).every(([path, hash]) => {
    const file = join(root, path);
    return existsSync(file) && hashOf(file) === hash;
  });
}

/** Writes the modules of a file and of all that it imports; their sources. */
function compile(ts: TypeScript, file: string, { root, out }: { root: string; out: string }): string[] {
  const program = ts.createProgram([file], {
    ...studyOptions(ts, root),
    rootDir: root,
    outDir: out,
    noEmit: false,
    declaration: true,
    isolatedDeclarations: false,
  });
  const sources = program.getSourceFiles().filter((source) => !source.isDeclarationFile);
  const complaints = [
    ...program.getOptionsDiagnostics(),
    ...sources.flatMap((source) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]),
  ];
  if (complaints.length > 0) throw new Problem(complaints.map((one) => asIssue(ts, one, root)));
  program.emit();
  return sources.map(({ fileName }) => fileName);
}

function asIssue(ts: TypeScript, complaint: TypeScriptApi.Diagnostic, root: string): Issue {
  const { file, start, messageText } = complaint;
  const what = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (!file) return { code: 'study-type-error', what };
  const { line } = file.getLineAndCharacterOfPosition(start ?? 0);
  const where = { file: slashed(relative(root, file.fileName)), line: line + 1 };
  return { code: 'study-type-error', what, where };
}

function hashOf(file: string): string {
  return sha256(readFileSync(file));
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
