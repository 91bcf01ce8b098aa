/** Finds the panel of a study that forecasts as the command line was asked to, and reads it. */
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setting } from '../config/read-settings.js';
import type { DeclaredPanel } from '../forecast/panel/panel-schema.js';
import type { ForecastStudy } from '../forecast/study/forecast-study.js';
import { Problem } from '../problem.js';
import { findLocalData } from '../study/find-data.js';
import type { Effects } from './command.js';

/** The panel of a study, and where it was found; `use` is its file, or the folder that holds it and those beside it. */
export async function findPanel(
  study: ForecastStudy,
  use: string | undefined,
  effects: Effects,
): Promise<{ panel: DeclaredPanel; how: string }> {
  const { file, read, simulate } = study.data;
  const isFolder = use !== undefined && statSync(use, { throwIfNoEntry: false })?.isDirectory();
  const found = await findLocalData(
    { file },
    {
      use: isFolder ? join(use, basename(file)) : use,
      raw: effects.workspace.raw,
      folder: setting('data', effects),
    },
  );
  if (found) return { panel: await read(found.path), how: found.path };
  const tried = use === 'simulated' ? 'as asked' : `no ${file} in data/raw or in ALAMBIQUE_DATA`;
  if (simulate) return { panel: simulate(), how: `simulated (${tried})` };
  throw new Problem({
    code: 'data-not-found',
    what:
      use === 'simulated'
        ? `the study "${study.name}" has no simulation of its data`
        : `the data of "${study.name}" are not here: ${tried}`,
    remedy: `put ${file} into data/raw, or name its folder in ALAMBIQUE_DATA`,
  });
}
