/** `alambique check`: proves that a kept artefact is whole and still answers its golden rows to the bit. */

import { setting } from '../config/read-settings.js';
import { loadServed } from '../forecast/study/load-served.js';
import { canonicalJson } from '../json.js';
import { type Command, exitCodes } from './command.js';
import { defaultReference } from './default-reference.js';

export const check: Command = {
  name: 'check',
  summary: 'Proves that an artefact is whole: hashes, structure, and every golden row answered to the bit.',
  arguments: '[study@alias]',
  mostArguments: 1,
  options: { json: { type: 'boolean', help: 'print what was proved as JSON' } },
  async run({ values, positionals }, effects) {
    const served = loadServed(positionals[0] ?? defaultReference(effects), {
      folder: setting('models', effects),
    });
    const { study, version, manifest } = served.model ?? served.forecasts;
    const goldenRows = served.model?.golden.rows.length ?? served.forecasts!.golden.length;
    const proved = {
      study,
      version,
      goldenRows,
      data: manifest.data.sha256,
      simulated: manifest.data.simulated,
    };
    if (values.json) effects.out(`${canonicalJson(proved)}\n`);
    else effects.out(`${study} ${version} is whole: ${goldenRows} golden rows answered to the bit.\n`);
    return exitCodes.done;
  },
};
