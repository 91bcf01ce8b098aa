/** `/runs`: the record of what was done, as JSON, or as a page where a browser asks. */
import { type ListRunsOptions, listRuns, type RecordedRun, runKinds } from '../src/serving.js';
import { preferredType } from './accept.js';
import type { LazyDatabase } from './lazy-database.js';
import type { Log } from './log.js';
import { runsHtml } from './page/runs-page.js';
import { problem, Refusal } from './problems.js';
import { json } from './reply.js';
import type { Endpoint } from './router.js';

/** Which runs a request may ask for. */
export type RunsQuestion = Omit<ListRunsOptions, 'now'>;

/** Reads the record; rejects where it cannot be read now. */
export type ReadRuns = (question: RunsQuestion) => Promise<readonly RecordedRun[]>;

/** At most so many in one answer. */
export const mostRuns = 1000;

/** The runs of the query, newest first; none where there is no record. */
export function runsPage(read: ReadRuns = async () => []): Endpoint {
  return async ({ request }) => {
    const question = questionOf(new URLSearchParams(request.query));
    let runs: readonly RecordedRun[];
    try {
      runs = await read(question);
    } catch {
      return problem(503, 'The record of runs cannot be read now; the log of the service says why.');
    }
    const wanted = preferredType(request.header('accept'), ['application/json', 'text/html']);
    return wanted === 'text/html' ? runsHtml(runs, question) : json({ runs });
  };
}

function questionOf(query: URLSearchParams): RunsQuestion {
  const kind = runKinds.find((known) => known === query.get('kind'));
  if (query.has('kind') && kind === undefined)
    throw new Refusal(400, `"kind" is one of ${runKinds.join(', ')}.`);
  const most = query.get('most') ?? undefined;
  if (most !== undefined && !(/^\d{1,4}$/.test(most) && Number(most) >= 1 && Number(most) <= mostRuns))
    throw new Refusal(400, `"most" is a whole number from 1 to ${mostRuns}.`);
  if ([...query.values()].some((value) => value.includes('\0')))
    throw new Refusal(400, 'No run has such a name.');
  return {
    kind,
    name: query.get('name') ?? undefined,
    id: query.get('id') ?? undefined,
    ...(most !== undefined && { most: Number(most) }),
  };
}

/** Reads the record from the workspace's database. */
export function runsOf(database: LazyDatabase, { now, log }: { now: () => Date; log: Log }): ReadRuns {
  return async (question) => {
    try {
      return await listRuns(await database.open(), { ...question, now: now() });
    } catch (error) {
      log.event('runs could not be read', { level: 'error', why: (error as Error).message });
      throw error;
    }
  };
}
