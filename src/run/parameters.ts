/** Parameters of a notebook: declared in a cell tagged `parameters`, given anew in a cell behind it. */

import type { Notebook, NotebookCell } from '../notebook/notebook.js';
import { loadTypeScript, type TypeScript } from '../notebook/typescript.js';
import { listNames, Problem } from '../problem.js';

/** One declared parameter. */
export interface DeclaredParameter {
  name: string;
  /** How a value is read: by the annotation or, without one, by the default. */
  kind: 'number' | 'string' | 'boolean' | 'json';
  /** The annotation as written, such as `'simulated' | 'real'`. */
  type?: string;
  /** The texts allowed, where the annotation is a union of texts. */
  choices?: readonly string[];
}

const declaringTag = 'parameters';
const injectedTag = 'injected-parameters';

/** The parameters that a notebook declares; none where no cell has the tag. */
export async function declaredParameters(notebook: Notebook): Promise<DeclaredParameter[]> {
  const cell = declaringCell(notebook);
  if (!cell) return [];
  const ts = await loadTypeScript();
  const source = ts.createSourceFile('parameters.ts', cell.source, ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isVariableStatement).flatMap((statement) =>
    statement.declarationList.declarations.flatMap((declaration): DeclaredParameter[] => {
      if (!ts.isIdentifier(declaration.name) || !declaration.initializer) return [];
      const type = declaration.type?.getText(source);
      const choices = declaration.type && textChoices(ts, declaration.type);
      const kind = choices ? 'string' : kindOf(ts, type, declaration.initializer);
      return [{ name: declaration.name.text, kind, type, choices }];
    }),
  );
}

/**
 * The notebook with these values, given as texts, in a cell behind the declaring one; a cell injected earlier is
 * replaced. Throws a `Problem` with all that is wrong: `parameter-unknown`, `parameter-type`, `parameter-choice`.
 * What the annotation says beyond that, the compiler checks when the cell runs.
 */
export async function injectParameters(
  notebook: Notebook,
  values: { readonly [name: string]: string },
  file: string,
): Promise<Notebook> {
  const declared = await declaredParameters(notebook);
  const cell = declaringCell(notebook);
  const issues: Problem['issues'][number][] = [];
  const lines: string[] = [];
  for (const [name, text] of Object.entries(values)) {
    const parameter = declared.find((one) => one.name === name);
    if (!parameter) {
      const known = listNames(declared.map((one) => one.name));
      issues.push({
        code: 'parameter-unknown',
        what: `the notebook has no parameter "${name}"`,
        where: { file },
        expected: known === '' ? `a cell tagged \`${declaringTag}\` that declares it` : known,
      });
      continue;
    }
    const literal = literalOf(parameter, text);
    if (typeof literal !== 'string') issues.push({ ...literal, where: { file } });
    else lines.push(`const ${name}${parameter.type ? `: ${parameter.type}` : ''} = ${literal};`);
  }
  if (issues.length > 0) throw new Problem(issues);
  if (!cell || lines.length === 0) return notebook;
  const injected: NotebookCell = {
    cell_type: 'code',
    id: injectedTag,
    metadata: { tags: [injectedTag] },
    source: lines.join('\n'),
    execution_count: null,
    outputs: [],
  };
  const cells = notebook.cells.filter((one) => !one.metadata.tags?.includes(injectedTag));
  cells.splice(cells.indexOf(cell) + 1, 0, injected);
  return { ...notebook, cells };
}

function declaringCell(notebook: Notebook): NotebookCell | undefined {
  return notebook.cells.find(
    (cell) => cell.cell_type === 'code' && cell.metadata.tags?.includes(declaringTag),
  );
}

function literalOf(
  { name, kind, choices }: DeclaredParameter,
  text: string,
): string | { code: string; what: string; got: string; expected: string } {
  const wrong = (code: string, expected: string): ReturnType<typeof literalOf> => ({
    code,
    what: `the parameter "${name}" cannot have this value`,
    got: JSON.stringify(text),
    expected,
  });
  if (choices && !choices.includes(text))
    return wrong('parameter-choice', listNames(choices, { last: 'or' }));
  if (kind === 'string') return JSON.stringify(text);
  if (kind === 'number') {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) ? String(value) : wrong('parameter-type', 'a finite number');
  }
  if (kind === 'boolean')
    return text === 'true' || text === 'false' ? text : wrong('parameter-type', 'true or false');
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return wrong('parameter-type', 'JSON');
  }
}

function kindOf(
  ts: TypeScript,
  type: string | undefined,
  initializer: import('typescript').Expression,
): DeclaredParameter['kind'] {
  if (type === 'number' || type === 'string' || type === 'boolean') return type;
  if (type !== undefined) return 'json';
  const value = ts.isPrefixUnaryExpression(initializer) ? initializer.operand : initializer;
  if (ts.isNumericLiteral(value)) return 'number';
  if (ts.isStringLiteralLike(value)) return 'string';
  const { kind } = value;
  return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword ? 'boolean' : 'json';
}

function textChoices(ts: TypeScript, type: import('typescript').TypeNode): string[] | undefined {
  const members = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  const texts = members.map((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? member.literal.text : undefined,
  );
  return texts.every((text) => text !== undefined) ? (texts as string[]) : undefined;
}
