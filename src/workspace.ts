/** Finds the project's root; the only file that knows where `data/` and `reports/` are. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds the package.json of this package, found upwards from this file. */
export function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('No package.json above the program: the installation is incomplete.');
    folder = parent;
  }
  return folder;
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

/** The workspace under `root` (by default, the one this program stands in). */
export function workspace(root: string = findRoot()): Workspace {
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

/** Name and version of this program, as artefacts record it: "alambique 0.1.0". */
export function programVersion(): string {
  const text = readFileSync(join(findRoot(), 'package.json'), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return `${name} ${version}`;
}
