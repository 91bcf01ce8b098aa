/** What is exported is used by something that runs, not by tests alone. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findRoot } from '../workspace.js';

/** Exported for tests only, with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  settingsTable: 'serve/README.md holds this table, and a test compares the two',
  createClient: 'an entry of the package',
  columnEvidence: 'evidence of a column for the draft of a schema',
};

const root = findRoot();
const sources = ['src', 'serve'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .map((name) => join(room, name))
    .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|-checks\.ts$|^src.testing/.test(path)),
);

test('no function, class or constant is exported for tests alone', () => {
  const exported = /^export (?:async )?(?:function|const|class) (\w+)/gm;
  /** How often each word stands in the code of all sources, comments left out. */
  const uses = new Map<string, number>();
  const names: string[] = [];
  for (const path of sources) {
    const code = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    for (const [word] of code.matchAll(/\w+/g)) uses.set(word, (uses.get(word) ?? 0) + 1);
    // Notebooks use what stands with a study.
    if (!path.startsWith(join('src', 'studies')))
      names.push(...[...code.matchAll(exported)].map(([, name]) => name!));
  }
  assert.ok(names.length > 500);
  assert.deepEqual(
    names.filter((name) => uses.get(name) === 1 && !Object.hasOwn(exceptions, name)),
    [],
  );
});
