/** Effects that keep what was written, in a workspace of their own; for the tests of the command line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../cli/command.js';
import { type Workspace, workspace } from '../workspace.js';
import { smallStudy } from './small-study.js';

/** What a test may ask about afterwards. */
export interface Watched {
  readonly effects: Effects;
  readonly workspace: Workspace;
  /** What was written to standard output and standard error since the last call. */
  taken(): { out: string; err: string };
  /** The environments that the service was started with. */
  readonly served: Readonly<Record<string, string | undefined>>[];
  /** Removes the workspace. */
  remove(): void;
}

/** Effects with the small study, no network, a clock that stands still, and a service that ends at once. */
export function watchedEffects(changes: Partial<Effects> = {}): Watched {
  const place = workspace(mkdtempSync(join(tmpdir(), 'alambique-')));
  const served: Readonly<Record<string, string | undefined>>[] = [];
  let out = '';
  let err = '';
  const effects: Effects = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    terminal: false,
    env: { HOME: '/nowhere' },
    now: () => new Date('2026-11-21T06:00:00Z'),
    fetch: () => Promise.reject(new TypeError('there is no network')),
    workspace: place,
    studies: { small: async () => smallStudy() },
    jobs: async () => ({ jobs: [], issues: [], origins: {} }),
    command: async () => 0,
    serve: async (env) => {
      served.push(env);
      return 0;
    },
    ...changes,
  };
  const taken = (): { out: string; err: string } => {
    const said = { out, err };
    out = '';
    err = '';
    return said;
  };
  return { effects, workspace: place, taken, served, remove: () => rmSync(place.root, { recursive: true }) };
}
