/** Makes a schema from its statement, and prints it. */
import { dateWords } from '../table/date-text.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import { checkSchema } from './check-schema.js';
import type { ColumnType } from './column-types.js';
import type { Moment, Schema, SchemaColumn, SchemaParts, SchemaSpec, Target } from './schema.js';

/**
 * States what is predicted, when, and when each column becomes known. The result's type carries the names of
 * the columns that a feature may use and of those it may not.
 *
 * Throws a `Problem` with every `schema-…` issue of the statement at once.
 *
 * @example
 * const bank = defineSchema({
 *   moment: 'the call is placed',
 *   target: yesNo('y'),
 *   order: 'rows',
 *   before: { age: number({ unit: 'years' }), job: category() },
 *   after: { duration: number({ unit: 's', because: 'known when we hang up' }) },
 * });
 */
export function defineSchema<
  Before extends string,
  During extends string = never,
  After extends string = never,
>(spec: SchemaSpec<Before, During, After>): Schema<Before, During | After> {
  const { moment, target, order, group } = spec;
  const columns = [
    ...columnsOf('before', spec.before),
    ...columnsOf('during', spec.during),
    ...columnsOf('after', spec.after),
  ];
  return makeSchema<Before, During | After>({
    moment,
    target: { name: target?.name ?? '', type: target },
    order: order as string | undefined,
    group: group as string | undefined,
    columns,
  });
}

/** A checked schema from its parts; for `defineSchema` and for reading a saved one. */
export function makeSchema<Before extends string, Late extends string>(
  parts: SchemaParts,
): Schema<Before, Late> {
  checkSchema(parts);
  const named = (late: boolean): string[] =>
    parts.columns.filter(({ known }) => (known !== 'before') === late).map(({ name }) => name);
  const schema = {
    ...parts,
    before: named(false) as Before[],
    late: named(true) as Late[],
  };
  return withSheet<Schema<Before, Late>>(schema, sheetOf);
}

/** What is predicted, then a line a column. */
function sheetOf(schema: Schema): Sheet {
  const above = [`Predicts ${describeTarget(schema.target)} when ${schema.moment}.`];
  if (schema.order === 'rows') above.push('Rows stand in time order.');
  else if (schema.order !== undefined) above.push(`Rows are ordered by ${schema.order}.`);
  if (schema.group !== undefined) above.push(`Rows of one ${schema.group} belong together.`);
  const rows = schema.columns.map(({ name, known, type }) => [
    name,
    describeType(type),
    type.kind === 'number' ? (type.unit ?? '') : '',
    known,
    type.because ?? '',
  ]);
  const header = ['column', 'kind', 'unit', 'known', 'because'];
  return { above: [above.join(' '), ''], header, rows, align: header.map(() => 'left') };
}

/** "y = "yes" (or "no")", "units (pieces)", "plan (3 levels)". */
function describeTarget({ name, type }: Target): string {
  if (type.kind === 'yesNo') return `${name} = "${type.yes}" (or "${type.no}")`;
  if (type.kind === 'number') return type.unit === undefined ? name : `${name} (${type.unit})`;
  return type.levels === undefined ? `which ${name}` : `which ${name} (${type.levels.length} levels)`;
}

function describeType(type: ColumnType): string {
  const notes: string[] = [];
  if (type.kind === 'number') {
    if (type.integer) notes.push('whole');
    if (type.range) notes.push(`${type.range[0]} to ${type.range[1]}`);
  }
  if (type.kind === 'category' && type.levels) notes.push(`${type.levels.length} levels`);
  if (type.kind === 'yesNo') notes.push(`${type.yes}/${type.no}`);
  if (type.kind === 'date' && type.format && type.format !== 'iso')
    notes.push(dateWords[type.format].replace(/, such as.*/, ''));
  if ((type.kind === 'number' || type.kind === 'category') && type.missing?.length) {
    notes.push(`missing ${type.missing.join(', ')}`);
  }
  if (type.optional) notes.push('optional');
  return notes.length > 0 ? `${type.kind} (${notes.join('; ')})` : type.kind;
}

function columnsOf(known: Moment, types: { readonly [name: string]: ColumnType } = {}): SchemaColumn[] {
  return Object.entries(types).map(([name, type]) => ({ name, known, type }));
}
