/** Which features of the past a model of many series reads: a recipe, as plain data. */
import { type Issue, listNames, Problem } from '../../problem.js';
import type { Uninferred } from '../../schema/schema.js';
import { didYouMean } from '../../table/nearest-name.js';
import type { Panel } from '../panel/panel.js';
import type { PanelSchema } from '../panel/panel-schema.js';

/**
 * What is read of each series at an origin. Lengths are in periods. Values are divided by the series' scale, the mean of its last
 * `scaleOver` periods in stock, so that large and small series can teach each other.
 */
export interface PastRecipe {
  readonly scaleOver: number;
  /** Single values: 1 is the last one before the origin. */
  readonly lags: readonly number[];
  /** Means of the last periods in stock; one list entry each. */
  readonly means: readonly number[];
  readonly medians: readonly number[];
  /** Shares of periods without a sale. */
  readonly zeros: readonly number[];
  /** Whether the same period of the last season is read, of the series and pooled. */
  readonly lastSeason: boolean;
  /** Whether month, week of the year, weekday and hour of the period that is forecast are read. */
  readonly calendar: boolean;
  /** Columns whose series are pooled: their level lately, and what the season did to them a season before. */
  readonly pooled: readonly string[];
  /** Whether all series are pooled as well. */
  readonly pooledAll: boolean;
  readonly attributes: readonly string[];
  readonly ahead: readonly string[];
}

/** The lengths that features look back over, where none are stated. */
const lengths: Omit<PastRecipe, 'pooled' | 'attributes' | 'ahead'> = {
  scaleOver: 26,
  lags: [1, 2, 3, 4],
  means: [2, 4, 8, 13, 26, 52],
  medians: [8, 26],
  zeros: [13, 52],
  lastSeason: true,
  calendar: true,
  pooledAll: true,
};

/** What `pastFeatures` takes: names of the schema, and lengths that are not those of the default. */
export interface PastOptions<Before extends string, Ahead extends string>
  extends Partial<Omit<PastRecipe, 'pooled' | 'attributes' | 'ahead'>> {
  /** Columns of `before`, or of the series' names, whose series are pooled. */
  readonly pooled?: readonly (Before | (string & {}))[];
  /** Columns of `before` that are read as they are. */
  readonly attributes?: readonly Before[];
  /** Columns of `ahead` that are read for the period that is forecast and for the last one before the origin. */
  readonly ahead?: readonly Ahead[];
}

/**
 * A recipe that names columns of a schema. The compiler refuses one that is only known afterwards; so does this function, with a
 * `Problem` that names every such column: `features-late-column`, `features-target-column`, `features-unknown-column`.
 *
 * @example
 * pastFeatures(panel.schema, { attributes: ['department'], ahead: ['promotion'], lags: [1, 2] }).lags // → [ 1, 2 ]
 */
export function pastFeatures<Before extends string, Ahead extends string, Late extends string>(
  schema: PanelSchema<Before, Ahead, Late>,
  {
    pooled = [],
    attributes = [],
    ahead = [],
    ...other
  }: PastOptions<Uninferred<Before>, Uninferred<Ahead>> = {},
): PastRecipe {
  const known = schema.before.map(({ name }): string => name);
  const issues = [
    ...attributes.flatMap((name) => issueOf(schema, name, known)),
    ...pooled.flatMap((name) => issueOf(schema, name, [...schema.series, ...known])),
    ...ahead.flatMap((name) => issueOf(schema, name, schema.ahead.map((column): string => column.name))), // biome-ignore format: one thought
  ];
  if (issues.length > 0) throw new Problem(issues);
  return { ...lengths, ...other, pooled, attributes, ahead };
}

/**
 * The recipe that reads all that a panel has: every attribute, everything known ahead, and series pooled by each column of few
 * enough texts that there are two series to one on average.
 *
 * @example
 * plainPast(panel).ahead // → [ 'promotion' ]
 */
export function plainPast({ names, series, attributes, ahead }: Panel): PastRecipe {
  const few = (count: number): boolean => count >= 2 && count <= series.length / 2;
  const keys = names.filter((_, i) => few(new Set(series.map(({ key }) => key[i])).size));
  const columns = attributes.columns.filter(
    (column) => column.kind === 'category' && few(column.levels.length),
  );
  return {
    ...lengths,
    pooled: [...keys, ...columns.map(({ name }) => name)],
    attributes: attributes.names,
    ahead: ahead.map(({ name }) => name),
  };
}

function issueOf(schema: PanelSchema, name: string, allowed: readonly string[]): Issue[] {
  if (allowed.includes(name)) return [];
  const where = { column: name };
  const late = schema.after.find((column) => column.name === name);
  if (late) {
    const because = late.type.because ? ` (${late.type.because})` : '';
    return [
      {
        code: 'features-late-column',
        what: `column "${name}" cannot be a feature: it is only known with its period, after ${schema.moment}${because}`,
        where,
        remedy: 'leave it out, or move it to `ahead` if that is wrong',
      },
    ];
  }
  if (name === schema.target.name)
    return [
      {
        code: 'features-target-column',
        what: `column "${name}" cannot be a feature: it is what is forecast; its past is read anyway`,
        where,
        remedy: 'leave it out',
      },
    ];
  return [
    {
      code: 'features-unknown-column',
      what: `column "${name}" is not known so`,
      where,
      expected:
        allowed.length === 0
          ? 'no column: the schema has none'
          : `one of ${listNames(allowed, { last: 'or' })}`,
      remedy: didYouMean(name, allowed),
    },
  ];
}
