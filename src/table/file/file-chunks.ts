/** Reads a file in pieces of a mebibyte, the next while the caller takes this one. */
import type { FileHandle } from 'node:fs/promises';

const chunkSize = 1 << 20;

/** The bytes, all or those of a range (its end exclusive); a chunk is overwritten at the next but one. */
export async function* fileChunks(
  file: FileHandle,
  range?: { start: number; end: number },
): AsyncGenerator<Uint8Array> {
  let [current, next] = [new Uint8Array(chunkSize), new Uint8Array(chunkSize)];
  let at = range?.start ?? 0;
  // A pipe is read as it comes and has no positions.
  const read = (buffer: Uint8Array, from: number): ReturnType<FileHandle['read']> =>
    range
      ? file.read(buffer, 0, Math.min(chunkSize, Math.max(0, range.end - from)), from)
      : file.read(buffer, 0, chunkSize);
  let reading = read(current, at);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      at += bytesRead;
      reading = read(next, at);
      // Its failure is met at the next turn; until then it must not count as unhandled.
      reading.catch(() => {});
      yield current.subarray(0, bytesRead);
      [current, next] = [next, current];
    }
  } finally {
    await reading.catch(() => {});
  }
}
