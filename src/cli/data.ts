/** `alambique data`: finds a study's data, says where, and describes it. */
import { inspect } from 'node:util';
import { canonicalJson } from '../json.js';
import { describe } from '../table/describe.js';
import { type Command, exitCodes } from './command.js';
import { dataOption, findStudyData, simulatedBanner } from './find-study-data.js';
import { studyNamed } from './studies/find-studies.js';

export const data: Command = {
  name: 'data',
  summary: "Finds a study's data (fetching or simulating it where it must), checks it, and describes it.",
  arguments: '[study]',
  mostArguments: 1,
  options: {
    data: dataOption,
    json: { type: 'boolean', help: 'print what was found as JSON' },
  },
  async run({ values, positionals }, effects) {
    const study = await studyNamed(positionals[0], effects);
    const { found, dataset } = await findStudyData(study, values.data as string | undefined, effects);
    if (values.json) {
      effects.out(
        `${canonicalJson({ ...found, sha256: dataset.source.sha256, rows: dataset.table.rowCount })}\n`,
      );
      return exitCodes.done;
    }
    if (found.simulated) effects.out(simulatedBanner(study.data.file));
    effects.out(`Data: ${found.how}\n\n${inspect(dataset)}\n\n${inspect(describe(dataset.table))}\n`);
    return exitCodes.done;
  },
};
