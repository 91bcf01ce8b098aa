/** Says what is unusual about a row that passed its check: values that the model never saw in training, or hardly ever missed. */
import type { Artefact, CheckedRow, Issue } from '../src/serving.js';

/** The issues of a checked row at `pointer`; none for nearly every row. */
export type RangeCheck = (row: CheckedRow, pointer: string) => readonly Issue[];

type CellCheck = (cell: CheckedRow[number]) => string | undefined;

const none: readonly Issue[] = [];

/** Codes of the warnings. */
export const warningCodes: readonly string[] = ['unseen-level', 'outside-trained-range', 'seldom-missing'];

/** A column that fewer of the training rows lacked is missed where it is not sent. */
const seldom = 0.01;

/**
 * Compiled once for a model; looks only at the columns that the model reads. A level is unseen where no training row had
 * it; a number is outside where it is below the lowest or above the highest of the training rows; a missing value is
 * unusual where fewer than 1 in 100 of them lacked it.
 */
export function compileRangeCheck({ schema, pipeline, reference }: Artefact): RangeCheck {
  const checks = schema.before.map((name): CellCheck | undefined => {
    if (!pipeline.columns.includes(name)) return undefined;
    const column = reference.columns.get(name);
    const missing = (column?.missing ?? 0) < seldom * reference.rows ? 'seldom-missing' : undefined;
    if (column?.kind === 'category') {
      const levels = pipeline.levels.get(name) ?? column.counts;
      return (cell) => (cell === null ? missing : levels.has(cell as string) ? undefined : 'unseen-level');
    }
    const low = column?.quantiles[0] ?? -Infinity;
    const high = column?.quantiles.at(-1) ?? Infinity;
    return (cell) => {
      if (cell === null) return missing;
      return (cell as number) >= low && (cell as number) <= high ? undefined : 'outside-trained-range';
    };
  });

  return (row, pointer) => {
    let found: Issue[] | undefined;
    for (let j = 0; j < checks.length; j++) {
      const code = checks[j]?.(row[j]!);
      if (code === undefined) continue;
      found ??= [];
      found.push(describe(code, schema.before[j]!, pointer));
    }
    return found ?? none;
  };

  function describe(code: string, name: string, pointer: string): Issue {
    const where = { column: name, pointer: `${pointer}/${escapePointer(name)}` };
    if (code === 'unseen-level') {
      return { code, where, what: 'no training row had this text, so the model passes over it' };
    }
    if (code === 'seldom-missing') {
      const what = 'hardly a training row lacked this value, so the model goes by what was typical of them';
      return { code, where, what, remedy: 'send it where it is known' };
    }
    const column = reference.columns.get(name);
    const quantiles = column?.kind === 'number' ? column.quantiles : [];
    const [low, high] = [quantiles[0], quantiles.at(-1)];
    const isDate = schema.columns.find((candidate) => candidate.name === name)?.type.kind === 'date';
    const range = isDate
      ? `${new Date(low!).toISOString().slice(0, 10)} to ${new Date(high!).toISOString().slice(0, 10)}`
      : `${low} to ${high}`;
    return {
      code,
      where,
      what: `the value lies outside of what the training rows had (${range}), so the answer is a guess`,
    };
  }
}

/** A name as one step of a JSON Pointer. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
