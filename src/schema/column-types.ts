/** The kinds of column a schema may declare: number, category, yesNo, date, id. */

import type { DateFormat } from '../table/date-text.js';

/** What every declaration may say. */
export interface ColumnNotes {
  /** A label for people; by default the column's name. */
  label?: string;
  /** Why the column is known when it is, or what it is. */
  because?: string;
  /**
   * True where a row may come without it: the field empty in a file, null or left out in a body, the column absent.
   * Declaring `missing` codes allows the empty field and null as well, but the column must then be there. Else a
   * missing value is refused. An `id` is optional by nature.
   */
  optional?: boolean;
}

export interface NumberOptions extends ColumnNotes {
  unit?: string;
  /** Codes that stand for "no value", such as -1; they become missing. */
  missing?: readonly number[];
  /** Inclusive bounds of what is possible at all; outside them a row is refused. */
  range?: readonly [number, number];
  /** Only whole numbers are possible. */
  integer?: boolean;
}

export interface CategoryOptions extends ColumnNotes {
  /** The closed list of levels; a level outside it is refused. Without it, levels are learned. */
  levels?: readonly string[];
  /** Texts that stand for "no value"; they become missing. */
  missing?: readonly string[];
}

export interface YesNoOptions extends ColumnNotes {
  /** The text that means yes; by default "yes". */
  yes?: string;
  /** The text that means no; by default "no". */
  no?: string;
}

export interface DateOptions extends ColumnNotes {
  /** How files and requests write it; ISO 8601 by default. Requests may write ISO 8601 whatever it is. */
  format?: DateFormat;
}

/** As a target each of the first three carries its column's name. */
export interface NumberType extends NumberOptions {
  readonly kind: 'number';
  readonly name?: string | undefined;
}
export interface CategoryType extends CategoryOptions {
  readonly kind: 'category';
  readonly name?: string | undefined;
}
/** A category of two levels. */
export interface YesNoType extends ColumnNotes {
  readonly kind: 'yesNo';
  readonly name?: string | undefined;
  readonly yes: string;
  readonly no: string;
}
export interface DateType extends DateOptions {
  readonly kind: 'date';
}
/** An identifier: kept for groups and joins, never a feature. */
export interface IdType extends ColumnNotes {
  readonly kind: 'id';
}
export type ColumnType = NumberType | CategoryType | YesNoType | DateType | IdType;

/** The kinds of column that can be predicted. */
export type TargetType = YesNoType | NumberType | CategoryType;

/**
 * A column of numbers. As a target, give the column's name.
 *
 * @example
 * const age = number({ unit: 'years', range: [0, 120] });
 * const target = number('units', { unit: 'pieces' });
 */
export function number(name?: string | NumberOptions, options: NumberOptions = {}): NumberType {
  return { kind: 'number', ...named(name, options) };
}

/**
 * A column of text with few distinct values. As a target, of three values or more, give the column's name.
 *
 * @example
 * const job = category({ missing: ['unknown'] });
 * const target = category('plan', { levels: ['basic', 'family', 'company'] });
 */
export function category(name?: string | CategoryOptions, options: CategoryOptions = {}): CategoryType {
  return { kind: 'category', ...named(name, options) };
}

/**
 * A column of two texts. As a target, give the column's name.
 *
 * @example
 * const loan = yesNo({ because: 'from the books' });
 * const target = yesNo('y', { yes: 'Yes', no: 'No' });
 */
export function yesNo(name?: string | YesNoOptions, options: YesNoOptions = {}): YesNoType {
  const given = named(name, options);
  return { kind: 'yesNo', ...given, yes: given.yes ?? 'yes', no: given.no ?? 'no' };
}

function named<Options extends object>(
  name: string | Options | undefined,
  options: Options,
): Options & { name?: string } {
  return typeof name === 'string' ? { ...options, name } : { ...(name ?? options) };
}

/**
 * A column of days or instants.
 *
 * @example
 * date({ format: 'dmy', because: 'the day of the order' });
 */
export function date(options: DateOptions = {}): DateType {
  return { kind: 'date', ...options };
}

/**
 * A column that names a thing.
 *
 * @example
 * id({ because: 'names the client, and says nothing of them' });
 */
export function id(options: ColumnNotes = {}): IdType {
  return { kind: 'id', ...options };
}
