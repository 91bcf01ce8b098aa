/** What may be installed: every package by its hash, none that is known to be wrong, and two for the service. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findRoot } from './workspace.js';

interface Locked {
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const root = findRoot();
const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
const locked = Object.entries((JSON.parse(text) as { packages: Record<string, Locked> }).packages).filter(
  ([path]) => path !== '',
);
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Never to be installed, and why. */
const denied: Readonly<Record<string, string>> = {
  'smote-ts': 'does not exist on npm: a package of that name would be somebody else’s trap',
  arquero: 'its published dependencies are incomplete',
  'event-stream': 'was published with a theft in it',
  'flatmap-stream': 'was the theft in event-stream',
  request: 'is abandoned; @cypress/request stands in for it',
};

test('every package of the lockfile has its integrity', () => {
  const without = locked.filter(([, { link, integrity }]) => !link && !integrity).map(([path]) => path);
  assert.deepEqual(without, []);
});

test('no package is on the deny-list', () => {
  const found = locked
    .map(([path, entry]) => [nameOf(path), entry] as const)
    .filter(([name]) => Object.hasOwn(denied, name));
  // An override may install another package under a denied name; its lock entry then carries that package's own name.
  const real = found.filter(([name, entry]) => ((entry as { name?: string }).name ?? name) === name);
  assert.deepEqual(
    real.map(([name]) => `${name} ${denied[name]}`),
    [],
  );
});

test('serving needs hono and @hono/node-server, and nothing else', () => {
  const runtime = locked.filter(([, { dev, link }]) => !dev && !link).map(([path]) => nameOf(path));
  assert.deepEqual(runtime.sort(), ['@hono/node-server', 'hono']);
});

test('the lockfile names no place that packages came from', () => {
  const places = locked
    .filter(([, { resolved, link }]) => resolved !== undefined && !link)
    .map(([path]) => path);
  assert.deepEqual(places, []);
});

test('versions are exact and install scripts are off', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(\d+\.\d+\.\d+|file:\.|npm:.+@\d+\.\d+\.\d+)$/.test(version),
  );
  assert.deepEqual(loose, []);
  assert.match(readFileSync(join(root, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m);
});
