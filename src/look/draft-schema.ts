/** Drafts the schema of a file that was looked at: every guess with its reason, everything doubtful late. */
import type { Audit } from '../leakage/audit.js';
import { Problem } from '../problem.js';
import type { ColumnType, TargetType } from '../schema/column-types.js';
import { declarationCode } from '../schema/declaration-code.js';
import { makeSchema } from '../schema/define-schema.js';
import type { Dataset, Moment, Schema } from '../schema/schema.js';
import type { Dialect } from '../table/dialect.js';
import { didYouMean } from '../table/nearest-name.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import { declarationOf, targetDeclaration } from './column-declaration.js';
import { schemaCode } from './draft-code.js';
import { type Doubts, lateByAudit, lateByName } from './late-columns.js';
import type { ColumnLook, Look, TargetCandidate } from './look.js';
import { sampleOf } from './look-of.js';
import type { Sample } from './sample.js';
import { sampleDataset } from './sample-dataset.js';
import { taskOf } from './target-candidates.js';

/** What a draft is told. */
export interface DraftOptions {
  /** The column to predict. */
  target: string;
  /** When the prediction is made, in words: "the offer is sent". */
  moment?: string;
  /** The kind of target, where its values leave it open. */
  task?: TargetCandidate['task'];
  /** What the schema is called in the code: a name of JavaScript. */
  name?: string;
}

/** One column of a draft. */
export interface DraftColumn {
  readonly name: string;
  readonly known: Moment;
  readonly type: ColumnType;
  /** Why it is taken for that, and why it is late where it is. */
  readonly why: string;
}

/** A schema to start from; shows itself as its code. */
export interface SchemaDraft {
  readonly schema: Schema;
  /** The schema as code to paste into a cell, with the reasons as comments. */
  readonly code: string;
  /** All columns but the target, in the order of the file. */
  readonly columns: readonly DraftColumn[];
  readonly targetWhy: string;
  /** How the file is written, to be kept with the study. */
  readonly dialect: Dialect;
  /** What the audit found in a sample of the rows, with everything doubtful late. */
  readonly audit: Audit | undefined;
}

/** Where nobody says when. */
const SOME_MOMENT = 'the prediction is asked for';

/**
 * A schema for the file, with `target` predicted. A column is left out of every feature where its name, or what the leakage audit
 * finds in a sample of the rows, gives reason to doubt that it is known in time: a column wrongly left out costs a little,
 * one wrongly let in costs the study.
 *
 * Throws `draft-target` for a column that is not there, or cannot be predicted.
 *
 * @example
 * const draft = draftSchema(await look('calls.csv'), { target: 'y', moment: 'the call is placed' });
 * draft.schema.late // → [ 'duration' ]
 */
export function draftSchema(look: Look, options: DraftOptions): SchemaDraft {
  const target = targetOf(look, options);
  const { type, why: targetWhy } = targetDeclaration(target.column, target.task);
  const others = look.columns.filter(({ name }) => name !== options.target);
  const group = look.groups.find(({ column }) => column !== options.target && !hasGaps(look, column))?.column;
  const byDate =
    look.order &&
    look.order.by !== 'rows' &&
    look.order.by !== options.target &&
    !hasGaps(look, look.order.by);
  const order = byDate ? look.order?.by : look.order?.by === 'rows' ? 'rows' : undefined;
  const moment = options.moment?.trim() || SOME_MOMENT;
  const parts = {
    look,
    others,
    target: { name: options.target, type: type as TargetType },
    group,
    order,
    moment,
  };

  const named = lateByName(
    others.filter(({ name, kind }) => kind !== 'id' && name !== order).map(({ name }) => name),
    options.target,
  );
  const sample = sampleOf(look);
  const { late, audit } = lateByAudit(named, (doubts): Dataset | undefined => {
    const columns = columnsOf(parts, doubts);
    if (!sample || !columns.some(isFeature)) return undefined;
    return sampleDataset(look, { schema: schemaOf(parts, columns), sample });
  });
  const columns = columnsOf(parts, late);
  if (!columns.some(isFeature)) throw nothingKnown(options.target);
  // Rows of one group stand together, and so tell the outcome; rows sorted by the outcome tell it best.
  const fromRows =
    order === undefined &&
    group === undefined &&
    !isSortedBy(target.column, sample) &&
    audit?.findings.some(isOrderOfRows) === true;
  const finished = { ...parts, order: fromRows ? 'rows' : order };
  const schema = schemaOf(finished, columns);
  const draft: SchemaDraft = {
    schema,
    code: schemaCode(schema, {
      name: options.name ?? 'schema',
      columns,
      targetWhy,
      orderWhy: look.order?.why,
    }),
    columns,
    targetWhy,
    dialect: look.dialect,
    audit,
  };
  return withSheet(draft, sheetOf);
}

