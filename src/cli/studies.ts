/** The studies that the command line knows, each loaded when it is asked for. */
import { listNames, Problem } from '../problem.js';
import type { Study } from '../study/study.js';

const studies: Readonly<Record<string, () => Promise<Study>>> = {
  'bank-marketing': async () => (await import('../studies/bank-marketing.js')).study,
};

/** The study that is run where none is named. */
export const defaultStudy = 'bank-marketing';

/** The study of that name. Throws `cli-unknown-study`. */
export async function studyNamed(name: string = defaultStudy): Promise<Study> {
  const load = Object.hasOwn(studies, name) ? studies[name] : undefined;
  if (load) return load();
  throw new Problem({
    code: 'cli-unknown-study',
    what: `there is no study "${name}"`,
    expected: listNames(Object.keys(studies), { last: 'or' }),
  });
}
