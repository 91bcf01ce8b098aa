/** The columns of the matrix: each feature of the recipe, read for all rows. */
import { Problem } from '../../problem.js';
import type { CategoryFeature } from '../../table/matrix.js';
import { periodText } from '../panel/calendar.js';
import type { AheadColumn } from '../panel/panel.js';
import { calendarFeatures } from './calendar-features.js';
import { type NamedFeature, numberFeature, type Reader, type RowsAt } from './feature-rows.js';
import type { PreparedPast } from './prepared-past.js';
import { seasonFeatures } from './season-features.js';
import { meanBetween, varianceBefore } from './seen-series.js';

/** All columns, in the order of the recipe. */
export function featureColumns(past: PreparedPast, at: RowsAt): NamedFeature[] {
  const { recipe, seen, medians, panel } = past;
  const { offset, zeros, counts, out, sinceSale, firstSale } = seen;
  const number = (name: string, read: Reader): NamedFeature => numberFeature(name, at, read);
  const scaled = (name: string, read: Reader): NamedFeature =>
    number(name, (s, i, row) => read(s, i, row) / at.scales[row]!);
  const hasStock = panel.series.some(({ available }) => available !== undefined);
  const columns = [
    number('scale', (_s, _i, row) => at.scales[row]!),
    ...recipe.lags.map((lag) =>
      scaled(`lag ${lag}`, (s, i) => panel.series[s]!.values[i - lag] ?? Number.NaN),
    ),
    ...recipe.means.map((length) =>
      scaled(`mean of ${length}`, (s, i) => meanBetween(seen, s, [i - length, i])),
    ),
    ...recipe.medians.map((length, m) =>
      scaled(`median of ${length}`, (s, i) => medians[m]![offset[s]! + i]!),
    ),
    ...recipe.zeros.map((length) =>
      number(`share of zeros of ${length}`, (s, i) => {
        const [end, start] = [offset[s]! + i, offset[s]! + Math.max(0, i - length)];
        return (zeros[end]! - zeros[start]!) / (counts[end]! - counts[start]!);
      }),
    ),
    scaled(`deviation of ${2 * recipe.scaleOver}`, (series, position) =>
      Math.sqrt(varianceBefore(seen, { series, position, length: 2 * recipe.scaleOver })),
    ),
    number('periods since a sale', (s, i) => sinceSale[offset[s]! + i]!),
    number('periods since the first sale', (s, i) => (firstSale[s]! < i ? i - firstSale[s]! : Number.NaN)),
    number('periods seen', (_s, i) => i),
  ];
  if (hasStock)
    columns.push(
      number('last in stock', (s, i) => (i === 0 ? Number.NaN : (panel.series[s]!.available?.[i - 1] ?? 1))),
      number('out of stock of 13', (s, i) => out[offset[s]! + i]! - out[offset[s]! + Math.max(0, i - 13)]!),
    );
  if (recipe.lastSeason) columns.push(...seasonFeatures(past, at));
  if (recipe.calendar) {
    for (const { name, values } of calendarFeatures(
      panel,
      at.steps.reduce((a, b) => Math.max(a, b), 0),
    ))
      columns.push(number(name, (_s, _i, row) => values[at.origins[row]! + at.steps[row]! - 1]!));
  }
  return [...columns, ...attributeFeatures(past, at), ...aheadFeatures(past, at)];
}

function attributeFeatures({ recipe, panel }: PreparedPast, at: RowsAt): NamedFeature[] {
  return recipe.attributes.map((name) => {
    const column = panel.attributes.column(name);
    if (column.kind !== 'category') return numberFeature(name, at, (s) => column.values[s]!);
    const codes = at.series.map((s) => column.codes[s]!);
    return {
      name,
      feature: { kind: 'category', codes, levels: column.levels.length } satisfies CategoryFeature,
    };
  });
}

/** What is known ahead of the period that is forecast, and what it was in the last period before the origin. */
function aheadFeatures({ recipe, panel }: PreparedPast, at: RowsAt): NamedFeature[] {
  return recipe.ahead.flatMap((name) => {
    const column = panel.ahead.find((one) => one.name === name) ?? unknown(name);
    const last = at.origins.reduce((most, origin, row) => Math.max(most, origin + at.steps[row]! - 1), 0);
    if (last >= column.reach) throw tooShort(column, periodText(panel.periods, last));
    const read = (place: number, s: number): number =>
      place < 0 ? Number.NaN : column.values[s * column.reach + place]!;
    const columns = [
      numberFeature(name, at, (s, _i, row) => read(at.origins[row]! + at.steps[row]! - 1, s)),
      numberFeature(`${name} of the last period`, at, (s, _i, row) => read(at.origins[row]! - 1, s)),
    ];
    return column.levels ? columns.map((one) => asCategory(one, column.levels!.length)) : columns;
  });
}

function asCategory({ name, feature }: NamedFeature, levels: number): NamedFeature {
  if (feature.kind === 'category') return { name, feature };
  const codes = Int32Array.from(feature.values, (value) => (Number.isNaN(value) ? -1 : value));
  return { name, feature: { kind: 'category', codes, levels } };
}

function unknown(name: string): never {
  throw new Problem({
    code: 'features-unknown-column',
    what: `column "${name}" is not known ahead in this panel`,
    where: { column: name },
    remedy: 'read the panel with the schema that the features were made for',
  });
}

function tooShort({ name }: AheadColumn, period: string): Problem {
  return new Problem({
    code: 'panel-ahead-too-short',
    what: `column "${name}" is not known for the period ${period}, which is forecast`,
    where: { column: name },
    expected: 'a value for each period that is forecast',
    remedy: 'add rows for the coming periods, or leave the column out of the features',
  });
}
