/** The types of all variables after a cell that did not come to its end: without what it did not come to declare. */
import type * as TypeScriptApi from 'typescript';

type Statement = TypeScriptApi.Statement;

/** The part of the compiler's API that is used here; tslab brings an older one than the project's. */
export type ParserApi = Pick<
  typeof TypeScriptApi,
  | 'createSourceFile'
  | 'isClassDeclaration'
  | 'isEnumDeclaration'
  | 'isFunctionDeclaration'
  | 'isIdentifier'
  | 'isVariableStatement'
  | 'NodeFlags'
  | 'ScriptTarget'
>;

/** `after` without the names that are `lost`, which mean again what they meant `before`. All are texts of declarations. */
export function keptDeclarations(
  ts: ParserApi,
  { before, after, lost }: { before: string; after: string; lost: ReadonlySet<string> },
): string {
  const kept = (text: string, isKept: (name: string) => boolean, others: boolean): string[] => {
    const source = ts.createSourceFile('declarations.d.ts', text, ts.ScriptTarget.Latest, true);
    return source.statements.flatMap((statement) => keptOf(statement, source, isKept, others));
  };
  const isLost = (name: string): boolean => lost.has(name);
  return [...kept(after, (name) => !isLost(name), true), ...kept(before, isLost, false)].join('\n');

  function keptOf(
    statement: Statement,
    source: TypeScriptApi.SourceFile,
    isKept: (name: string) => boolean,
    others: boolean,
  ): string[] {
    if (ts.isVariableStatement(statement)) {
      const { flags, declarations } = statement.declarationList;
      const word = flags & ts.NodeFlags.Const ? 'const' : flags & ts.NodeFlags.Let ? 'let' : 'var';
      const texts = declarations
        .filter(({ name }) => ts.isIdentifier(name) && isKept(name.text))
        .map((declaration) => declaration.getText(source));
      return texts.length > 0 ? [`declare ${word} ${texts.join(', ')};`] : [];
    }
    const isNamed =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    const stays = isNamed && statement.name ? isKept(statement.name.text) : others;
    return stays ? [statement.getFullText(source).trim()] : [];
  }
}
