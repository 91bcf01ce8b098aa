/** Writing that survives a crash: the old content is there, or the new, never a part of either. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a file beside its place, syncs it and renames it into place. Makes the folder where needed. */
export function writeFileAtomically(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeSynced(temporary, content);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/**
 * Writes a folder of files beside its place, syncs everything and renames it into place.
 * The folder must not be there yet.
 */
export function writeFolderAtomically(path: string, files: ReadonlyMap<string, Uint8Array>): void {
  const parent = dirname(path);
  mkdirSync(parent, { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary);
  for (const [name, content] of files) writeSynced(join(temporary, name), content);
  syncFolder(temporary);
  renameSync(temporary, path);
  syncFolder(parent);
}

function writeSynced(path: string, content: string | Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

// Without this a rename may be lost with the power. Windows cannot open a folder, and needs no such thing.
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
