/** A small artefact whose model reads a column that no file holds and that need not be sent; for tests only. */
import { pipeline } from '../evaluate/pipeline.js';
import { impute } from '../features/impute.js';
import { ordinal } from '../features/ordinal.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { logistic } from '../models/logistic.js';
import { number } from '../schema/column-types.js';
import { datasetSlice } from '../schema/dataset.js';
import { extendDataset, extendSchema } from '../schema/extend.js';
import type { ArtefactFiles } from '../study/artefact-files.js';
import { numberColumn } from '../table/table.js';
import { smallArtefact } from './small-artefact.js';
import { smallDataset } from './small-dataset.js';

/** Its model reads `job`, `pdays` and an optional `pace`, which 5 of 700 training rows lacked. */
export function pacedArtefact(): ArtefactFiles {
  const { dataset } = smallDataset({ rows: 1000 });
  const schema = extendSchema(dataset.schema, { pace: number({ optional: true }) });
  const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 5 ? Number.NaN : i % 9));
  const paced = extendDataset(dataset, schema, [numberColumn('pace', values)]);
  const recipe = features(schema, [ordinal('job'), scale(impute('pdays'), impute('pace'))]);
  const trainedOn = datasetSlice(paced, 0, 700);
  return smallArtefact({
    pipeline: pipeline(recipe, logistic()).fit(trainedOn),
    trainedOn,
    measuredOn: datasetSlice(paced, 700),
  });
}
