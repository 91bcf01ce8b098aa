/** What only somebody who knows the data can answer about a column. */
import { lateWordIn } from '../leakage/evidence/late-word.js';
import { formatNumber } from '../table/print.js';
import type { ColumnValues } from './column-values.js';
import type { ColumnLook } from './look.js';
import { missingWord } from './missing-words.js';

/** Of a column that is not predicted: whether it is known in time, where its name gives reason to doubt; undefined where it does not. */
export function lateQuestion({ name, kind }: Pick<ColumnLook, 'name' | 'kind'>): string | undefined {
  const word = kind === 'id' ? undefined : lateWordIn(name);
  return word && `Is \`${name}\` known when you decide? Its name says "${word.word}".`;
}

/** The other questions, in the order of their weight. */
export function questionsOn(
  column: Pick<ColumnLook, 'name' | 'kind' | 'sure' | 'why' | 'missingCodes' | 'nearDuplicates' | 'levels'>,
  { format, alsoFormat }: Pick<ColumnValues, 'format' | 'alsoFormat'>,
): readonly string[] {
  const { name, kind, missingCodes, nearDuplicates, levels } = column;
  const questions: string[] = [];
  if (alsoFormat !== undefined && !column.sure) {
    questions.push(`Are the dates of \`${name}\` ${format} or ${alsoFormat}? They can be read as both.`);
  } else if (!column.sure && kind !== 'text') {
    questions.push(
      `Is \`${name}\` ${kind === 'id' ? 'an id' : `a ${kind}`}? It is taken for one because ${column.why}.`,
    );
  }
  for (const { level, rows, sure, why } of missingCodes) {
    if (!sure)
      questions.push(
        `Does ${level} in \`${name}\` mean "no value"? ${formatNumber(rows)} rows hold it; ${why}.`,
      );
  }
  for (const group of nearDuplicates.slice(0, 3)) {
    questions.push(
      `Are ${group.map((level) => JSON.stringify(level)).join(' and ')} in \`${name}\` one level?`,
    );
  }
  for (const { level, rows } of kind === 'category' || kind === 'yesNo' ? levels : []) {
    if (missingWord(level) === 'likely') {
      questions.push(
        `Does "${level}" in \`${name}\` tell something (${formatNumber(rows)} rows)? It is kept as a level.`,
      );
    }
  }
  return questions;
}
