/** Mends how a compiled cell speaks of variables: tslab's own rewriting misses short properties and spoils property names. */
import type * as TypeScriptApi from 'typescript';

type Node = TypeScriptApi.Node;
type Identifier = TypeScriptApi.Identifier;

/** The part of the compiler's API that is used here; tslab brings an older one than the project's. */
export type NodeApi = Pick<
  typeof TypeScriptApi,
  | 'factory'
  | 'isBindingElement'
  | 'isIdentifier'
  | 'isShorthandPropertyAssignment'
  | 'isVariableStatement'
  | 'NodeFlags'
  | 'setTextRange'
  | 'SyntaxKind'
  | 'visitEachChild'
>;

/** Where tslab keeps the declarations of all earlier cells. */
const earlierCells = /(^|\/)__prev__\.d\.ts$/;

/**
 * What is done to a cell before tslab turns its uses of earlier variables into `exports.name`:
 * `{ train }` becomes `{ train: exports.train }`, which tslab leaves as it stands; the `train` of `const { train: mine }`
 * becomes a name that tslab does not take for a variable; and a top-level `let` is exported where it is declared, so
 * that this cell's functions and later cells read and write one variable.
 */
export function mendNames(
  ts: NodeApi,
  checker: TypeScriptApi.TypeChecker,
): TypeScriptApi.TransformerFactory<TypeScriptApi.SourceFile> {
  const { factory } = ts;
  const isEarlier = (symbol: TypeScriptApi.Symbol | undefined): boolean =>
    symbol?.declarations?.some((one) => earlierCells.test(one.getSourceFile().fileName)) ?? false;
  const nameLike = (name: Identifier): Identifier =>
    ts.setTextRange(factory.createIdentifier(name.text), name);

  return (context) => {
    const visit = (node: Node): Node => {
      if (ts.isShorthandPropertyAssignment(node)) {
        const symbol = checker.getShorthandAssignmentValueSymbol(node);
        if (!isEarlier(symbol)) return ts.visitEachChild(node, visit, context);
        const variable = ts.setTextRange(
          factory.createPropertyAccessExpression(factory.createIdentifier('exports'), nameLike(node.name)),
          node.name,
        );
        // The default of a pattern that assigns: `({ train = [] } = given)`.
        const initial = node.objectAssignmentInitializer;
        const value = initial
          ? factory.createAssignment(variable, visit(initial) as TypeScriptApi.Expression)
          : variable;
        return ts.setTextRange(factory.createPropertyAssignment(nameLike(node.name), value), node);
      }
      if (ts.isBindingElement(node) && node.propertyName && ts.isIdentifier(node.propertyName)) {
        const mended = factory.createBindingElement(
          node.dotDotDotToken,
          nameLike(node.propertyName),
          visit(node.name) as TypeScriptApi.BindingName,
          node.initializer && (visit(node.initializer) as TypeScriptApi.Expression),
        );
        return ts.setTextRange(mended, node);
      }
      return ts.visitEachChild(node, visit, context);
    };
    const exported = (statement: TypeScriptApi.Statement): TypeScriptApi.Statement => {
      if (!ts.isVariableStatement(statement)) return statement;
      const { declarationList, modifiers = [] } = statement;
      if (declarationList.flags & ts.NodeFlags.Const) return statement;
      const withExport = [factory.createModifier(ts.SyntaxKind.ExportKeyword), ...modifiers];
      return factory.updateVariableStatement(statement, withExport, declarationList);
    };
    return (source) => {
      const visited = ts.visitEachChild(source, visit, context);
      return factory.updateSourceFile(visited, visited.statements.map(exported));
    };
  };
}
