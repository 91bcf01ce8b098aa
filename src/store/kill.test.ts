/** `kill -9` in the midst of writing: the old artefact loads, or the new one; never a part of either. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../random.js';
import { readArtefact } from '../study/artefact.js';
import { numberedVersion } from '../testing/numbered-version.js';
import { smallArtefact } from '../testing/small-artefact.js';
import { listVersions, readArtefactFiles, setAlias, writeArtefact } from './artefact-store.js';
import { loadArtefact } from './load-artefact.js';

const kills = Number(process.env.ALAMBIQUE_KILLS ?? 25);
const folder = mkdtempSync(join(tmpdir(), 'alambique-'));
after(() => rmSync(folder, { recursive: true }));
const writer = fileURLToPath(new URL('../testing/keep-versions.js', import.meta.url));

test(`killed ${kills} times while it writes, the store holds the old artefact or the new, whole`, async () => {
  const artefact = smallArtefact({ rows: 1000 });
  const { study, version } = artefact;
  writeArtefact(artefact, { folder });
  setAlias(study, 'kept', version, { folder });
  const place = join(folder, study);
  const leftovers = (): string[] => readdirSync(place).filter((name) => name.endsWith('.tmp'));
  const random = seededRandom(1).fork('kills');
  let first = 0;
  let interrupted = 0;
  // More where none came in the midst of writing: the machine may be busy with other things just then.
  for (let kill = 0; kill < kills || (interrupted === 0 && kill < 20 * kills); kill++) {
    const child = spawn(process.execPath, [writer, folder, `${study}@kept`, String(first)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await once(child.stdout, 'data');
    await wait(random.uniform() * 12);
    child.kill('SIGKILL');
    const [, signal] = (await once(child, 'close')) as [unknown, string];
    assert.equal(signal, 'SIGKILL', 'it went on until it was killed');
    interrupted += leftovers().length > 0 ? 1 : 0;

    const done = Number(said.trim().split('\n').at(-1));
    const champion = await loadArtefact(study, { folder });
    const possible = [done, done + 1].map((number) => numberedVersion(version, number));
    assert.ok(possible.includes(champion.version), `${champion.version} after ${done}`);
    for (const kept of listVersions(study, { folder })) {
      readArtefact(readArtefactFiles(`${study}@${kept}`, { folder }));
      if (kept !== champion.version && kept !== version) rmSync(join(place, kept), { recursive: true });
    }
    first = done + 2;
  }
  assert.ok(interrupted > 0, 'no kill came in the midst of writing: the test proved nothing');
  setAlias(study, 'champion', version, { folder });
  assert.deepEqual(leftovers(), []);
  assert.equal((await loadArtefact(study, { folder })).version, version);
});
