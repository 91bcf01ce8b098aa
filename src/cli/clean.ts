/** `alambique clean`: notebooks without what changes from run to run. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { cleanNotebook, isClean } from '../notebook/clean.js';
import { findNotebooks } from '../notebook/find-notebooks.js';
import { parseNotebook, writeNotebook } from '../notebook/notebook.js';
import { type Command, exitCodes } from './command.js';

export const clean: Command = {
  name: 'clean',
  summary: 'Strips notebooks of volatile metadata; ids and outputs stay.',
  arguments: '[notebook or folder …]',
  options: {
    check: { type: 'boolean', help: 'write nothing; fail where a notebook is not clean' },
  },
  async run({ values, positionals }, effects) {
    const { root, notebooks } = effects.workspace;
    let unclean = 0;
    for (const file of findNotebooks(positionals.length > 0 ? positionals : [notebooks])) {
      const text = readFileSync(file, 'utf8');
      if (isClean(text, file)) continue;
      unclean++;
      const name = relative(root, file);
      if (values.check) effects.err(`${name} is not clean. Run \`alambique clean\`.\n`);
      else {
        writeNotebook(file, cleanNotebook(parseNotebook(text, file)));
        effects.out(`${name}: cleaned.\n`);
      }
    }
    return values.check && unclean > 0 ? exitCodes.found : exitCodes.done;
  },
};
