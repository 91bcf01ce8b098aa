/** What is said of a file of `src/studies` that cannot be loaded. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Problem } from '../../problem.js';
import { loadModule } from './load-module.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique-'));
after(() => rmSync(folder, { recursive: true }));
const where = { file: 'src/studies/bad.ts' };

test('one that throws, and one that imports what is not there, are told with their file', async () => {
  const throws = join(folder, 'throws.mjs');
  writeFileSync(throws, "const rows = {};\nrows['x'].length;\n");
  await assert.rejects(loadModule(throws, where), (error: Problem) => {
    assert.equal(error.issues[0]?.code, 'study-throws');
    assert.match(
      error.message,
      /^src\/studies\/bad\.ts: it fails when it is loaded: Cannot read .*throws\.mjs:2/,
    );
    return true;
  });
  const imports = join(folder, 'imports.mjs');
  writeFileSync(imports, "import 'no-such-package';\n");
  await assert.rejects(loadModule(imports, where), (error: Problem) => {
    assert.equal(error.issues[0]?.code, 'study-import');
    return true;
  });
});
