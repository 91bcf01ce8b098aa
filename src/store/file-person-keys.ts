/** The keys of persons in a file beside the log, that only its owner can read: one line a key, or a key that was thrown away. */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import { writeFileAtomically } from '../write-atomically.js';
import { whileLocked } from './folder-lock.js';
import type { PersonKey, PersonKeys } from './person-keys.js';
import { makePrivateFolder } from './private-folder.js';

/** One line: the salt of this file, a person's key, or the name of one that was thrown away. */
type Line = { salt: string } | { person: string; id: string; key: string } | { forgotten: string };

/** Where the keys of persons stand, beside the days' files of a log. */
export function keysFolder(folder: string): string {
  return join(folder, 'keys');
}

const lineFeed = 10;

/**
 * The keys in `folder`. Nothing is written before the first person. Another process may forget persons meanwhile: the
 * file is read again when it has changed. Throws `store-damaged` where it cannot be read.
 */
export function filePersonKeys(folder: string): PersonKeys {
  const path = join(folder, 'keys.ndjson');
  let salt: Buffer | undefined;
  /** By the hash of a person. */
  let persons = new Map<string, PersonKey>();
  let byId = new Map<string, PersonKey>();
  let forgotten = new Set<string>();
  let unsaved: string[] = [];
  let seen = '';

  const read = (): void => {
    const now = stateOf(path);
    if (now === seen) return;
    seen = now;
    const lines = existsSync(path) ? parse(path) : [];
    const waiting = unsaved.map((line) => JSON.parse(line) as Line);
    [persons, byId, forgotten] = [new Map(), new Map(), new Set()];
    for (const line of [...lines, ...waiting]) {
      if ('salt' in line) salt = Buffer.from(line.salt, 'hex');
      else if ('forgotten' in line) forgotten.add(line.forgotten);
      else {
        const key = { id: line.id, key: Buffer.from(line.key, 'base64') };
        persons.set(line.person, key);
        byId.set(line.id, key);
      }
    }
  };
  let isFresh = false;
  /** As `read`, but once in a turn of the event loop, which may keep thousands of predictions. */
  const readOnce = (): void => {
    if (isFresh) return;
    isFresh = true;
    setImmediate(() => {
      isFresh = false;
    });
    read();
  };
  const hashOf = (person: string): string => createHmac('sha256', salt!).update(person).digest('base64url');
  const append = (line: Line): void => {
    unsaved.push(`${JSON.stringify(line)}\n`);
  };

  return {
    load: read,
    of(person) {
      readOnce();
      if (salt === undefined) {
        salt = randomBytes(16);
        append({ salt: salt.toString('hex') });
      }
      const hash = hashOf(person);
      const known = persons.get(hash);
      if (known) return known;
      const made = { id: randomBytes(12).toString('hex'), key: randomBytes(32) };
      persons.set(hash, made);
      byId.set(made.id, made);
      append({ person: hash, id: made.id, key: made.key.toString('base64') });
      return made;
    },
    known(person) {
      read();
      return salt && persons.get(hashOf(person));
    },
    find(id) {
      read();
      return byId.get(id);
    },
    isForgotten(id) {
      read();
      return forgotten.has(id);
    },
    async save() {
      if (unsaved.length === 0) return;
      makePrivateFolder(folder);
      await whileLocked(folder, async () => {
        const file = await open(path, 'a+', 0o600);
        try {
          await cutTornEnd(file);
          await file.appendFile(unsaved.join(''));
          await file.datasync();
        } finally {
          await file.close();
        }
        unsaved = [];
        seen = stateOf(path);
      });
    },
    async forget(person) {
      read();
      if (salt === undefined || !existsSync(path)) return undefined;
      return whileLocked(folder, () => {
        read();
        const hash = hashOf(person);
        const key = persons.get(hash);
        if (key === undefined) return undefined;
        const kept = parse(path).filter((line) => !('person' in line && line.person === hash));
        const lines = [...kept, { forgotten: key.id }].map((line) => `${JSON.stringify(line)}\n`);
        writeFileAtomically(path, lines.join(''), { mode: 0o600 });
        read();
        return key.id;
      });
    },
  };
}

/** Removes what a crash left after the last line: another line must not be joined to it. */
async function cutTornEnd(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size === 0) return;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  if (last[0] === lineFeed) return;
  const text = await file.readFile();
  await file.truncate(text.lastIndexOf(lineFeed) + 1);
}

/** Tells one state of the file from another. */
function stateOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : 'none';
}

function parse(path: string): Line[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  // What stands after the last line feed a crash left: it was never said to be on disk.
  lines.pop();
  return lines.map((line, i) => {
    try {
      return JSON.parse(line) as Line;
    } catch {
      throw new Problem({
        code: 'store-damaged',
        what: 'this is no key of a person',
        where: { file: path, line: i + 1 },
        remedy: 'restore the file from a copy: without it what the log holds of persons cannot be read',
      });
    }
  });
}
