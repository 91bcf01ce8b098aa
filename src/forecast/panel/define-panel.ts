/** Makes a panel's schema from its statement. */
import { type Issue, Problem, show } from '../../problem.js';
import type { ColumnType } from '../../schema/column-types.js';
import { type Sheet, withSheet } from '../../table/sheet.js';
import { type PanelColumn, type PanelSchema, type PanelSpec, rowSchemaOf } from './panel-schema.js';

/**
 * States what is forecast, for which series, in which periods, and when each column becomes known. The result's type carries
 * the names that a feature may use (`before`, `ahead`) and those it may not (`after`).
 *
 * Throws a `Problem` with every `panel-…` or `schema-…` issue of the statement at once.
 *
 * @example
 * const shop = definePanel({
 *   moment: 'the order is placed on Monday morning',
 *   series: ['store', 'product'],
 *   time: week('week'),
 *   target: number('sold', { integer: true }),
 *   available: yesNo('inStock'),
 *   before: { department: category() },
 *   ahead: { promotion: yesNo() },
 *   after: { visitors: number() },
 * });
 * shop.ahead[0]?.name // → 'promotion'
 */
export function definePanel<
  Before extends string = never,
  Ahead extends string = never,
  Late extends string = never,
>(spec: PanelSpec<Before, Ahead, Late>): PanelSchema<Before, Ahead, Late> {
  const { moment, series, time, target, available, seasons } = spec;
  checkParts(spec);
  const schema: PanelSchema<Before, Ahead, Late> = {
    moment,
    series,
    time,
    target: { name: target.name!, type: target },
    available: available && { name: available.name!, type: available },
    before: columnsOf(spec.before),
    ahead: columnsOf(spec.ahead),
    after: columnsOf(spec.after),
    seasons,
  };
  rowSchemaOf(schema);
  return withSheet(schema, sheetOf);
}

function columnsOf<Name extends string, Type extends ColumnType>(
  types: { readonly [K in Name]: Type } | undefined,
): (PanelColumn<Type> & { readonly name: Name })[] {
  return Object.entries<Type>(types ?? {}).map(([name, type]) => ({ name: name as Name, type }));
}

const timeExample = "time: week('week'), or hour, day, month, quarter, year, counted or periods";

function checkParts(spec: PanelSpec<string, string, string>): void {
  const { series, time, target, available, ahead = {}, after = {}, seasons = [] } = spec;
  const issues: Issue[] = [];
  const add = (code: string, what: string, more: Partial<Issue>): void =>
    void issues.push({ code: `panel-${code}`, what, ...more });
  if (!Array.isArray(series))
    add('no-series', 'the panel does not say what names a series', {
      expected: "the columns that name one, such as series: ['store', 'product'], or [] for a single series",
    });
  if (time?.kind !== 'time' || !time.name)
    add('no-time', 'the panel does not say which column holds the periods', { expected: timeExample });
  if (target?.kind !== 'number' || !target.name)
    add('target-kind', 'only a number can be forecast, and it needs the name of its column', {
      got: show(target?.kind ?? target),
      expected: "target: number('sold')",
    });
  if (available !== undefined && (available.kind !== 'yesNo' || !available.name))
    add('available-kind', 'in stock or not is a yes or no, with the name of its column', {
      got: show(available.kind),
      expected: "available: yesNo('inStock')",
    });
  for (const [name, { kind }] of Object.entries<ColumnType>({ ...ahead, ...after }))
    if (kind === 'date' || kind === 'id')
      add('varying-kind', `a column of kind ${kind} cannot vary from period to period`, {
        where: { column: name },
        expected: 'a number, a category or a yes or no',
      });
  if (!seasons.every((season) => Number.isInteger(season) && season >= 2))
    add('bad-season', 'the length of a season cannot be used', {
      got: show(seasons),
      expected: 'whole numbers of periods, of at least 2 each',
    });
  if (issues.length > 0) throw new Problem(issues);
}

function sheetOf(schema: PanelSchema): Sheet {
  const { moment, series, time, target, available } = schema;
  const every = time.every === 'counted' || time.every === 'found' ? 'period' : time.every;
  const of = series.length === 0 ? '' : ` of each ${series.join(' and ')}`;
  const rows = [
    ...(available ? [[available.name, 'yesNo', 'says whether there was something to sell']] : []),
    ...schema.before.map(({ name, type }) => [name, type.kind, 'at any time']),
    ...schema.ahead.map(({ name, type }) => [name, type.kind, 'ahead']),
    ...schema.after.map(({ name, type }) => [name, type.kind, 'only afterwards']),
  ];
  return {
    above: [`Forecasts ${target.name}${of} for each ${every} when ${moment}.`, ''],
    header: ['column', 'kind', 'known'],
    rows,
    align: ['left', 'left', 'left'],
  };
}
