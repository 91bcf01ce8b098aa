/** What only somebody who knows the data can answer about a column. */
import { lateWordIn } from '../leakage/evidence/late-word.js';
import { formatNumber } from '../table/print.js';
import type { ColumnValues } from './column-values.js';
import type { ColumnLook } from './look.js';
import { missingWord } from './missing-words.js';

/** The questions, in the order of their weight. */
export function questionsOn(
  column: Pick<ColumnLook, 'name' | 'kind' | 'sure' | 'why' | 'missingCodes' | 'nearDuplicates' | 'levels'>,
  { format, alsoFormat }: Pick<ColumnValues, 'format' | 'alsoFormat'>,
): readonly string[] {
  const { name, kind, missingCodes, nearDuplicates, levels } = column;
  const questions: string[] = [];
  const word = lateWordIn(name);
  if (word && kind !== 'id')
    questions.push(`Is \`${name}\` known when you decide? Its name says "${word.word}".`);
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
