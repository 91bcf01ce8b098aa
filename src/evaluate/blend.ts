/** A blend: several pipelines, each with its own columns, whose answers are averaged. */
import type { JsonObject, JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { showProgress } from '../progress.js';
import { seededRandom } from '../random.js';
import { withText } from '../table/print.js';
import { taskOfKind } from '../task/task-of.js';
import type { ColumnContributions } from './fold-back.js';
import type { FittedPipeline, Pipeline } from './pipeline.js';
import { scoreFitted, tableOf } from './score-fitted.js';

/**
 * The mean of the members' answers; for yes or no the mean of their log-odds (a logarithmic opinion pool with equal
 * weights; Genest and Zidek 1986). Members are fitted on the same rows. Throws `evaluate-blend` for fewer than two.
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
  return withText(made, () => `${name}: a blend of ${members.map((one) => one.name).join(', ')}`);
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
  const { target, width } = members[0]!;
  const fitted: FittedPipeline = {
    name,
    target,
    width,
    columns,
    levels: new Map(members.flatMap((member) => [...member.levels])),
    predict(rows) {
      const answers = members.map((member) => member.predict(tableOf(rows)));
      return taskOfKind(target.kind).combine(answers);
    },
    features(rows) {
      const parts = members.map((member) => member.features(rows));
      return { rowCount: tableOf(rows).rowCount, columns: parts.flatMap((part) => part.columns) };
    },
    explain(rows) {
      const parts = members.map((member) => member.explain(rows));
      if (parts.some((part) => part?.unit !== taskOfKind(target.kind).additiveUnit)) return undefined;
      return average(parts as ColumnContributions[], columns, tableOf(rows).rowCount);
    },
    score: (dataset, options) => scoreFitted(fitted, dataset, options),
    toJSON: (): JsonObject => ({ kind: 'blend', name, members: members.map((member) => member.toJSON()) }),
  };
  return withText(
    fitted,
    () => `${name}, fitted: ${taskOfKind(target.kind).combined} of ${members.length} pipelines`,
  );
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
  return { unit: parts[0]!.unit, base, columns, values };
}

function union(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}
