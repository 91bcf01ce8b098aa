/** What documents link to is there, and so is every npm script that they name. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { findRoot } from '../workspace.js';

const root = findRoot();
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };

for (const document of [
  'README.md',
  'CONTRIBUTING.md',
  'src/README.md',
  'serve/README.md',
  'notebooks/README.md',
  'notebooks/guide/databases-and-stores.md',
  'notebooks/guide/from-excel-power-bi-and-celonis.md',
  'CHANGELOG.md',
]) {
  test(`${document} links to what is there, and names npm scripts that are there`, () => {
    const text = readFileSync(join(root, document), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => join(dirname(document), link!));
    assert.deepEqual(
      links.filter((path) => !existsSync(join(root, path))),
      [],
    );
    const named = [...text.matchAll(/`npm (?:run )?([a-z]+)\b/g)].map(([, name]) => name!);
    assert.deepEqual(
      named.filter((name) => !['ci', 'i', ...Object.keys(scripts)].includes(name)),
      [],
    );
  });
}
