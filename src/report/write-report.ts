/** Puts the report on disk: the page and the model card, each whole or not at all. */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import type { StudyReport } from '../study/study-report.js';
import { modelCard } from './model-card.js';
import { reportPage } from './page.js';

/** Where the two files went. */
export interface WrittenReport {
  readonly page: string;
  readonly card: string;
}

/**
 * Writes `index.html` and `card.md` into `folder`, which is made if need be. A reader never sees half a file: each is
 * written beside its place and then renamed. Throws `report-plotly-missing` where plotly.js is not installed.
 */
export async function writeReport(
  report: StudyReport,
  options: { folder: string; plotlySource?: string },
): Promise<WrittenReport> {
  const plotlySource = options.plotlySource ?? (await readPlotly());
  const page = join(options.folder, 'index.html');
  const card = join(options.folder, 'card.md');
  await mkdir(options.folder, { recursive: true });
  await writeWhole(page, reportPage(report, { plotlySource }));
  await writeWhole(card, modelCard(report));
  return { page, card };
}

/** The text of plotly.js from node_modules. Throws `report-plotly-missing`. */
export async function readPlotly(): Promise<string> {
  try {
    return await readFile(createRequire(import.meta.url).resolve('plotly.js-dist/plotly.js'), 'utf8');
  } catch (error) {
    throw new Problem({
      code: 'report-plotly-missing',
      what: 'plotly.js cannot be read, and figures need it',
      got: error instanceof Error ? error.message.split('\n')[0] : String(error),
      remedy: 'run "npm ci" in the project',
    });
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
