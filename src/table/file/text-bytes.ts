/** The text of a file as UTF-8, whatever it is packed and encoded with. */
import type { Dialect, Encoding } from '../dialect.js';
import { byteOrderMark, utf8Maker } from './text-decoder.js';
import { type UnpackOptions, unpackedBytes } from './unpacked-bytes.js';

/** What the reader of texts may be told. */
export interface TextOptions extends Omit<UnpackOptions, 'sheet'> {
  /** Its encoding holds where no byte order mark says another: UTF-8 by default, and then unchecked. */
  readonly dialect?: Pick<Dialect, 'encoding' | 'sheet'>;
  /** Told what the encoding is, and whether a byte order mark says so, before the first piece. */
  readonly onEncoding?: (encoding: Encoding, isMarked: boolean) => void;
}

/**
 * The text as pieces of UTF-8; a piece is overwritten at the next but one. A byte order mark decides about the encoding, whatever
 * was stated. Throws as `unpackedBytes` does, `csv-bad-utf16`, and `csv-other-encoding` where Windows-1252 was stated and all is UTF-8.
 */
export async function* textBytes(
  source: string | AsyncIterable<Uint8Array>,
  options: TextOptions,
): AsyncGenerator<Uint8Array> {
  const { name, dialect = {} } = options;
  const { encoding = 'utf-8', sheet } = dialect;
  let maker: ReturnType<typeof utf8Maker> | undefined;
  for await (const chunk of unpackedBytes(source, { ...options, sheet })) {
    if (!maker) {
      const mark = byteOrderMark(chunk);
      options.onEncoding?.(mark?.encoding ?? encoding, mark !== undefined);
      maker = utf8Maker(mark?.encoding ?? encoding, name);
    }
    yield maker.push(chunk);
  }
  const rest = maker?.finish();
  if (rest && rest.length > 0) yield rest;
}
