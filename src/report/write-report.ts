/** Puts the report on disk: the page and the model card, each whole or not at all. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import type { Changes } from '../study/changes.js';
import type { StudyReport } from '../study/study-report.js';
import { writeFileAtomically } from '../write-atomically.js';
import type { KeptAs } from './kept-as.js';
import { modelCard } from './model-card.js';
import { reportPage } from './page.js';

/** Where the two files went. */
export interface WrittenReport {
  readonly page: string;
  readonly card: string;
  /** False where plotly.js is not installed: what each figure shows then stands in its place in words. */
  readonly figures: boolean;
}

/**
 * Writes `index.html` and `card.md` into `folder`, which is made if need be. A reader never sees half a file. Without
 * plotly.js, a development tool, the page has words for figures. `changes` is what differs from the model before,
 * `kept` as what it was kept.
 */
export async function writeReport(
  report: StudyReport,
  options: { folder: string; plotlySource?: string; changes?: Changes | undefined; kept?: KeptAs },
): Promise<WrittenReport> {
  const plotlySource = options.plotlySource ?? (await readPlotly().catch(withoutFigures));
  const page = join(options.folder, 'index.html');
  const card = join(options.folder, 'card.md');
  writeFileAtomically(
    page,
    reportPage(report, { plotlySource, changes: options.changes, kept: options.kept }),
  );
  writeFileAtomically(card, modelCard(report));
  return { page, card, figures: plotlySource !== '' };
}

function withoutFigures(error: unknown): string {
  if (error instanceof Problem) return '';
  throw error;
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
      remedy:
        'run "npm ci" in the project, or "npm install --save-dev plotly.js-dist" in a workspace of your own',
    });
  }
}
