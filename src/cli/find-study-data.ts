/** Finds a study's data as the command line was asked to, and reads it. */

import { makeDataset } from '../schema/dataset.js';
import { readCsv } from '../schema/read-csv.js';
import type { Dataset } from '../schema/schema.js';
import { type FoundData, findData } from '../study/find-data.js';
import type { Study } from '../study/study.js';
import type { Separator } from '../table/csv/csv.js';
import type { Effects } from './command.js';

/** The data of a study: where it was found, and its rows. */
export async function findStudyData(
  study: Study,
  use: string | undefined,
  effects: Effects,
): Promise<{ found: FoundData; dataset: Dataset }> {
  const found = await findData(study.data, {
    use,
    folder: effects.env.ALAMBIQUE_DATA,
    fetch: effects.fetch,
    signal: effects.signal,
  });
  const separator = study.data.separator as Separator | undefined;
  const read = await readCsv(found.path, study.schema, { ...(separator && { separator }) });
  const source = { ...read.source, name: found.name, simulated: found.simulated };
  return { found, dataset: makeDataset(read.schema, read.table, source) };
}

/** What is printed before anything that was computed from rows that describe nobody. */
export const simulatedBanner = `
┌──────────────────────────────────────────────────────────────────────────┐
│ SIMULATED data: the real file was not found. No number below describes   │
│ anybody. Put bank-full.csv into data/raw, or name its folder in          │
│ ALAMBIQUE_DATA, and run again.                                           │
└──────────────────────────────────────────────────────────────────────────┘
`;
