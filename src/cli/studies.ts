/** The studies that the command line knows, each loaded when it is asked for. */
import { listNames, Problem } from '../problem.js';
import type { Study } from '../study/study.js';
import { didYouMean } from '../table/nearest-name.js';
import type { Effects } from './command.js';

/** Those of this workspace; the first is the one that is run where none is named. */
export const studies: Effects['studies'] = {
  'bank-marketing': async () => {
    const { study, distilledFrom } = await import('../studies/bank-marketing/study.js');
    return { ...study, module: distilledFrom };
  },
};

/** The name of the study that is meant where none is named. */
export function defaultStudy(effects: Pick<Effects, 'studies'>): string {
  return Object.keys(effects.studies)[0]!;
}

/** The study of that name, or the default one. Throws `cli-unknown-study`. */
export async function studyNamed(
  name: string | undefined,
  effects: Pick<Effects, 'studies'>,
): Promise<Study> {
  const known = Object.keys(effects.studies);
  const wanted = name ?? defaultStudy(effects);
  if (known.includes(wanted)) return effects.studies[wanted]!();
  throw new Problem({
    code: 'cli-unknown-study',
    what: `there is no study "${wanted}"`,
    expected: listNames(known, { last: 'or' }),
    remedy: didYouMean(wanted, known),
  });
}
