/** The finished example stays what `new` writes: nobody edits it by hand. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { draftSchema } from '../look/draft-schema.js';
import { look } from '../look/look-at-file.js';
import { readNotebook } from '../notebook/notebook.js';
import { realData, withoutRealData } from '../testing/real-data.js';
import { workspace } from '../workspace.js';
import { planStudy } from './plan.js';
import { studyNotebook } from './study-notebook.js';

const file = 'bank-additional-full.csv.gz';

test('notebooks/bank-offers is what `new` writes of the file, to the letter', {
  skip: withoutRealData(file),
}, async () => {
  const seen = await look(realData(file)!);
  const draft = draftSchema(seen, { target: 'y', moment: 'the call is placed' });
  const question = 'Which customers will accept the offer?';
  const written = studyNotebook(
    planStudy({ name: 'bank-offers', look: seen, draft, question, withDanfo: true }),
  );
  const kept = readNotebook(join(workspace().notebooks, 'bank-offers', '1-bank-offers.ipynb'));
  assert.deepEqual(
    kept.cells.map(({ id, source }) => [id, source]),
    written.cells.map(({ id, source }) => [id, source]),
    'write it again with `alambique new`, run it with --save, distil and run the study',
  );
});
