/** `alambique run` of a study that forecasts: from the panel to kept forecasts and their report. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { setting } from '../config/read-settings.js';
import type { OpenRun } from '../database/record-run.js';
import { forecastRaceSheet } from '../forecast/accuracy/forecast-race-sheet.js';
import { makeForecastArtefact, readForecastArtefact } from '../forecast/study/forecast-artefact.js';
import { writeForecastReport } from '../forecast/study/forecast-report.js';
import type { ForecastStudy } from '../forecast/study/forecast-study.js';
import { type ForecastRun, runForecastStudy } from '../forecast/study/run-forecast-study.js';
import type { JsonObject } from '../json.js';
import { writeArtefact } from '../store/artefact-store.js';
import { registerVersion } from '../store/registry.js';
import { sha256 } from '../study/manifest.js';
import { sheetText } from '../table/sheet.js';
import { programVersion } from '../workspace.js';
import type { Effects } from './command.js';
import { findPanel } from './find-panel.js';
import { simulatedBanner } from './find-study-data.js';
import { progressBar } from './progress.js';
import { recorded } from './recorded.js';

/** What a run left. */
export interface KeptForecastRun {
  readonly run: ForecastRun;
  readonly study: string;
  readonly version: string;
  readonly alias: string | null;
  readonly simulated: boolean;
  readonly page: string;
}

interface RunForecastsOptions {
  readonly data?: string | undefined;
  readonly threads: number;
  readonly quiet?: boolean;
  readonly promote?: string | undefined;
}

/**
 * Runs the study, keeps its forecasts, writes their report, and records that. `promote` is why they are made the champion
 * at once.
 */
export function runForecasts(
  study: ForecastStudy,
  options: RunForecastsOptions,
  effects: Effects,
): Promise<KeptForecastRun> {
  const work = (run: OpenRun): Promise<KeptForecastRun> => train(study, { ...options, record: run }, effects);
  return recorded({ kind: 'training', name: study.name, work }, effects);
}

async function train(
  study: ForecastStudy,
  { record, ...options }: RunForecastsOptions & { record: OpenRun },
  effects: Effects,
): Promise<KeptForecastRun> {
  const say = (text: string): void => {
    if (!options.quiet) effects.out(`${text}\n`);
  };
  const { panel, how } = await findPanel(study, options.data, effects);
  const { name, sha256: hash, simulated } = panel.source;
  record.note({ input: { data: { name, sha256: hash, simulated }, series: panel.series.length } });
  say(`Data: ${how}`);
  if (simulated) say(simulatedBanner(study.data.file));
  say(`${panel.series.length} series of ${panel.periods.count} periods read. ${study.question}\n`);
  const bar = progressBar(effects);
  let run: ForecastRun;
  try {
    run = runForecastStudy(study, panel, {
      threads: options.threads,
      program: programVersion(),
      onProgress: (share, what) => bar.update(share, 1, what),
    });
  } finally {
    bar.end();
  }
  // A wish to stop that came while the thread was busy is heard now, before anything is written.
  await breathe();
  effects.signal?.throwIfAborted();
  say(`${sheetText(forecastRaceSheet(run.race))}\n`);
  const { module } = study;
  const stamp = module && {
    path: module.path,
    sha256: sha256(readFileSync(join(effects.workspace.root, module.path))),
  };
  if (stamp) record.note({ input: { module: stamp } });
  const artefact = makeForecastArtefact({ ...run.parts, module: stamp ?? null }, effects.now());
  const models = setting('models', effects);
  writeArtefact(artefact, { folder: models });
  const { alias, said } = await registerVersion(artefact, {
    folder: models,
    why: options.promote ?? run.parts.why,
    promote: options.promote !== undefined,
    now: effects.now(),
  });
  record.note({ output: { version: artefact.version, alias: alias ?? null, chosen: run.chosen } });
  const { reports, root } = effects.workspace;
  const folder = join(reports, simulated ? `${study.name}-simulated` : study.name);
  const page = writeForecastReport(readForecastArtefact(artefact), { run, panel, folder });
  const place = join(models, study.name, artefact.version);
  say(`Model:  ${relative(root, place)}\n        It is ${said}.\nReport: ${page}`);
  return { run, study: study.name, version: artefact.version, alias: alias ?? null, simulated, page };
}

/** The fields of `run --json` for a study that forecasts. */
export function forecastRunJson({ run, study, version, alias, simulated }: KeptForecastRun): JsonObject {
  const { race, chosen, parts } = run;
  return {
    study,
    task: 'forecast',
    version,
    alias,
    simulated,
    chosen,
    series: parts.keys.length,
    periods: parts.periods,
    protocol: { ...race.protocol, origins: race.origins },
    candidates: race.rows.map(({ name, scores }) => ({
      name,
      scores: Object.fromEntries(
        Object.entries(scores).map(([metric, { value, low, high }]) => [metric, { value, low, high }]),
      ),
    })),
    failures: race.failures.map(({ name, why }) => ({ name, why })),
  };
}
