/** The registry: the first model is the champion, later ones wait, and each change of champion is written down. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { smallArtefact } from '../testing/small-artefact.js';
import { smallDataset } from '../testing/small-dataset.js';
import { listVersions, readAliases, setAlias, writeArtefact } from './artefact-store.js';
import {
  promoteVersion,
  readDecisions,
  registerVersion,
  rollBack,
  updateChampion,
  waitingChallenger,
} from './registry.js';

const root = mkdtempSync(join(tmpdir(), 'alambique-'));
after(() => rmSync(root, { recursive: true }));
let folder = '';
let count = 0;
beforeEach(() => {
  folder = join(root, String(count++));
});

const study = 'bank-marketing';
const now = new Date('2026-11-21T06:00:00Z');
const deciding = (why: string, by = 'ana') => ({ folder, why, by, now });

/** Simulated rows that are taken for real ones, so that no champion gives its place by itself. */
const { dataset } = smallDataset({ rows: 400 });
const real = { ...dataset, source: { ...dataset.source, simulated: false } };

function kept(day: number, simulated = false): string {
  const parts = simulated ? {} : { trainedOn: real, measuredOn: real };
  const artefact = smallArtefact({ rows: 400, madeAt: new Date(Date.UTC(2026, 10, day)), ...parts });
  writeArtefact(artefact, { folder });
  return artefact.version;
}
const register = async (version: string, promote = false): Promise<string> =>
  (await registerVersion({ study, version }, { ...deciding('it was run'), promote })).said;

test('the first model of a study becomes its champion, a later one the challenger that waits', async () => {
  const [one, two] = [kept(1), kept(2)] as const;
  assert.equal(await register(one), 'the champion, as the first model of its study');
  assert.equal(waitingChallenger(study, { folder }), undefined);
  assert.match(await register(two), new RegExp(`^the challenger; ${one} stays the champion until`));
  assert.deepEqual(readAliases(study, { folder }), { champion: one, challenger: two });
  assert.equal(waitingChallenger(study, { folder }), two);
});

test('a run that made the version which is the champion leaves it that, and makes it no challenger of itself', async () => {
  const one = kept(1);
  await register(one);
  assert.equal(await register(one), 'the champion already');
  assert.equal(await register(one, true), 'the champion already');
  assert.deepEqual(readAliases(study, { folder }), { champion: one });
  assert.equal(readDecisions(study, { folder }).length, 1);
});

test('what is promoted is the champion and waits no more; who, when, from what and why stand in the record', async () => {
  const [one, two, three] = [kept(1), kept(2), kept(3)] as const;
  await register(one);
  await register(two);
  await promoteVersion(`${study}@challenger`, deciding('it ranks better', 'bea'));
  assert.deepEqual(readAliases(study, { folder }), { champion: two });
  assert.equal(await register(three, true), 'the champion, promoted');
  const time = now.toISOString();
  assert.deepEqual(readDecisions(study, { folder }), [
    { time, by: 'ana', what: 'first', from: null, to: one, why: 'it was run' },
    { time, by: 'bea', what: 'promoted', from: one, to: two, why: 'it ranks better' },
    { time, by: 'ana', what: 'promoted', from: two, to: three, why: 'it was run' },
  ]);
  await assert.rejects(promoteVersion(`${study}@${three}`, deciding('again')), /is the champion already/);
  assert.equal(readDecisions(study, { folder }).length, 3);
});

test('a champion rolls back to the one before, twice to the one before that, and no further', async () => {
  const [one, two, three] = [kept(1), kept(2), kept(3)] as const;
  await register(one);
  await register(two, true);
  await register(three, true);
  assert.equal((await rollBack(study, deciding('it was wrong'))).to, two);
  assert.equal((await rollBack(study, deciding('it was wrong, too'))).to, one);
  await assert.rejects(
    rollBack(study, deciding('and again')),
    /[Nn]o earlier champion of "bank-marketing" is known/,
  );
  await promoteVersion(`${study}@${three}`, deciding('it was right'));
  assert.equal((await rollBack(study, deciding('no'))).to, one);
  assert.deepEqual(readAliases(study, { folder }), { champion: one });
});

