/** A declaration as it is typed: `number({ unit: 'years' })`. */
import { literal, quoted } from '../table/code-text.js';
import type { ColumnType } from './column-types.js';

/** The call that makes this declaration; of a target with its name. */
export function declarationCode(type: ColumnType & { name?: string | undefined }): string {
  const { kind, name, ...notes } = type;
  const isDefault = (key: string, value: unknown): boolean =>
    kind === 'yesNo' && (key === 'yes' || key === 'no') && value === key;
  const options = Object.entries(notes).filter(
    ([key, value]) => value !== undefined && !isDefault(key, value),
  );
  const parts = [
    ...(name === undefined ? [] : [quoted(name)]),
    ...(options.length === 0 ? [] : [literal(Object.fromEntries(options))]),
  ];
  return `${kind}(${parts.join(', ')})`;
}
