/** Says what is unusual about a row that passed its check: values that the model never saw in training, or that were hardly ever missing. */
import { pointerToken } from '../json.js';
import type { Issue } from '../problem.js';
import type { CheckedRow } from '../schema/check-row.js';
import type { Artefact } from '../study/artefact.js';
import type { Scorer, Unusual, UnusualCode } from './scoring.js';

type CellCheck = (cell: CheckedRow[number]) => UnusualCode | undefined;

const none: readonly Unusual[] = [];

/** A column that fewer of the training rows lacked is seldom missing. */
const seldom = 0.01;

/**
 * Compiled once for a model; looks only at the columns that the model reads. A level is unseen where no training row had
 * it; a number is outside where it is below the lowest or above the highest of the training rows; a missing value is
 * unusual where fewer than 1 in 100 of them lacked it.
 */
export function compileUnusual({
  schema,
  pipeline,
  reference,
}: Artefact): Pick<Scorer, 'unusual' | 'describe'> {
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

  return {
    unusual(row) {
      let found: Unusual[] | undefined;
      for (let j = 0; j < checks.length; j++) {
        const code = checks[j]?.(row[j]!);
        if (code === undefined) continue;
        found ??= [];
        found.push({ code, column: schema.before[j]! });
      }
      return found ?? none;
    },
    describe: ({ code, column }, pointer) => ({
      code,
      where: { column, pointer: `${pointer}/${pointerToken(column)}` },
      ...words(code, column),
    }),
  };

  function words(code: UnusualCode, name: string): Pick<Issue, 'what' | 'remedy'> {
    if (code === 'unseen-level')
      return { what: 'no training row had this text, so the model passes over it' };
    if (code === 'seldom-missing') {
      return {
        what: 'this value was hardly ever missing in training, so the model uses what was typical there',
        remedy: 'send it where it is known',
      };
    }
    const column = reference.columns.get(name);
    const quantiles = column?.kind === 'number' ? column.quantiles : [];
    const [low, high] = [quantiles[0], quantiles.at(-1)];
    const isDate = schema.columns.find((candidate) => candidate.name === name)?.type.kind === 'date';
    const range = isDate
      ? `${new Date(low!).toISOString().slice(0, 10)} to ${new Date(high!).toISOString().slice(0, 10)}`
      : `${low} to ${high}`;
    return {
      what: `the value lies outside of what the training rows had (${range}), so the answer is a guess`,
    };
  }
}
