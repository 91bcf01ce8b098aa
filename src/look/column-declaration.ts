/** The declaration that fits a column, and its text. */
import type { ColumnType } from '../schema/column-types.js';
import { outcomesOf } from './answers.js';
import type { ColumnLook, TargetCandidate } from './look.js';
import { numberReader } from './number-style.js';

/** The declaration of a column that is not the target. */
export function declarationOf(column: ColumnLook): ColumnType {
  const { kind, constant, missingCodes, unit, yes, no } = column;
  const read = numberReader(column.written);
  const isNumber = (code: string): boolean => kind === 'number' && !Number.isNaN(read(code));
  const optional = missingCodes.some(({ level, sure }) => sure || !isNumber(level)) ? { optional: true } : {};
  if (constant) return { kind: 'id', because: 'it is the same in every row and tells nothing' };
  if (kind === 'id') return { kind };
  if (kind === 'text') return { kind: 'id', because: 'free text, which no feature reads' };
  if (kind === 'date') return { kind, ...(missingCodes.length > 0 && { optional: true }) };
  if (kind === 'yesNo') return { kind, yes: yes ?? 'yes', no: no ?? 'no', ...optional };
  if (kind === 'category') return { kind, ...optional };
  const missing = missingCodes
    .filter(({ level, sure }) => !sure && isNumber(level))
    .map(({ level }) => read(level));
  return {
    kind: 'number',
    ...(unit !== undefined && { unit }),
    ...(missing.length > 0 && { missing }),
    ...optional,
  };
}

/** The declaration of the target, and why of two answers one is taken for yes. */
export function targetDeclaration(
  { name, levels, unit, yes, no }: ColumnLook,
  task: TargetCandidate['task'],
): { type: ColumnType & { name: string; kind: 'yesNo' | 'number' | 'category' }; why: string } {
  if (task === 'number')
    return { type: { kind: task, name, ...(unit !== undefined && { unit }) }, why: 'it is a number' };
  if (task === 'category') return { type: { kind: task, name }, why: `it has ${levels.length} classes` };
  const found =
    yes !== undefined && no !== undefined
      ? { yes, no, why: `"${yes}" says yes by itself` }
      : outcomesOf(levels);
  return { type: { kind: 'yesNo', name, yes: found.yes, no: found.no }, why: found.why };
}

/** The declaration as it is typed: `number({ unit: 'years' })`. */
export function declarationCode(type: ColumnType & { name?: string | undefined }): string {
  const { kind, name, ...notes } = type;
  const options = Object.entries(notes).filter(([key, value]) => {
    if (value === undefined) return false;
    return !(kind === 'yesNo' && notes && (key === 'yes' || key === 'no') && value === key);
  });
  const parts = [
    ...(name === undefined ? [] : [quoted(name)]),
    ...(options.length === 0
      ? []
      : [`{ ${options.map(([key, value]) => `${key}: ${literal(value)}`).join(', ')} }`]),
  ];
  return `${kind}(${parts.join(', ')})`;
}

/** A name as the key of an object. */
export function keyCode(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** A text in single quotes. */
export function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

/** A value as code: texts, numbers, lists and objects of them. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined);
    return `{ ${fields.map(([key, one]) => `${keyCode(key)}: ${literal(one)}`).join(', ')} }`;
  }
  return String(value);
}
