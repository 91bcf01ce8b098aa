/** Which columns somebody may want to predict: by their names, their place and their few answers. */
import { nameWords } from '../table/name-words.js';
import type { ColumnLook, TargetCandidate } from './look.js';

const TARGET_WORDS = new Set(
  `y target label class outcome response churn churned exited attrition converted subscribed bought purchased accepted clicked fraud
  default defaulted survived income status result diagnosis quality rating price sales demand sold revenue risk good bad`.split(
    /\s+/,
  ),
);
const MOST_CLASSES = 12;
const MOST_CANDIDATES = 3;
/** A name says more than a place; a place more than the form of the answers. */
const points = { name: 3, last: 2, answers: 1, classes: 0.5 };

/** At most three, the likeliest first. */
export function targetCandidates(columns: readonly ColumnLook[]): readonly TargetCandidate[] {
  const judged = columns.flatMap((column, at) => {
    const task = taskOf(column);
    if (task === undefined) return [];
    const words = nameWords(column.name);
    const reasons: string[] = [];
    let score = task === 'yesNo' ? points.answers : task === 'category' ? points.classes : 0;
    if (task === 'yesNo') reasons.push('it has two answers');
    if (words.some((word) => TARGET_WORDS.has(word))) {
      score += points.name;
      reasons.unshift('its name says so');
    }
    if (at === columns.length - 1) {
      score += points.last;
      reasons.push('it is the last column');
    }
    return score >= points.answers ? [{ column: column.name, task, why: reasons.join(', '), score }] : [];
  });
  return judged
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_CANDIDATES)
    .map(({ column, task, why }) => ({ column, task, why: why || 'it has few levels' }));
}

/** The kind of target that a column could be; undefined where it could be none. */
export function taskOf({ kind, constant, distinct }: ColumnLook): TargetCandidate['task'] | undefined {
  if (constant || kind === 'id' || kind === 'date' || kind === 'text') return undefined;
  if (distinct === 2) return 'yesNo';
  if (kind === 'number') return 'number';
  return distinct <= MOST_CLASSES ? 'category' : undefined;
}
