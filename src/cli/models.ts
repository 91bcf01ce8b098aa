/** `alambique models`: the kept models, which of them is served, and who decided so. */
import { setting } from '../config/read-settings.js';
import { loadServed } from '../forecast/study/load-served.js';
import { canonicalJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import { listStudies, listVersions, readAliases } from '../store/artefact-store.js';
import { readDecisions } from '../store/registry.js';
import { formatTable } from '../table/format-table.js';
import { type Command, exitCodes } from './command.js';

/** A kept model; `wrong` where it cannot be loaded. */
interface KeptModel {
  readonly study: string;
  readonly version: string;
  readonly aliases: readonly string[];
  readonly data?: string;
  readonly simulated?: boolean;
  readonly scores?: Readonly<Record<string, number>>;
  readonly why?: string;
  readonly wrong?: string;
}

export const models: Command = {
  name: 'models',
  summary:
    'Lists the kept models: version, alias, data, scores; of one study also who made what its champion.',
  arguments: '[study]',
  mostArguments: 1,
  options: { json: { type: 'boolean', help: 'print them as JSON' } },
  async run({ values, positionals: [named] }, effects) {
    const store = { folder: setting('models', effects) };
    const studies = named === undefined ? listStudies(store) : [named];
    const kept: KeptModel[] = [];
    for (const study of studies) {
      for (const version of listVersions(study, store)) kept.push(await keptModel({ study, version }, store));
    }
    const decisions = Object.fromEntries(studies.map((study) => [study, readDecisions(study, store)]));
    if (values.json) {
      effects.out(`${canonicalJson({ models: kept, decisions } as unknown as Json)}\n`);
      return exitCodes.done;
    }
    if (kept.length === 0) {
      const whose = named === undefined ? '' : ` of "${named}"`;
      effects.out(`No model${whose} is kept in ${store.folder}. Make one with: alambique run\n`);
      return exitCodes.done;
    }
    const header = ['study', 'version', 'alias', 'data', 'scores'];
    const align = header.map((): 'left' => 'left');
    const rows = kept.map((model) => [
      model.study,
      model.version,
      model.aliases.join(', ') || '–',
      model.simulated ? `${model.data} (simulated)` : (model.data ?? '–'),
      model.wrong ?? shownScores(model.scores ?? {}),
    ]);
    effects.out(`${formatTable(rows, { header, align })}\n`);
    if (named !== undefined) {
      for (const { time, by, what, from, to, why } of decisions[named] ?? []) {
        const before = from === null ? '' : `, before ${from}`;
        effects.out(`\n${time} ${by}: ${to} is the champion (${what}${before})\n  ${why}\n`);
      }
    }
    return exitCodes.done;
  },
};

async function keptModel(
  { study, version }: { study: string; version: string },
  store: { folder: string },
): Promise<KeptModel> {
  const aliases = Object.entries(readAliases(study, store))
    .filter(([, target]) => target === version)
    .map(([alias]) => alias);
  try {
    const { model, forecasts } = loadServed(`${study}@${version}`, store);
    const { data, scores, why } = (model ?? forecasts).manifest;
    const { headline = '' } = model?.report?.holdout ?? {};
    const first = headline in scores ? { [headline]: scores[headline]!, ...scores } : scores;
    return { study, version, aliases, data: data.name, simulated: data.simulated, scores: first, why };
  } catch (error) {
    // One that is damaged must not hide the others.
    if (!(error instanceof Problem)) throw error;
    return { study, version, aliases, wrong: error.message };
  }
}

function shownScores(scores: Readonly<Record<string, number>>): string {
  return Object.entries(scores)
    .map(([name, value]) => `${name} ${value.toFixed(3)}`)
    .join(', ');
}
