/** The declaration of a column that a feature reads. */
import { Problem } from '../problem.js';
import type { ColumnType } from '../schema/column-types.js';
import type { Schema } from '../schema/schema.js';

/** The declared type of `name`. Throws `clients-wrong-kind` where it is not of this kind. */
export function typeOf<Kind extends ColumnType['kind'] = ColumnType['kind']>(
  from: Schema,
  name: string,
  kind?: Kind,
): Extract<ColumnType, { kind: Kind }> {
  const type = from.columns.find((column) => column.name === name)?.type;
  if (type && (kind === undefined || type.kind === kind)) return type as Extract<ColumnType, { kind: Kind }>;
  throw new Problem({
    code: 'clients-wrong-kind',
    what: `the feature cannot be made of "${name}", which is declared as ${type?.kind ?? 'nothing'}`,
    where: { column: name },
    expected: kind ?? 'a column of the schema',
  });
}
