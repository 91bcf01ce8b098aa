/** The kinds of column a schema may declare: number, category, yesNo, date, id. */

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
  /** How it is written: ISO 8601 day or instant (the default), or day/month/year. */
  format?: 'iso' | 'dmy';
}

export interface NumberType extends NumberOptions {
  readonly kind: 'number';
}
export interface CategoryType extends CategoryOptions {
  readonly kind: 'category';
}
/** A category of two levels; as a target it carries its column's name. */
export interface YesNoType extends ColumnNotes {
  readonly kind: 'yesNo';
  readonly name: string | undefined;
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

/**
 * A column of numbers.
 *
 * @example
 * number({ unit: 'EUR', range: [0, 1_000_000], missing: [-1], optional: true });
 */
export function number(options: NumberOptions = {}): NumberType {
  return { kind: 'number', ...options };
}

/**
 * A column of text with few distinct values.
 *
 * @example
 * category({ levels: ['cellular', 'telephone'], missing: ['unknown'] });
 */
export function category(options: CategoryOptions = {}): CategoryType {
  return { kind: 'category', ...options };
}

/**
 * A column of two texts. As a target, give the column's name: `yesNo('y')`.
 *
 * @example
 * yesNo(); // a column of "yes" and "no"
 * yesNo('churned', { yes: '1', no: '0' }); // a target
 */
export function yesNo(name?: string | YesNoOptions, options: YesNoOptions = {}): YesNoType {
  const given = typeof name === 'object' ? name : options;
  return {
    kind: 'yesNo',
    ...given,
    name: typeof name === 'string' ? name : undefined,
    yes: given.yes ?? 'yes',
    no: given.no ?? 'no',
  };
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