test('a champion that is gone from its folder can be rolled back from', async () => {
  const [one, two] = [kept(1), kept(2)] as const;
  await register(one);
  await register(two, true);
  rmSync(join(folder, study, two), { recursive: true });
  const { from, to } = await rollBack(study, deciding('it is gone'));
  assert.deepEqual([from, to], [null, one]);
  assert.deepEqual(readAliases(study, { folder }), { champion: one });
});

test('a challenger waits only where it is there, and newer than a champion that is there', async () => {
  const [one, two, three] = [kept(1), kept(2), kept(3)] as const;
  const waiting = (): string | undefined => waitingChallenger(study, { folder });
  setAlias(study, 'challenger', two, { folder });
  assert.equal(waiting(), undefined, 'there is no champion');
  setAlias(study, 'champion', three, { folder });
  assert.equal(waiting(), undefined, 'it is older');
  setAlias(study, 'champion', one, { folder });
  assert.equal(waiting(), two);
  setAlias(study, 'challenger', one, { folder });
  assert.equal(waiting(), undefined, 'it is the champion');
  setAlias(study, 'challenger', two, { folder });
  rmSync(join(folder, study, two), { recursive: true });
  assert.equal(waiting(), undefined, 'it is gone');
});

test('an update is a champion of its own, and a challenger waits that is newer than what the updated one learned', async () => {
  const [one, two, three, four] = [kept(1), kept(2), kept(3), kept(4)] as const;
  await register(one);
  await register(two);
  const update = (from: string, to: string) => updateChampion({ study, from, to }, deciding('new sales'));
  assert.equal((await update(one, three)).what, 'updated');
  assert.equal((await update(three, four)).from, three);
  assert.equal(waitingChallenger(study, { folder }), two);
  await assert.rejects(update(three, two), /was updated, and is not the champion any more/);
  assert.equal((await rollBack(study, deciding('wrong sales'))).to, three);
});

test('the champion of a store without a record is known from the first decision on', async () => {
  const [one, two, three] = [kept(1), kept(2), kept(3)] as const;
  setAlias(study, 'champion', one, { folder });
  await promoteVersion(`${study}@${two}`, deciding('it is newer'));
  await promoteVersion(`${study}@${three}`, deciding('it is newer still'));
  assert.equal((await rollBack(study, deciding('no'))).to, two);
  assert.equal((await rollBack(study, deciding('no'))).to, one);
});

test('a champion of simulated data gives its place to the first of real data, one that is damaged to any', async () => {
  const [simulated, again, one, two] = [kept(1, true), kept(2, true), kept(3), kept(4)] as const;
  await register(simulated);
  assert.match(await register(again), /^the challenger/);
  assert.match(await register(one), /^the champion, as the one before was made from simulated data/);
  writeFileSync(join(folder, study, one, 'model.json'), '{}');
  assert.match(await register(two), /^the champion, as the one before cannot be served any more/);
});

test('of those that decide at once each is heard, and nobody undoes the other', async () => {
  const versions = [1, 2, 3, 4].map((day) => kept(day));
  const decided = versions.map((version) => register(version, true));
  await Promise.all(decided);
  const decisions = readDecisions(study, { folder });
  assert.deepEqual(decisions.map(({ to }) => to).sort(), listVersions(study, { folder }));
  decisions.forEach(({ from }, i) => {
    assert.equal(from, i === 0 ? null : decisions[i - 1]!.to);
  });
  assert.deepEqual(readAliases(study, { folder }), { champion: decisions[3]!.to });
});

test('a damaged record is refused with its line', async () => {
  await register(kept(1));
  const path = join(folder, study, 'decisions.jsonl');
  assert.match(readFileSync(path, 'utf8'), /^\{.*\}\n$/);
  appendFileSync(path, '{"by":1}\n');
  assert.throws(() => readDecisions(study, { folder }), /decisions\.jsonl, line 2: this is no decision/);
});

test('a rollback proves the earlier champion, and where nothing is kept it says so', async () => {
  await assert.rejects(rollBack(study, deciding('no')), /No earlier champion of "bank-marketing" is known/);
  const [one, two] = [kept(1), kept(2)] as const;
  await register(one);
  await register(two, true);
  writeFileSync(join(folder, study, one, 'model.json'), '{}');
  await assert.rejects(rollBack(study, deciding('no')), /model\.json: the artefact was altered/);
  assert.deepEqual(readAliases(study, { folder }), { champion: two });
});
