/** Reads frozen values that an outside implementation made; for tests only. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findRoot } from '../workspace.js';

/** The parsed JSON at `src/<path>`: `fixture('models/fixtures/logistic.json')`. The caller states its type. */
export function fixture<T>(path: string): T {
  return JSON.parse(readFileSync(join(findRoot(), 'src', path), 'utf8')) as T;
}
