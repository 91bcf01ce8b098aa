/** Starts a server that keeps its files in a temporary folder, and takes both away again, even where this process is killed. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ending, Service } from './services.js';

/** The numbers of a user of this machine; none where this process is that user or may become no other. */
export interface UserNumbers {
  readonly uid?: number;
  readonly gid?: number;
}

/** What is started. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly port: number;
  readonly user?: UserNumbers;
  readonly env?: NodeJS.ProcessEnv;
  /** What it prints when it is ready, where an open port does not say so. */
  readonly ready?: RegExp;
  /** By default TERM. */
  readonly signal?: 'TERM' | 'INT' | 'KILL';
}

// Standard input stays open as long as this process lives. When it ends, however it ends, the watcher reads the end of it.
const watch = `
exec 3<&0
folder=$1 signal=$2
shift 2
"$@" </dev/null &
server=$!
( cat <&3 >/dev/null; kill -s "$signal" "$server" ) >/dev/null 2>&1 &
wait "$server"
rm -rf -- "$folder"
`;

/** Waits until it takes connections. Throws with what it printed where it ends before. */
export async function startProgram(
  t: Ending,
  { command, args, folder, port, user, env, ready, signal = 'TERM' }: Program,
): Promise<Service> {
  const child = spawn('sh', ['-c', watch, 'watch', folder, signal, command, ...args], {
    cwd: '/',
    detached: true,
    stdio: 'pipe',
    ...user,
    ...(env && { env }),
  });
  let printed = '';
  let isOver = false;
  const ended = once(child, 'exit').then(() => {
    isOver = true;
    child.stdin.destroy();
  });
  child.stdin.on('error', () => {});
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-20_000);
    });
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  t.after(stop);
  while (!((ready?.test(printed) ?? true) && (await isOpen(port)))) {
    if (isOver) throw new Error(`${command} ended before it was ready:\n${printed}`);
    await pause(50);
  }
  return { port, stop };
}

/** A new folder that belongs to the user. */
export function folderFor(name: string, { uid, gid }: UserNumbers = {}): string {
  const folder = mkdtempSync(join(tmpdir(), `alambique-${name}-`));
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}

/** The numbers of a user by name, for a process that may be anybody; else none. */
export function userNamed(name: string): UserNumbers {
  if (process.getuid?.() !== 0) return {};
  const number = (flag: string): number => Number(run('id', [flag, name]));
  return { uid: number('-u'), gid: number('-g') };
}

/** Runs a program to its end; what it printed. Throws with all of it where it fails. */
export function run(command: string, args: readonly string[], user: UserNumbers = {}): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: '/', encoding: 'utf8', ...user });
  if (error) throw new Error(`"${command}" cannot be started: ${error.message}`);
  if (status !== 0) throw new Error(`"${command}" ended with status ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
