/** What a night holds, as its `manifest.json` says it: a night without one does not exist. */

import type { ColumnType } from '../io/rows/rows.js';
import { canonicalJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import type { CopyFormat } from './copy.js';

/** What it is called. */
export const manifestName = 'manifest.json';

/** A column as it was copied. */
export interface NightColumn {
  readonly name: string;
  /** As the database calls it; "pseudonym" where its values were replaced. */
  readonly type: string;
  readonly kind: ColumnType;
}

/** A table as it was copied. */
export interface NightTable {
  readonly name: string;
  /** The path of its file, from the folder of the night. */
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly columns: readonly NightColumn[];
  readonly keys: readonly string[];
  /** How many rows about forgotten people were left out. */
  readonly leftOut: number;
}

/** A night. */
export interface NightManifest {
  readonly version: 1;
  readonly copy: string;
  readonly date: string;
  readonly format: CopyFormat;
  /** Where it came from, without a password, and which moment it shows. */
  readonly source: string;
  readonly snapshot: { readonly system: string; readonly id: string; readonly time: string };
  readonly program: string;
  readonly tables: readonly NightTable[];
  /** Dates since the night before on which there should have been one. */
  readonly missed: readonly string[];
  /** Why it must not be used, where it is in quarantine. */
  readonly quarantined?: readonly string[];
}

/** The text of `manifest.json`. */
export function formatManifest(manifest: NightManifest): string {
  return `${canonicalJson(manifest as unknown as Json)}\n`;
}

/** Reads a manifest. Throws `copy-manifest` where the text is none. */
export function parseManifest(text: string, place: string): NightManifest {
  try {
    const manifest = JSON.parse(text) as NightManifest;
    if (manifest.version === 1 && Array.isArray(manifest.tables)) return manifest;
  } catch {
    // Told below.
  }
  throw new Problem({
    code: 'copy-manifest',
    what: 'the manifest of a night cannot be read',
    where: { file: place },
    remedy: 'restore it, or remove that night and copy again',
  });
}
