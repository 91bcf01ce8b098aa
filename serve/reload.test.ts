import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setAlias, writeArtefact } from '../src/store/artefact-store.js';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { createService } from './app.js';
import { createLog } from './log.js';
import { watchReferences } from './reload.js';

test('every time that an alias breaks is logged as an error and counted, and each once', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = smallArtefact();
  writeArtefact(files, { folder });
  setAlias(files.study, 'champion', files.version, { folder });
  const now = (): Date => new Date('2026-11-21T07:00:00Z');
  const service = createService({ model: readArtefact(files), now });
  const written: string[] = [];
  const log = createLog({ level: 'errors', now, write: (text) => void written.push(text) });
  const watch = watchReferences(service, { references: [files.study], folder, log, everyMs: 1e9 });
  t.after(() => watch.stop());
  const study = join(folder, files.study);
  const count = async (): Promise<number> => {
    log.flush();
    const events = written
      .join('')
      .split('\n')
      .filter((line) => /was refused/.test(line));
    for (const line of events) assert.equal((JSON.parse(line) as { level: string }).level, 'error');
    const metrics = await (await service.app.request('/metrics')).text();
    assert.equal(Number(/reloads_total\{[^}]*refused[^}]*\} (\d+)/.exec(metrics)?.[1] ?? 0), events.length);
    return events.length;
  };
  await watch.check();
  assert.equal(await count(), 0);
  // Broken, still broken, mended, broken in the same way again, broken in another way.
  const broken = (text: string): void => writeFileSync(join(study, 'aliases.json'), text);
  broken('nothing of the kind');
  await watch.check();
  await watch.check();
  assert.equal(await count(), 1);
  const mend = (): void => broken(JSON.stringify({ champion: files.version }));
  mend();
  await watch.check();
  broken('nothing of the kind');
  await watch.check();
  assert.equal(await count(), 2);
  broken(JSON.stringify({ champion: '20991231T000000Z-0123456789abcdef' }));
  await watch.check();
  await watch.check();
  assert.equal(await count(), 3);
});
