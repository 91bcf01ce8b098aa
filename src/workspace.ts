/** Finds the program and the workspace that uses it; the only file that knows where `data/` and `reports/` are. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, found upwards from this file. */
export function findRoot(): string {
  const folder = folderOfPackage(dirname(fileURLToPath(import.meta.url)));
  if (folder === undefined)
    throw new Error('No package.json above the program: the installation is incomplete.');
  return folder;
}

/**
 * The folder that data, models, logs and studies belong to: the nearest with a package.json, from `from` (the current
 * folder) upwards, so that nothing is written into an installed package; `from` itself where there is none.
 */
export function workspaceRoot(from: string = process.cwd()): string {
  return folderOfPackage(from) ?? resolve(from);
}

function folderOfPackage(from: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Absolute paths of the workspace's rooms on disk. */
export interface Workspace {
  root: string;
  raw: string;
  models: string;
  /** Every prediction that was served, by study and day. */
  predictions: string;
  reports: string;
  notebooks: string;
  studies: string;
}

/** The workspace under `root`, by default that of the current folder. */
export function workspace(root: string = workspaceRoot()): Workspace {
  const base = resolve(root);
  return {
    root: base,
    raw: join(base, 'data', 'raw'),
    models: join(base, 'data', 'models'),
    predictions: join(base, 'data', 'predictions'),
    reports: join(base, 'reports'),
    notebooks: join(base, 'notebooks'),
    studies: join(base, 'src', 'studies'),
  };
}

/** The service as the build bundles it: a program for `node`. */
export function serviceProgram(): string {
  return join(findRoot(), 'dist', 'service.mjs');
}

/** What this program's package says of itself. */
export interface OwnPackage {
  readonly name: string;
  readonly version: string;
  /** Packages that are installed where they are needed, with their versions. */
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The package.json of this program. */
export function ownPackage(): OwnPackage {
  return JSON.parse(readFileSync(join(findRoot(), 'package.json'), 'utf8')) as OwnPackage;
}

/** Name and version of this program, as artefacts record it: "alambique 0.1.0". */
export function programVersion(): string {
  const { name, version } = ownPackage();
  return `${name} ${version}`;
}
