/** One marked cell as the module takes it: its imports, the names it defines, its text with `export` added; or why not. */
import { createHash } from 'node:crypto';
import type * as TypeScriptApi from 'typescript';
import type { TypeScript } from '../notebook/typescript.js';
import type { Issue } from '../problem.js';
import type { Block } from './blocks.js';
import { contentWords } from './same-content.js';

type Node = TypeScriptApi.Node;
type Statement = TypeScriptApi.Statement;

/** One imported name. */
export interface ImportedName {
  /** The module as the cell writes it: "alambique", or a file of the study, "alambique/studies/tea/source". */
  from: string;
  /** As that module calls it. */
  name: string;
  /** As the cell calls it. */
  as: string;
  typeOnly: boolean;
}

/** What a cell gives to the module. */
export interface ParsedBlock {
  block: Block;
  imports: readonly ImportedName[];
  /** Names of values and types that the cell defines at its top. */
  defines: readonly string[];
  /** The cell with imports blanked and `export` before its declarations; lines keep their numbers. */
  text: string;
  issues: readonly Issue[];
  /** SHA-256 of the cell's words and comments, in hex: indenting it anew leaves it the same. */
  sha256: string;
}

/** What puts something out, wherever it stands. */
const outputs = new Set(['console', 'display', 'plot']);
export const packageName = 'alambique';

/** Parses a marked cell; everything that the module cannot take is an issue with the cell's id and line. */
export function parseBlock(ts: TypeScript, block: Block): ParsedBlock {
  const source = ts.createSourceFile('cell.ts', block.code, ts.ScriptTarget.Latest, true);
  const issues: Issue[] = [];
  const defines: string[] = [];
  const edits: { from: number; to: number; text: string }[] = [];
  const imports = importedNames(ts, source);
  const refuse = (node: Node, code: string, what: string, remedy: string): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    issues.push({ code, what, remedy, where: { file: block.notebook, cell: block.cell, line } });
  };

  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = statement.moduleSpecifier;
      const clause = statement.importClause;
      if (!ts.isStringLiteral(from) || !isOurs(from.text)) {
        refuse(
          statement,
          'distil-foreign-import',
          `a study imports ${packageName} and files of its own only, not ${from.getText(source)}`,
          'do this work in a cell that is not marked, or put it into a file of src/studies',
        );
      } else if (
        !clause ||
        clause.name ||
        !clause.namedBindings ||
        ts.isNamespaceImport(clause.namedBindings)
      ) {
        refuse(
          statement,
          'distil-foreign-import',
          'the module imports by name',
          `write import { … } from ${from.getText(source)}`,
        );
      }
      edits.push({
        from: statement.getStart(source),
        to: statement.end,
        text: blank(statement.getText(source)),
      });
      continue;
    }
    const names = definedNames(ts, statement);
    if (names === undefined) {
      refuse(
        statement,
        'distil-side-effect',
        'a marked cell only defines; this statement does something or shows something',
        'move it to a cell of its own that is not marked',
      );
      continue;
    }
    defines.push(...names);
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      const start = statement.getStart(source);
      edits.push({ from: start, to: start, text: 'export ' });
    }
    visit(statement, false);
  }

  function visit(node: Node, inFunction: boolean): void {
    if (ts.isAwaitExpression(node) && !inFunction) {
      refuse(
        node,
        'distil-side-effect',
        'a module cannot wait while it loads',
        'wait in a cell that is not marked',
      );
    }
    if (ts.isCallExpression(node)) {
      const called = ts.isPropertyAccessExpression(node.expression)
        ? node.expression.expression
        : node.expression;
      if (ts.isIdentifier(called) && outputs.has(called.text)) {
        refuse(
          node,
          'distil-side-effect',
          `\`${node.expression.getText(source)}\` shows something, which a module does not`,
          'show it in a cell that is not marked',
        );
      }
    }
    const inside = inFunction || ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => visit(child, inside));
  }

  let text = block.code;
  for (const edit of edits.sort((a, b) => b.from - a.from)) {
    text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
  }
  const words = contentWords(ts, block.code).map((word) => word.text);
  const sha256 = createHash('sha256').update(words.join('\0')).digest('hex');
  return { block, imports, defines, text, issues, sha256 };
}

/** The names that a text imports from the package, or from files of studies. */
export function importedNames(ts: TypeScript, source: TypeScriptApi.SourceFile): ImportedName[] {
  return source.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
    const { importClause, moduleSpecifier } = statement;
    if (!ts.isStringLiteral(moduleSpecifier) || !isOurs(moduleSpecifier.text)) return [];
    const bindings = importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) return [];
    return bindings.elements.map((element) => ({
      from: moduleSpecifier.text,
      name: (element.propertyName ?? element.name).text,
      as: element.name.text,
      typeOnly: importClause.isTypeOnly || element.isTypeOnly,
    }));
  });
}

/** The names that a statement declares; undefined where it is no declaration. */
export function definedNames(ts: TypeScript, statement: Statement): string[] | undefined {
  if (ts.isVariableStatement(statement)) {
    const names: string[] = [];
    const collect = (name: TypeScriptApi.BindingName): void => {
      if (ts.isIdentifier(name)) names.push(name.text);
      else for (const element of name.elements) if (ts.isBindingElement(element)) collect(element.name);
    };
    for (const declaration of statement.declarationList.declarations) collect(declaration.name);
    return names;
  }
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  ) {
    return statement.name ? [statement.name.text] : undefined;
  }
  return statement.kind === ts.SyntaxKind.EmptyStatement ? [] : undefined;
}

/** The front door, the doors that studies may use beside it, and the files of studies. */
function isOurs(module: string): boolean {
  return /^alambique($|\/(clients|forecast|jobs)$|\/studies\/)/.test(module);
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, '');
}
