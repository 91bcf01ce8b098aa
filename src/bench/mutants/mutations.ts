/** Every small change that can be made to a source: one operator, constant or branch at a time. */
import ts from 'typescript';

/** A change of one place. */
export interface Mutation {
  readonly start: number;
  readonly end: number;
  /** 1-based. */
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

const operators: Readonly<Record<string, string>> = {
  ...{ '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '**': '*' },
  ...{ '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===' },
  ...{ '&&': '||', '||': '&&', '??': '&&', '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=' },
};

/** The changes that a TypeScript source allows, in the order of their places. Types, imports and texts stay as they are. */
export function mutationsOf(source: string): Mutation[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true);
  const found: Mutation[] = [];
  const add = (node: ts.Node, to: string): void => {
    const [start, end] = [node.getStart(file), node.getEnd()];
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ start, end, line, from: source.slice(start, end), to });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const to = operators[node.operatorToken.getText(file)];
      // The sum of a text is no number.
      if (to !== undefined && !(to === '-' && holdsText(node))) add(node.operatorToken, to);
    } else if (ts.isNumericLiteral(node)) add(node, Number(node.text) === 0 ? '1' : '0');
    else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true');
    else if (ts.isIfStatement(node)) add(node.expression, `!(${node.expression.getText(file)})`);
    else if (ts.isConditionalExpression(node)) add(node.condition, `!(${node.condition.getText(file)})`);
    else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken)
      add(node, node.operand.getText(file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function holdsText(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return true;
  return ts.isBinaryExpression(node) && (holdsText(node.left) || holdsText(node.right));
}

/** The source with the change made. */
export function mutate(source: string, { start, end, to }: Mutation): string {
  return source.slice(0, start) + to + source.slice(end);
}
