/** The declaration that fits a column. */
import type { ColumnType } from '../schema/column-types.js';
import { outcomesOf } from '../schema/outcomes.js';
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
