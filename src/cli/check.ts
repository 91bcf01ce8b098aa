/** `alambique check`: proves that a kept artefact is whole and still answers its golden rows to the bit. */

import { setting } from '../config/read-settings.js';
import { canonicalJson } from '../json.js';
import { loadArtefact } from '../store/load-artefact.js';
import { type Command, exitCodes } from './command.js';
import { defaultReference } from './default-reference.js';

export const check: Command = {
  name: 'check',
  summary: 'Proves that an artefact is whole: hashes, structure, and every golden row answered to the bit.',
  arguments: '[study@alias]',
  mostArguments: 1,
  options: { json: { type: 'boolean', help: 'print what was proved as JSON' } },
  async run({ values, positionals }, effects) {
    const { study, version, golden, manifest } = await loadArtefact(
      positionals[0] ?? defaultReference(effects),
      {
        folder: setting('models', effects),
      },
    );
    const proved = {
      study,
      version,
      goldenRows: golden.rows.length,
      data: manifest.data.sha256,
      simulated: manifest.data.simulated,
    };
    if (values.json) effects.out(`${canonicalJson(proved)}\n`);
    else
      effects.out(`${study} ${version} is whole: ${golden.rows.length} golden rows answered to the bit.\n`);
    return exitCodes.done;
  },
};
