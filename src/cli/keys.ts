/** `alambique keys`: the named keys of the service, each with what it may ask about. */
import { setting } from '../config/read-settings.js';
import { canonicalJson, type Json } from '../json.js';
import { endKeys, listKeys, makeKey, type NamedKey } from '../keys/keys.js';
import { Problem } from '../problem.js';
import { formatTable } from '../table/format-table.js';
import { type Command, exitCodes, refuseUnused } from './command.js';
import { withDatabase } from './with-database.js';

export const keys: Command = {
  name: 'keys',
  summary:
    'Lists the named keys of the service; "add NAME" makes one, which is shown once, "end NAME" ends it.',
  arguments: '[add|end name]',
  mostArguments: 2,
  options: {
    study: { type: 'string', multiple: true, value: 'name', help: 'a study that it may ask (all)' },
    client: {
      type: 'string',
      multiple: true,
      value: 'id',
      help: 'a client that it may ask about, or the beginning of ids and * (all); none for nobody',
    },
    old: { type: 'boolean', help: 'with end: all of that name but the newest' },
    json: { type: 'boolean', help: 'print it as JSON' },
  },
  async run({ values, positionals: [act, name] }, effects) {
    if (act !== undefined && (!['add', 'end'].includes(act) || name === undefined)) {
      throw new Problem({
        code: 'cli-arguments',
        what: 'it is not said what to do with which key',
        expected: 'keys, keys add erp, or keys end erp',
      });
    }
    if (act !== 'add') refuseUnused(values, ['study', 'client'], 'them only with add');
    if (act !== 'end') refuseUnused(values, ['old'], 'it only with end');
    const studies = values.study as readonly string[] | undefined;
    const clients = values.client as readonly string[] | undefined;
    if (clients?.includes('none') && clients.length > 1) {
      throw new Problem({
        code: 'cli-arguments',
        what: 'a key for nobody cannot ask about a client',
        expected: '--client none alone, or the clients',
      });
    }
    const now = effects.now();
    return withDatabase(setting('database', effects), async (database) => {
      if (act === 'add') {
        const scope = { studies, clients: clients?.includes('none') ? [] : clients };
        const { key, known } = await makeKey(database, { name: name!, now, ...scope });
        effects.out(
          values.json
            ? `${canonicalJson({ ...known, key } as unknown as Json)}\n`
            : `${key}\nThis is the key of "${name}" (${scopeOf(known)}). It is shown once; a running service takes it within seconds.\n`,
        );
      } else if (act === 'end') {
        const ended = await endKeys(database, { name: name!, now, butNewest: values.old === true });
        effects.out(values.json ? `${canonicalJson({ name: name!, ended })}\n` : `${ended} ended.\n`);
      } else {
        const all = await listKeys(database);
        effects.out(values.json ? `${canonicalJson({ keys: all } as unknown as Json)}\n` : tableOf(all));
      }
      return exitCodes.done;
    });
  },
};

function scopeOf({ studies, clients }: NamedKey): string {
  const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
  return `studies: ${studies ? list(studies) : 'all'}; clients: ${clients ? list(clients) : 'all'}`;
}

function tableOf(all: readonly NamedKey[]): string {
  if (all.length === 0) return 'No named keys. "alambique keys add NAME" makes one.\n';
  const rows = all.map((key) => [
    key.name,
    scopeOf(key),
    key.made.slice(0, 16),
    key.ended?.slice(0, 16) ?? '',
    key.sha256.slice(0, 8),
  ]);
  return `${formatTable(rows, { header: ['name', 'may ask', 'made', 'ended', 'sha256'] })}\n`;
}
