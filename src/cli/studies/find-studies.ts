/** The studies of a workspace: whatever stands in `src/studies` and exports a study; there is no list of them. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ForecastStudy } from '../../forecast/study/forecast-study.js';
import { listNames, Problem } from '../../problem.js';
import { studyNamePattern } from '../../study/manifest.js';
import type { Study } from '../../study/study.js';
import { didYouMean } from '../../table/nearest-name.js';
import type { Workspace } from '../../workspace.js';
import type { Effects } from '../command.js';
import { compiledModule } from './compile-study.js';
import { isJob } from './find-jobs.js';
import { loadModule } from './load-module.js';

/** The study that is meant where none is named, if the workspace has it. */
const usual = 'bank-marketing';

/**
 * The studies by name, each compiled and loaded when it is asked for: `NAME.ts`, or `NAME/study.ts` for a study that brings files of its own, for every NAME that a study can have. Files
 * that export no study are found out when they are loaded.
 */
export function findStudies(workspace: Workspace): Effects['studies'] {
  const { root, studies } = workspace;
  if (!existsSync(studies)) return {};
  const found = readdirSync(studies, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const name = entry.isDirectory() ? entry.name : entry.name.replace(/\.ts$/, '');
    const path = join(studies, entry.isDirectory() ? join(name, 'study.ts') : entry.name);
    return studyNamePattern.test(name) && path.endsWith('.ts') && existsSync(path) ? [[name, path]] : [];
  });
  found.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    found.map(([name, path]) => [name, () => loadStudy(name, relative(root, path), workspace)]),
  );
}

/** The name of the study that is meant where none is named: the usual one, else the only one. Throws `cli-which-study`. */
export function defaultStudy({ studies }: Pick<Effects, 'studies'>): string {
  const known = Object.keys(studies);
  if (known.includes(usual) || known.length === 0) return usual;
  if (known.length === 1) return known[0]!;
  throw new Problem({
    code: 'cli-which-study',
    what: 'there are several studies, and none is named',
    expected: listNames(known, { last: 'or' }),
  });
}

/** The study of that name, where it answers rows. Throws as `anyStudyNamed`, and `cli-forecasts` for a study that forecasts. */
export async function studyNamed(
  name: string | undefined,
  effects: Pick<Effects, 'studies'>,
): Promise<Study> {
  const study = await anyStudyNamed(name, effects);
  if (!('kind' in study)) return study;
  throw new Problem({
    code: 'cli-forecasts',
    what: `the study "${study.name}" forecasts series, and this command works on rows`,
    remedy: `alambique run ${study.name}, or serve ${study.name}`,
  });
}

/** The study of that name, or the one that is meant where none is named. Throws `cli-unknown-study`. */
export async function anyStudyNamed(
  name: string | undefined,
  effects: Pick<Effects, 'studies'>,
): Promise<Study | ForecastStudy> {
  const wanted = name ?? defaultStudy(effects);
  const known = Object.keys(effects.studies);
  if (known.includes(wanted)) return effects.studies[wanted]!();
  const write = `write it: src/studies/${wanted}.ts with \`export const study: Study = defineStudy({ … })\``;
  throw new Problem({
    code: 'cli-unknown-study',
    what: `there is no study "${wanted}"`,
    expected: listNames(known, { last: 'or' }) || undefined,
    remedy: didYouMean(wanted, known) ?? write,
  });
}

/** What a module of `src/studies` exports. */
interface StudyModule {
  readonly study?: Study | ForecastStudy;
  readonly default?: Study | ForecastStudy;
  readonly distilledFrom?: Study['module'];
}

async function loadStudy(name: string, path: string, workspace: Workspace): Promise<Study | ForecastStudy> {
  const where = { file: path.replaceAll('\\', '/') };
  const module: StudyModule = await loadModule(await compiledModule(path, workspace), where);
  const study = module.study ?? module.default;
  if (study === undefined && Object.values(module).some(isJob))
    throw new Problem({ code: 'cli-jobs-only', what: 'this file exports jobs and no study', where });
  if (study?.candidates === undefined || typeof study.name !== 'string') {
    throw new Problem({
      code: 'cli-no-study',
      what: 'this file exports no study',
      where,
      remedy: 'add `export const study = defineStudy({ … })`',
    });
  }
  if (study.name !== name) {
    throw new Problem({
      code: 'cli-other-study-name',
      what: `the study is called "${study.name}", its file "${name}"`,
      where,
      remedy: 'give both the same name: it finds the study, its models and its pages',
    });
  }
  return { ...study, module: { path: where.file, cells: module.distilledFrom?.cells ?? [] } };
}
