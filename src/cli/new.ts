/** `alambique new`: from a file to the notebook of a study that runs as it stands. */
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { setting } from '../config/read-settings.js';
import { objectAt } from '../io/object-at.js';
import { draftSchema, type SchemaDraft } from '../look/draft-schema.js';
import type { TargetCandidate } from '../look/look.js';
import { findFile, look } from '../look/look-at-file.js';
import { writeNotebook } from '../notebook/notebook.js';
import { Problem, show } from '../problem.js';
import { readCsv } from '../schema/read-csv.js';
import { planStudy } from '../starter/plan.js';
import { studyNotebook } from '../starter/study-notebook.js';
import { hashFile } from '../study/find-data.js';
import { studyNamePattern } from '../study/manifest.js';
import { type Command, type Effects, exitCodes, type OptionValues } from './command.js';

const tasks: readonly TargetCandidate['task'][] = ['yesNo', 'number', 'category'];

export const newStudy: Command = {
  name: 'new',
  summary:
    'Starts a study of a CSV file: looks at it, drafts its schema, and writes a notebook that runs as it stands.',
  arguments: '<name>',
  mostArguments: 1,
  options: {
    from: {
      type: 'string',
      value: 'path',
      help: 'the file or its URL; it is copied to data/raw unless it lies where studies look',
    },
    target: { type: 'string', value: 'column', help: 'the column to predict' },
    moment: { type: 'string', value: 'text', help: 'when the prediction is made: "the offer is sent"' },
    question: {
      type: 'string',
      value: 'text',
      help: 'what is asked, for the report: "Which customers will leave?"',
    },
    task: {
      type: 'string',
      value: tasks.join('|'),
      help: 'the kind of target, where its values leave it open',
    },
  },
  async run({ values, positionals: [name] }, effects) {
    const { from, target } = needed(name, values);
    refuseTaken(name!, effects);
    const path = await findFile(from);
    const seen = await look(path);
    const draft = draftSchema(seen, {
      target,
      ...(values.moment !== undefined && { moment: values.moment as string }),
      ...(values.task !== undefined && { task: values.task as TargetCandidate['task'] }),
    });
    // Read as the notebook will read it: what is wrong with single rows a look does not say.
    await readCsv(path, draft.schema, { dialect: draft.dialect });
    const placed = await placeData(path, effects);
    const withDanfo = isInstalled('danfojs-node', effects.workspace.root);
    const file = join(effects.workspace.notebooks, name!, `1-${name}.ipynb`);
    mkdirSync(dirname(file), { recursive: true });
    const question = (values.question as string | undefined)?.trim() || undefined;
    writeNotebook(file, studyNotebook(planStudy({ name: name!, look: seen, draft, question, withDanfo })));
    effects.out(told({ name: name!, file: relative(effects.workspace.root, file), draft, placed }));
    return exitCodes.done;
  },
};

function needed(name: string | undefined, values: OptionValues): { from: string; target: string } {
  const { from, target, task } = values;
  const refuse = (what: string, expected: string): never => {
    throw new Problem({ code: 'cli-arguments', what, expected });
  };
  const whole = 'alambique new churn --from customers.csv --target Churn';
  if (name === undefined) return refuse('the study has no name', whole);
  if (!studyNamePattern.test(name)) {
    return refuse(
      `a study cannot be called ${show(name)}`,
      'lower-case words joined by hyphens, such as "churn"',
    );
  }
  if (typeof from !== 'string') return refuse('no file is named', whole);
  if (typeof target !== 'string') return refuse('no target is named: the column to predict', whole);
  if (task !== undefined && !tasks.includes(task as never))
    return refuse(`--task cannot be ${show(task)}`, tasks.join(', '));
  return { from, target };
}

/** Nothing that somebody wrote is written over. */
function refuseTaken(name: string, { workspace: { notebooks, studies, root } }: Effects): void {
  const taken = [join(notebooks, name), join(studies, name), join(studies, `${name}.ts`)].find((path) =>
    existsSync(path),
  );
  if (taken === undefined) return;
  throw new Problem({
    code: 'new-name-taken',
    what: `there is ${relative(root, taken)} already`,
    remedy: 'choose another name, or take it away first',
  });
}

/** Copies the file or object to `data/raw` unless it lies where studies look for it. Throws `new-other-file` for another one of its name. */
async function placeData(path: string, effects: Effects): Promise<string | undefined> {
  const { raw, root } = effects.workspace;
  const folder = setting('data', effects);
  const own = join(raw, basename(path));
  if (resolve(path) === own) return undefined;
  if (folder && resolve(path) === resolve(folder, basename(path)) && !existsSync(own)) return undefined;
  if (existsSync(own)) {
    if ((await hashFile(own)) === (await hashFile(path))) return undefined;
    throw new Problem({
      code: 'new-other-file',
      what: `${relative(root, own)} is another file of that name`,
      where: { file: path },
      remedy: 'rename one of the two',
    });
  }
  await objectAt(path).copyTo(own);
  return relative(root, own);
}

function isInstalled(packageName: string, root: string): boolean {
  try {
    createRequire(join(root, 'package.json')).resolve(packageName);
    return true;
  } catch {
    return false;
  }
}

function told({
  name,
  file,
  draft: { schema, columns },
  placed,
}: {
  name: string;
  file: string;
  draft: SchemaDraft;
  placed: string | undefined;
}): string {
  const doubtful = columns.filter(({ known }) => known === 'after');
  return `${[
    `${file} is written; it runs as it stands.`,
    ...(placed === undefined ? [] : [`The file is copied to ${placed}.`]),
    `Predicted is "${schema.target.name}", when ${schema.moment}.`,
    ...(schema.order === undefined
      ? []
      : [`Time order: ${schema.order === 'rows' ? 'as the rows stand' : `by ${schema.order}`}.`]),
    ...(schema.group === undefined ? [] : [`Rows of one ${schema.group} stay together.`]),
    ...doubtful.map(({ name, why }) => `Left out as doubtful: ${name} (${why}).`),
    '',
    `Open it:  npx alambique lab        Run it: npx alambique notebooks ${file}`,
    `Then:     npx alambique distil ${name} && npx alambique run ${name} && npx alambique serve ${name}`,
  ].join('\n')}\n`;
}
