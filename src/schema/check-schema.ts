/** Checks that a schema makes sense in itself, before any row is seen. */
import { type Issue, listNames, show } from '../problem.js';
import { IssueList } from '../table/issue-list.js';
import { didYouMean } from '../table/nearest-name.js';
import type { ColumnType } from './column-types.js';
import type { SchemaParts, Target } from './schema.js';

const kinds: readonly ColumnType['kind'][] = ['number', 'category', 'yesNo', 'date', 'id'];

/** Throws a `Problem` with everything that is wrong with the statement. */
export function checkSchema({ moment, target, order, group, columns }: SchemaParts): void {
  const issues = new IssueList();
  const add = (code: string, what: string, more: Partial<Issue> = {}): void =>
    issues.add(() => ({ code, what, ...more }));
  const names = columns.map(({ name }) => name);

  if (!moment?.trim()) {
    add('schema-no-moment', 'the schema does not say when the prediction is made', {
      remedy: "give a moment in words, such as moment: 'the call is placed'",
    });
  }
  if (!target.name) {
    add('schema-no-target-name', 'the target has no column name', {
      remedy: "write target: yesNo('y'), number('units') or category('plan')",
    });
  } else if (names.includes(target.name)) {
    add('schema-target-among-columns', 'the target is declared as a column too', {
      where: { column: target.name },
      remedy: 'leave it out of before, during and after',
    });
  }
  checkTarget(target, add);
  if (!columns.some(({ known }) => known === 'before')) {
    add('schema-no-columns', 'no column is known before the moment of prediction', {
      remedy: 'declare at least one in before',
    });
  }
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    add('schema-repeated-column', 'the column is declared more than once', {
      where: { column: name },
      remedy: 'keep it in one of before, during and after',
    });
  }
  if (order !== undefined && order !== 'rows') {
    const type = columns.find(({ name }) => name === order)?.type;
    if (!type) add('schema-unknown-order', 'the order names no column', unknown(order, names));
    else if (type.kind !== 'number' && type.kind !== 'date') {
      add('schema-order-not-orderable', `a column of kind ${type.kind} cannot order rows`, {
        where: { column: order },
        expected: "a date or a number, or 'rows' where the file stands in time order",
      });
    }
  }
  if (group !== undefined && !names.includes(group)) {
    add('schema-unknown-group', 'the group names no column', unknown(group, names));
  }
  for (const { name, type } of columns) checkType(name, type, add);
  issues.throwIfAny();
}

const targetKinds: readonly string[] = ['yesNo', 'number', 'category'];

function checkTarget({ name, type }: Target, add: Add): void {
  const where = { column: name };
  if (!targetKinds.includes(type?.kind)) {
    add('schema-target-kind', 'this kind of column cannot be predicted', {
      where,
      got: show(type?.kind ?? type),
      expected: "yesNo('y') for two answers, number('units') or category('plan') for three or more",
    });
    return;
  }
  checkType(name, type, add);
  if (type.optional === true) {
    add('schema-optional-target', 'the target is declared as optional', {
      where,
      remedy: 'leave the rows without an outcome out of the file: they can neither teach nor judge',
    });
  }
}

type Add = (code: string, what: string, more?: Partial<Issue>) => void;

function checkType(name: string, type: ColumnType, add: Add): void {
  const where = { column: name };
  if (name === '') add('schema-empty-name', 'a column has an empty name');
  if (!kinds.includes(type?.kind)) {
    add('schema-unknown-kind', 'the declaration is not a column type', {
      where,
      got: show(type),
      expected: `one of ${kinds.map((kind) => `${kind}()`).join(', ')}`,
    });
    return;
  }
  if (type.kind === 'number') {
    const [low, high] = type.range ?? [0, 0];
    if (!(low <= high)) {
      add('schema-bad-range', 'the range is empty', {
        where,
        got: show(type.range),
        expected: 'the lowest possible value, then the highest',
      });
    }
    if (type.missing?.some((code) => !Number.isFinite(code))) {
      add('schema-bad-missing', 'a missing code is no finite number', { where, got: show(type.missing) });
    }
  }
  if (type.kind === 'category' && type.levels) checkLevels(name, type.levels, type.missing ?? [], add);
  if (type.kind === 'yesNo') {
    const given = [type.yes, type.no] as readonly unknown[];
    if (given.some((text) => typeof text !== 'string')) {
      add('schema-yes-no-text', 'yes and no are texts, as the file writes them', {
        where,
        got: show({ yes: type.yes, no: type.no }),
        remedy: `put them in quotes, such as { yes: '${type.yes}', no: '${type.no}' }`,
      });
    } else if (type.yes === type.no) {
      add('schema-same-yes-no', 'yes and no are the same text', { where, got: show(type.yes) });
    }
    if (type.name !== undefined && type.name !== name) {
      add('schema-two-names', `the column is also called "${type.name}"`, {
        where,
        remedy: 'give a name to yesNo for the target only',
      });
    }
  }
}

function checkLevels(name: string, levels: readonly string[], missing: readonly string[], add: Add): void {
  const where = { column: name };
  const given: readonly unknown[] = [...levels, ...missing];
  if (given.some((text) => typeof text !== 'string')) {
    add('schema-level-text', 'levels and missing codes of a category are texts, as the file writes them', {
      where,
      got: show(given.find((text) => typeof text !== 'string')),
      remedy: 'put them in quotes',
    });
    return;
  }
  if (levels.length === 0) {
    add('schema-no-levels', 'the list of levels is empty', {
      where,
      remedy: 'list them, or leave levels out to have them learned',
    });
  }
  if (levels.includes('')) {
    add('schema-empty-level', 'a level is the empty text, which means a missing value', { where });
  }
  const repeated = levels.filter((level, index) => levels.indexOf(level) !== index);
  if (repeated.length > 0) {
    add('schema-repeated-level', `levels are listed twice: ${listNames(repeated)}`, { where });
  }
  const both = levels.filter((level) => missing.includes(level));
  if (both.length > 0) {
    add('schema-missing-level', `levels are also codes for a missing value: ${listNames(both)}`, { where });
  }
}

function unknown(name: string, names: readonly string[]): Partial<Issue> {
  return {
    got: show(name),
    expected: `one of ${listNames(names, { last: 'or' })}`,
    remedy: didYouMean(name, names),
  };
}
