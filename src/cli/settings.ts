/** `alambique settings`: every setting, what is in force, and where that came from. */
import { settingsInForce } from '../config/settings-in-force.js';
import { canonicalJson, type Json } from '../json.js';
import { formatTable } from '../table/format-table.js';
import { type Command, exitCodes } from './command.js';
import { serveFlags } from './serve.js';

export const settings: Command = {
  name: 'settings',
  summary: 'Prints every setting with what is in force and where it came from; secrets are not shown.',
  mostArguments: 0,
  options: {
    port: { type: 'string', value: 'n', help: 'as "serve" takes it' },
    host: { type: 'string', value: 'address', help: 'as "serve" takes it' },
    json: { type: 'boolean', help: 'print them as JSON' },
  },
  async run({ values }, effects) {
    const inForce = settingsInForce(effects, serveFlags(values));
    if (values.json) effects.out(`${canonicalJson(inForce as unknown as Json)}\n`);
    else {
      const rows = inForce.map(({ name, value, from, usable, meaning }) => [
        name,
        value || '–',
        usable ? from : `${from}, cannot be used`,
        meaning,
      ]);
      const header = ['setting', 'in force', 'from', 'what it says'];
      effects.out(
        `Workspace: ${effects.workspace.root}\n\n${formatTable(rows, { header, align: header.map(() => 'left') })}\n`,
      );
    }
    return inForce.every(({ usable }) => usable) ? exitCodes.done : exitCodes.found;
  },
};
