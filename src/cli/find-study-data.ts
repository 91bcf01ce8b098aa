/** Finds a study's data as the command line was asked to, and reads it. */
import { setting } from '../config/read-settings.js';
import type { Dataset } from '../schema/schema.js';
import { type FoundData, findData } from '../study/find-data.js';
import { readFound } from '../study/load-data.js';
import type { Study } from '../study/study.js';
import type { Effects, Option } from './command.js';

/** How a command is told which data to use; its value goes to `findStudyData`. */
export const dataOption: Option = {
  type: 'string',
  value: 'path',
  help: 'a CSV file to use, or "simulated"; by default it is looked for',
};

/** The data of a study: where it was found, and its rows. */
export async function findStudyData(
  study: Study,
  use: string | undefined,
  effects: Effects,
): Promise<{ found: FoundData; dataset: Dataset }> {
  const found = await findData(study.data, {
    use,
    raw: effects.workspace.raw,
    folder: setting('data', effects),
    fetch: effects.fetch,
    signal: effects.signal,
  });
  const file = await readFound(found, { spec: study.data, schema: study.derive?.from ?? study.schema });
  return { found, dataset: study.derive?.rows(file) ?? file };
}

/** What is printed before anything that was computed from rows that describe nobody. */
export function simulatedBanner(file: string): string {
  const lines = [
    'SIMULATED data: no number below describes anybody.',
    `For a real answer put ${file} into data/raw, or name its folder`,
    'in ALAMBIQUE_DATA, and run again.',
  ];
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '─'.repeat(width + 2);
  return `\n┌${edge}┐\n${lines.map((line) => `│ ${line.padEnd(width)} │\n`).join('')}└${edge}┘\n\n`;
}
