/** When a study of the workspace is compiled again. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { workspace } from '../../workspace.js';
import { compiledModule } from './compile-study.js';

const root = mkdtempSync(join(tmpdir(), 'alambique-compile-'));
after(() => rmSync(root, { recursive: true }));

test('a study is compiled again where its source or the package’s kind of modules has changed, and only then', async () => {
  const path = join('src', 'studies', 'one.ts');
  mkdirSync(join(root, 'src', 'studies'), { recursive: true });
  const write = (source: string, type: string): void => {
    writeFileSync(join(root, path), source);
    writeFileSync(join(root, 'package.json'), JSON.stringify({ type }));
  };
  const compiled = (): Promise<string> => compiledModule(path, workspace(root));
  write('export const one: number = 1;', 'module');
  const out = await compiled();
  assert.match(readFileSync(out, 'utf8'), /^export const one = 1;/m);
  const { mtimeMs } = statSync(out);
  assert.equal(statSync(await compiled()).mtimeMs, mtimeMs);
  write('export const one: number = 1;', 'commonjs');
  assert.match(readFileSync(await compiled(), 'utf8'), /^exports\.one = 1;/m);
  write('export const two: number = 2;', 'commonjs');
  assert.match(readFileSync(await compiled(), 'utf8'), /^exports\.two = 2;/m);
});
