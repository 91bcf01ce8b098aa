/** Settings: each command and the service reads the same value, says where it is from, and shows no secret. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { findRoot } from '../workspace.js';
import { allSettings, setting } from './read-settings.js';
import { settingsInForce, settingsTable } from './settings-in-force.js';

const workspace = { root: '/work' };
const place = (env: Record<string, string> = {}) => ({ env, workspace });

test('a folder counts from the workspace by default, and is as it is said where it is said', () => {
  assert.equal(setting('models', place()), join('/work', 'data', 'models'));
  assert.equal(setting('models', place({ ALAMBIQUE_MODELS: '' })), join('/work', 'data', 'models'));
  assert.equal(setting('models', place({ ALAMBIQUE_MODELS: '/elsewhere' })), '/elsewhere');
  assert.equal(setting('audit', place({ ALAMBIQUE_AUDIT: 'off' })), undefined);
  assert.equal(setting('data', place()), undefined);
  assert.deepEqual(setting('model', place({ ALAMBIQUE_MODEL: 'tea, coffee@challenger' })), [
    'tea',
    'coffee@challenger',
  ]);
});

test('what is badly said is named with what it may be, all at once', () => {
  const bad = place({ PORT: '80a', ALAMBIQUE_AUDIT_FULL: 'pray' });
  assert.throws(() => setting('port', bad), {
    message: 'PORT is not what it may be, got "80a". Expected a whole number from 0 to 65535.',
  });
  assert.equal(setting('host', bad), '127.0.0.1');
  const { values, issues } = allSettings(bad);
  assert.deepEqual([values.port, values.auditFull, issues.length], [3000, 'drop-inputs', 2]);
});

test('what is in force says where it is from, and how many keys there are, but none of them', () => {
  const key = 'k'.repeat(40);
  const env = { PORT: '8080', ALAMBIQUE_KEYS: `${key},${key}`, ALAMBIQUE_LOG: 'much' };
  const all = settingsInForce(place(env), { PORT: '9090' });
  const of = (name: string): unknown[] => {
    const { value, from, usable } = all.find((one) => one.name === name)!;
    return [value, from, usable];
  };
  assert.deepEqual(of('PORT'), ['9090', 'flag', true]);
  assert.deepEqual(of('HOST'), ['127.0.0.1', 'default', true]);
  assert.deepEqual(of('ALAMBIQUE_LOG'), ['much', 'environment', false]);
  assert.deepEqual(of('ALAMBIQUE_KEYS'), ['2 (not shown)', 'environment', true]);
  assert.ok(!JSON.stringify(all).includes(key));
  try {
    setting('port', place({ ...env, PORT: 'x' }));
  } catch (error) {
    assert.ok(error instanceof Problem && !JSON.stringify(error.issues).includes(key));
  }
});

test('the table of settings in serve/README.md is made of the list', () => {
  assert.ok(readFileSync(join(findRoot(), 'serve', 'README.md'), 'utf8').includes(settingsTable()));
});
