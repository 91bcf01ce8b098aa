/** An artefact of any learner on made rows, of numbers `a` and `b`: nothing is decided, and it is judged on what it learned; for tests. */
import { noDecision } from '../decide/no-decision.js';
import { pipeline } from '../evaluate/pipeline.js';
import type { Learner } from '../models/models.js';
import type { Dataset } from '../schema/schema.js';
import { type Artefact, makeArtefact, readArtefact } from '../study/artefact.js';
import { judgeRows } from '../study/judge-rows.js';
import { taskOf } from '../task/task-of.js';
import { madeRecipe } from './made-dataset.js';

/** The artefact of a study of this name. */
export function madeArtefact(study: string, learner: Learner, data: Dataset): Artefact {
  const fitted = pipeline(madeRecipe(data), learner).fit(data, { seed: 7 });
  const parts = {
    study,
    pipeline: fitted,
    policy: noDecision(taskOf(data.schema).kind).fit(judgeRows(fitted, data, Number.NaN)),
    trainedOn: data,
    measuredOn: data,
    scores: {},
    seed: 7,
    program: 'test',
    why: 'It is tested.',
    card: `# ${study}\n`,
  };
  return readArtefact(makeArtefact(parts, new Date(0)));
}
