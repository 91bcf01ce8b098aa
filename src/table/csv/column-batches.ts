/** Reads a file of rows as columns, some thousand rows at a time and in constant memory, for files that are made anew from it. */
import { basename } from 'node:path';
import { columnDialect } from '../column-dialect.js';
import type { Dialect } from '../dialect.js';
import { textBytes } from '../file/text-bytes.js';
import type { Column } from '../table.js';
import { type ColumnBuilder, columnBuilder } from './column-builder.js';
import type { CsvColumn } from './csv.js';
import { CsvReader } from './csv-reader.js';

/** What is known of the file. */
export interface ColumnBatchesOptions {
  readonly dialect?: Dialect;
  /** As what a column is read, by its name. */
  readonly columnOf: (name: string) => CsvColumn;
}

/** The columns of the next rows, all that the file has; levels of categories are those of these rows. Throws every issue of the file at its end. */
export async function* columnBatches(
  path: string,
  { dialect = {}, columnOf }: ColumnBatchesOptions,
): AsyncGenerator<readonly Column[]> {
  const name = basename(path);
  const builders: BatchBuilder[] = [];
  const reader = new CsvReader({ columns: 'texts', dialect, name }, (column) => {
    const builder = new BatchBuilder(() => columnBuilder(columnOf(column), columnDialect(dialect, column)));
    builders.push(builder);
    return builder;
  });
  let taken = 0;
  const flush = (): Column[] => {
    taken = reader.rowCount;
    return builders.map((builder) => builder.take());
  };
  for await (const chunk of textBytes(path, { name, dialect })) {
    reader.push(chunk);
    reader.issues.throwIfAny();
    if (reader.rowCount - taken >= rowsAtOnce) yield flush();
  }
  reader.end();
  reader.issues.throwIfAny();
  if (reader.rowCount > taken) yield flush();
}

const rowsAtOnce = 65_536;

/** A builder whose column is taken again and again. */
class BatchBuilder implements ColumnBuilder {
  readonly #make: () => ColumnBuilder;
  #builder: ColumnBuilder;

  constructor(make: () => ColumnBuilder) {
    this.#make = make;
    this.#builder = make();
  }

  get column(): CsvColumn {
    return this.#builder.column;
  }

  push(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#builder.push(bytes, start, end);
  }

  reserve(): void {}

  take(): Column {
    const column = this.#builder.finish();
    this.#builder = this.#make();
    return column;
  }

  finish(): Column {
    return this.#builder.finish();
  }
}
