/** `alambique distil`: from a study's notebooks to its module. */
import { distilledStudies } from '../distil/blocks.js';
import { checkStudy, writeStudy } from '../distil/distil.js';
import { watchStudies } from '../distil/watch.js';
import { Problem } from '../problem.js';
import { type Command, type Effects, exitCodes, refuseUnused } from './command.js';

export const distil: Command = {
  name: 'distil',
  summary: "Writes a study's module in src/studies from the cells that are marked `//| export`.",
  arguments: '[study …]',
  options: {
    check: {
      type: 'boolean',
      help: 'write nothing; fail where a module does not say what its notebooks say',
    },
    watch: { type: 'boolean', help: 'distil again whenever a notebook is saved' },
  },
  async run({ values, positionals }, effects) {
    if (values.check)
      refuseUnused(values, ['watch'], '--check or --watch: the one writes nothing, the other does');
    const { root } = effects.workspace;
    const studies = positionals.length > 0 ? positionals : distilledStudies(root);
    if (studies.length === 0) effects.out('No cell of any study is marked `//| export`.\n');
    if (values.watch) {
      await watchStudies(studies, { root, signal: effects.signal, err: effects.err }, (study) =>
        distilOne(study, effects),
      );
      return exitCodes.done;
    }
    let found = false;
    for (const study of studies) {
      if (values.check) {
        try {
          const { path } = await checkStudy(study, { root });
          effects.out(`${path} says what its notebooks say.\n`);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          effects.err(`${error.message}\n`);
          found = true;
        }
      } else await distilOne(study, effects);
    }
    return found ? exitCodes.found : exitCodes.done;
  },
};

async function distilOne(study: string, effects: Effects): Promise<void> {
  const { path, blocks, changed } = await writeStudy(study, { root: effects.workspace.root });
  effects.out(`${path}: ${blocks.length} cells${changed ? '' : ', unchanged'}.\n`);
}
