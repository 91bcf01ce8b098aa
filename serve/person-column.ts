/** Which column of a row says whom it is about. */
import type { Artefact } from '../src/serving.js';

/** The `id()` that is known before the moment; undefined where rows are about nobody who can be told. */
export function personColumn({ schema }: Pick<Artefact, 'schema'>): string | undefined {
  return schema.columns.find(({ known, type }) => known === 'before' && type.kind === 'id')?.name;
}
