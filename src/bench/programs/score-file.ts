/** Scores a file with a kept model. */
import { scoreFile } from '../../scoring/batch/score-file.js';
import { csvSource } from '../../scoring/batch/source.js';
import { createScorer } from '../../scoring/scorer.js';
import { loadArtefact } from '../../store/load-artefact.js';
import { measure, readTask } from './measure.js';

const task = readTask<{ models: string; rows: string; scored: string }>();

async function main(): Promise<void> {
  const artefact = await loadArtefact('bank-marketing', { folder: task.models });
  const scorer = createScorer(artefact);
  const options = { input: task.rows, output: task.scored, allowConstant: false };
  await measure(
    task,
    async () => scoreFile(scorer, await csvSource(task.rows, artefact.schema, { keep: [] }), options),
    ({ scored }) => ({ scored }),
  );
}

void main();
