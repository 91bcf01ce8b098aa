/** A blend: several pipelines, each with its own columns, whose log-odds are averaged. */
import type { JsonObject, JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { showProgress } from '../progress.js';
import { seededRandom } from '../random.js';
import { withText } from '../table/print.js';
import type { ColumnContributions } from './fold-back.js';
import type { FittedPipeline, Pipeline } from './pipeline.js';
import { scoreFitted, tableOf } from './score-fitted.js';

/**
 * The mean of the members' log-odds (a logarithmic opinion pool with equal weights; Genest and Zidek 1986). Members
 * are fitted on the same rows. Throws `evaluate-blend` for fewer than two.
 *
 * @example
 * const both = blend('logistic and boosting', [pipeline(recipe, logistic()), pipeline(recipe, boosting({ trees: 20 }))]);
 * both.fit(train).score(test);
 */
export function blend(name: string, members: readonly Pipeline[]): Pipeline {
  if (members.length < 2) {
    throw new Problem({
      code: 'evaluate-blend',
      what: `the blend "${name}" has ${members.length} members`,
      expected: 'two or more pipelines',
    });
  }
  const made: Pipeline = {
    name,
    columns: union(members.map((member) => member.columns)),
    fit: (dataset, options = {}) =>
      showProgress(name, options, ({ seed = 1, onProgress, ...rest }) => {
        const random = seededRandom(seed);
        const fitted = members.map((member, i) =>
          member.fit(dataset, {
            ...rest,
            seed: random.fork(i).integer(2 ** 32),
            ...(onProgress && { onProgress: (share: number) => onProgress((i + share) / members.length) }),
          }),
        );
        return fittedBlend(name, fitted);
      }),
    toJSON: (): JsonObject => ({ kind: 'blend', name, members: members.map((member) => member.toJSON()) }),
  };
  return withText(made, () => `${name}: the mean log-odds of ${members.map((one) => one.name).join(', ')}`);
}

/** Reads an unfitted blend back, each member by `read`. */
export function blendFromJson(reader: JsonReader, read: (json: JsonReader) => Pipeline): Pipeline {
  return blend(reader.field('name').string(), reader.field('members').items().map(read));
}

/** Reads a fitted blend back, each member by `read`; it predicts the same bits. */
export function fittedBlendFromJson(
  reader: JsonReader,
  read: (json: JsonReader) => FittedPipeline,
): FittedPipeline {
  const members = reader.field('members').items();
  if (members.length < 2) reader.field('members').fail('two members or more');
  return fittedBlend(reader.field('name').string(), members.map(read));
}

function fittedBlend(name: string, members: readonly FittedPipeline[]): FittedPipeline {
  const columns = union(members.map((member) => member.columns));
  const fitted: FittedPipeline = {
    name,
    columns,
    levels: new Map(members.flatMap((member) => [...member.levels])),
    predict(rows) {
      const all = members.map((member) => member.predict(tableOf(rows)));
      return Float64Array.from(all[0]!, (_, i) => {
        let margin = 0;
        for (const probabilities of all) margin += logOdds(probabilities[i]!);
        return 1 / (1 + Math.exp(-margin / all.length));
      });
    },
    features(rows) {
      const parts = members.map((member) => member.features(rows));
      return { rowCount: tableOf(rows).rowCount, columns: parts.flatMap((part) => part.columns) };
    },
    explain(rows) {
      const parts = members.map((member) => member.explain(rows));
      if (parts.some((part) => part?.unit !== 'log-odds')) return undefined;
      return average(parts as ColumnContributions[], columns, tableOf(rows).rowCount);
    },
    score: (dataset, options) => scoreFitted(fitted, dataset, options),
    toJSON: (): JsonObject => ({ kind: 'blend', name, members: members.map((member) => member.toJSON()) }),
  };
  return withText(fitted, () => `${name}, fitted: the mean log-odds of ${members.length} pipelines`);
}

function average(
  parts: readonly ColumnContributions[],
  columns: readonly string[],
  rowCount: number,
): ColumnContributions {
  const values = new Float64Array(rowCount * columns.length);
  let base = 0;
  for (const part of parts) {
    base += part.base / parts.length;
    const places = part.columns.map((name) => columns.indexOf(name));
    for (let i = 0; i < rowCount; i++) {
      for (let j = 0; j < places.length; j++) {
        values[i * columns.length + places[j]!]! += part.values[i * places.length + j]! / parts.length;
      }
    }
  }
  return { unit: 'log-odds', base, columns, values };
}

/** Probabilities are kept this far from 0 and 1, where one member would silence all others. */
const edge = 1e-12;

function logOdds(probability: number): number {
  const p = Math.min(Math.max(probability, edge), 1 - edge);
  return Math.log(p / (1 - p));
}

function union(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}
