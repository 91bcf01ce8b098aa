import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  codes,
  datasetSlice,
  extendDataset,
  extendSchema,
  features,
  impute,
  logistic,
  number,
  numberColumn,
  pipeline,
  readArtefact,
  scale,
} from '../src/index.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { smallDataset } from '../src/testing/small-dataset.js';
import { compileRangeCheck } from './range-check.js';

test('what hardly a training row lacked is missed where it is not sent; what many lacked is not', () => {
  const { dataset } = smallDataset({ rows: 1000 });
  const schema = extendSchema(dataset.schema, { pace: number({ optional: true }) });
  const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 5 ? Number.NaN : i % 9));
  const paced = extendDataset(dataset, schema, [numberColumn('pace', values)]);
  const recipe = features(schema, [codes('job'), scale(impute('pdays'), impute('pace'))]);
  const trainedOn = datasetSlice(paced, 0, 700);
  const candidate = pipeline(recipe, logistic());
  const artefact = readArtefact(
    smallArtefact({
      pipeline: candidate.fit(trainedOn),
      trainedOn,
      measuredOn: datasetSlice(paced, 700),
    }),
  );
  const check = compileRangeCheck(artefact);
  const row = (pace: number | null) =>
    schema.before.map((name) =>
      name === 'pace' ? pace : name === 'pdays' ? null : paced.table.cell(9, name),
    );
  assert.deepEqual(check(row(3), ''), []);
  const [issue, ...others] = check(row(null), '/4');
  assert.deepEqual([issue?.code, issue?.where?.pointer, others], ['seldom-missing', '/4/pace', []]);
});
