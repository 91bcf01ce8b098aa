/** A published night, for notebooks and programs: what it holds, and where its files are. */
import { type SettingsPlace, thisPlace } from '../config/read-settings.js';
import { Problem } from '../problem.js';
import type { NightManifest } from './night-manifest.js';
import { openNights } from './open-nights.js';

/** A whole night. */
export interface Night {
  readonly date: string;
  readonly manifest: NightManifest;
  /** The file of each table, as `readCsv` takes it. */
  readonly files: Readonly<Record<string, string>>;
}

/** Which night, and where settings are. */
export interface ReadNightOptions {
  /** The last one by default. */
  readonly date?: string;
  readonly place?: SettingsPlace;
}

/**
 * The night of a date, or the last one, at the place that a copy names with `to`: a folder counts from the workspace. All its files are of one moment, also while the next night
 * is published. Its `files.loans` is what
 * `readCsv` takes. Throws `copy-no-night` where there is none.
 */
export async function readNight(
  to: string,
  { date, place = thisPlace() }: ReadNightOptions = {},
): Promise<Night> {
  const nights = openNights(to, { ...place, signal: undefined });
  const wanted = date ?? (await nights.latest());
  const manifest = wanted === undefined ? undefined : await nights.manifest(wanted);
  if (wanted === undefined || manifest === undefined) {
    throw new Problem({
      code: 'copy-no-night',
      what: date === undefined ? `no night was copied to ${to} yet` : `there is no night of ${date} in ${to}`,
      remedy: '"alambique jobs" lists the copies, and "alambique copy NAME" makes a night',
    });
  }
  const files = manifest.tables.map(({ name, file }): [string, string] => [
    name,
    nights.addressOf(wanted, file),
  ]);
  return { date: wanted, manifest, files: Object.fromEntries(files) };
}
