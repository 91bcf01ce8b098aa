/** Holds contenders to the same answer. */
import { canonicalJson } from '../json.js';
import { Problem } from '../problem.js';
import type { Case } from './bench.js';

/** Throws `bench-disagree` where the answer of one is not that of the first, to the letter. */
export const sameAnswers: NonNullable<Case['agree']> = (answers) => {
  const different = answers.find(({ answer }) => canonicalJson(answer) !== canonicalJson(answers[0]!.answer));
  if (!different) return;
  throw new Problem({
    code: 'bench-disagree',
    what: `${different.name} has another answer than ${answers[0]!.name}`,
    got: canonicalJson(different.answer),
    expected: canonicalJson(answers[0]!.answer),
  });
};
