/** Type-checks a module that is not on disk, against the built front door; and writes the types that its exports lack. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type * as TypeScriptApi from 'typescript';
import type { TypeScript } from '../notebook/typescript.js';
import { studyOptions } from './study-options.js';

/** A complaint of the compiler: where in the text (0-based line), which number, what. */
export interface Complaint {
  line: number;
  code: number;
  message: string;
}

/** A checked text. */
export interface Checked {
  complaints: readonly Complaint[];
  /** Types to be written into the text, in order of position: `: Recipe<…>`. */
  annotations: readonly { at: number; text: string }[];
  /** Names in those types that the text does not import yet, and the door among its imports that exports each. */
  typeNames: readonly { name: string; from: string }[];
}

/** Checks `text` as the module at `path`. Throws `distil-not-built` where the package has not been built. */
export function checkModule(ts: TypeScript, text: string, at: { root: string; path: string }): Checked {
  const file = join(at.root, at.path.replace(/\.ts$/, '.distilled.ts'));
  const options = studyOptions(ts, at.root);
  // Missing types of exports are written in, and a cell's unused name is its own affair.
  const lenient = {
    isolatedDeclarations: false,
    declaration: false,
    incremental: false,
    noUnusedLocals: false,
  };
  const checking = { ...options, ...lenient, tsBuildInfoFile: undefined, noEmit: true, rootDir: undefined };
  const host = ts.createCompilerHost(checking);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? text : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, text, rest[0], true)
      : parsedOnce(name, () => getSourceFile(name, ...rest));
  const program = ts.createProgram([file], checking, host);
  const source = program.getSourceFile(file)!;
  const complaints = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map(
    (diagnostic): Complaint => ({
      line: source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line,
      code: diagnostic.code,
      message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
    }),
  );
  if (complaints.length > 0) return { complaints, annotations: [], typeNames: [] };
  return missingTypes(ts, program, source);
}

const parsed = new Map<string, { at: number; source: TypeScriptApi.SourceFile | undefined }>();

/** Declarations stay parsed from one check to the next, until their file changes. */
function parsedOnce(
  name: string,
  parse: () => TypeScriptApi.SourceFile | undefined,
): TypeScriptApi.SourceFile | undefined {
  const at = statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? -1;
  const before = parsed.get(name);
  if (before?.at === at) return before.source;
  const source = parse();
  parsed.set(name, { at, source });
  return source;
}

function missingTypes(
  ts: TypeScript,
  program: TypeScriptApi.Program,
  source: TypeScriptApi.SourceFile,
): Checked {
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter({ removeComments: true });
  const annotations: { at: number; text: string }[] = [];
  const needed = new Map<string, TypeScriptApi.Node>();
  const flags =
    ts.NodeBuilderFlags.NoTruncation |
    ts.NodeBuilderFlags.UseAliasDefinedOutsideCurrentScope |
    ts.NodeBuilderFlags.UseSingleQuotesForStringLiteralType;
  const write = (type: TypeScriptApi.Type, near: TypeScriptApi.Node, at: number): void => {
    const node = checker.typeToTypeNode(type, near, flags);
    if (!node) return;
    const look = (inside: TypeScriptApi.Node): void => {
      if (ts.isTypeReferenceNode(inside) && ts.isIdentifier(inside.typeName))
        needed.set(inside.typeName.text, near);
      ts.forEachChild(inside, look);
    };
    look(node);
    annotations.push({ at, text: `: ${printer.printNode(ts.EmitHint.Unspecified, node, source)}` });
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        const { name, type, initializer } = declaration;
        if (type || !ts.isIdentifier(name) || !initializer || isPlain(ts, initializer)) continue;
        write(checker.getTypeAtLocation(name), declaration, name.end);
      }
    } else if (ts.isFunctionDeclaration(statement) && !statement.type && statement.body) {
      const signature = checker.getSignatureFromDeclaration(statement);
      const close = source.text.lastIndexOf(')', statement.body.getStart(source));
      if (signature) write(signature.getReturnType(), statement, close + 1);
    }
  }
  const here = new Set<string>();
  const offered = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const from = statement.moduleSpecifier.text;
    const door = /^alambique(\/|$)/.test(from) && checker.getSymbolAtLocation(statement.moduleSpecifier);
    if (!door) continue;
    for (const { name } of checker.getExportsOfModule(door)) if (!offered.has(name)) offered.set(name, from);
  }
  for (const symbol of checker.getSymbolsInScope(source, ts.SymbolFlags.Type | ts.SymbolFlags.Alias)) {
    here.add(symbol.name);
  }
  const missing = [...needed].filter(([name]) => !here.has(name));
  const complaints = missing
    .filter(([name]) => !offered.has(name))
    .map(([name, node]) => ({
      line: source.getLineAndCharacterOfPosition(node.getStart(source)).line,
      code: 0,
      message: `the type of this export contains "${name}", which the front door does not export; write a type that it does`,
    }));
  const typeNames = missing.flatMap(([name]) => {
    const from = offered.get(name);
    return from === undefined ? [] : [{ name, from }];
  });
  return { complaints, annotations: annotations.sort((a, b) => a.at - b.at), typeNames };
}

/** Whether `isolatedDeclarations` reads the type off the initializer by itself. */
function isPlain(ts: TypeScript, value: TypeScriptApi.Expression): boolean {
  if (ts.isPrefixUnaryExpression(value)) return ts.isNumericLiteral(value.operand);
  return (
    ts.isStringLiteralLike(value) ||
    ts.isNumericLiteral(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword
  );
}