interface Parts {
  readonly look: Look;
  readonly others: readonly ColumnLook[];
  readonly target: Schema['target'];
  readonly group: string | undefined;
  readonly order: string | undefined;
  readonly moment: string;
}

function targetOf(
  look: Look,
  { target, task }: DraftOptions,
): { column: ColumnLook; task: TargetCandidate['task'] } {
  const column = look.columns.find(({ name }) => name === target);
  const names = look.columns.map(({ name }) => name);
  const refuse = (what: string, remedy: string | undefined): Problem =>
    new Problem({
      code: 'draft-target',
      what,
      where: { column: target },
      ...(remedy !== undefined && { remedy }),
    });
  if (!column)
    throw refuse(
      `${look.file} has no such column`,
      didYouMean(target, names) ?? `it has ${names.slice(0, 30).join(', ')}`,
    );
  const kind = task ?? taskOf(column);
  if (column.constant) throw refuse('every row holds the same, and nothing can be learned', undefined);
  if (column.missingCodes.some(({ sure }) => sure)) {
    throw refuse(
      `${column.missing} of ${look.rowCount} rows have no value in it`,
      'take these rows out of the file: they can neither teach nor judge',
    );
  }
  if (kind === undefined) {
    throw refuse(
      `it looks like ${column.kind === 'id' ? 'an id' : `a ${column.kind}`} of ${column.distinct} values, which nothing can predict`,
      'name another target, or state its kind: yesNo, number or category',
    );
  }
  const holdsNumbers =
    column.kind === 'number' ||
    (column.levels.length > 0 &&
      column.levels.every(({ level }) => !Number.isNaN(Number(level || Number.NaN))));
  if (task === 'number' && !holdsNumbers)
    throw refuse(
      `it holds no numbers, but ${column.levels.length > 0 ? `such as "${column.levels[0]!.level}"` : 'texts'}`,
      'leave --task out, or name another target',
    );
  return { column, task: kind };
}

function hasGaps(look: Look, name: string): boolean {
  return (look.columns.find((column) => column.name === name)?.missing ?? 1) > 0;
}

function columnsOf({ others, order }: Parts, late: Doubts): DraftColumn[] {
  return others.map((column): DraftColumn => {
    const { name, why } = column;
    const type = declarationOf(column);
    if (name === order) {
      const because = 'it puts the rows in order; a feature of it would only tell the date';
      return { name, known: 'during', type: { ...orderable(type), because }, why: because };
    }
    const doubt = type.kind === 'id' ? undefined : late.get(name);
    if (doubt === undefined) return { name, known: 'before', type, why: type.because ?? why };
    return { name, known: 'after', type: { ...type, because: doubt }, why: doubt };
  });
}

/** What orders rows must be there in each of them. */
function orderable(type: ColumnType): ColumnType {
  return type.kind === 'number' ? { kind: 'number' } : { kind: 'date' };
}

function isFeature({ known, type }: DraftColumn): boolean {
  return known === 'before' && type.kind !== 'id';
}

function schemaOf({ target, group, order, moment }: Parts, columns: readonly DraftColumn[]): Schema {
  const at = (moment: Moment): DraftColumn[] => columns.filter(({ known }) => known === moment);
  return makeSchema({
    moment,
    target,
    order,
    group,
    columns: [...at('before'), ...at('during'), ...at('after')].map(({ name, known, type }) => ({
      name,
      known,
      type,
    })),
  });
}

/** Whether the rows were sorted by the target: as many stretches as values, or nearly. */
function isSortedBy({ name, follows, distinct }: ColumnLook, sample: Sample | undefined): boolean {
  const codes = sample?.columns.find((column) => column.name === name)?.codes;
  if (follows !== undefined || !codes) return follows !== undefined;
  let stretches = 1;
  for (let row = 1; row < codes.length; row++) if (codes[row] !== codes[row - 1]) stretches++;
  return stretches <= 3 * distinct && distinct < codes.length / 10;
}

function isOrderOfRows({ code, columns, severity }: Audit['findings'][number]): boolean {
  return code === 'L07' && severity !== 'note' && columns[0] === 'row index';
}

function nothingKnown(target: string): Problem {
  return new Problem({
    code: 'draft-nothing-known',
    what: 'every column seems to be written after the outcome, or names rows',
    where: { column: target },
    remedy: 'state the schema yourself with defineSchema, and say in `because` why a column is known in time',
  });
}

function sheetOf({ schema, columns, targetWhy }: SchemaDraft): Sheet {
  const header = ['column', 'known', 'declared as', 'why'];
  return {
    above: [`Predicts ${schema.target.name} when ${schema.moment}; ${targetWhy}.`, ''],
    header,
    rows: columns.map(({ name, known, type, why }) => [
      name,
      known,
      declarationCode({ ...type, because: undefined } as ColumnType),
      why,
    ]),
    align: header.map(() => 'left'),
  };
}
