/** Rows that are held out are judged as what they are: in time order, and of groups. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimate } from '../evaluate/intervals.js';
import { pipeline } from '../evaluate/pipeline.js';
import { logistic } from '../models/logistic.js';
import { groupCodes } from '../schema/dataset.js';
import { brier } from '../task/metrics/mean-loss.js';
import { made, madeRecipe } from '../testing/made-dataset.js';
import { judgeRows } from './judge-rows.js';

test('intervals of rows held out resample by time and by group, where rows have both', () => {
  const rows = made(300, { groups: 20, ordered: true });
  const judged = judgeRows(pipeline(madeRecipe(rows), logistic()).fit(rows), rows, 0.5);
  assert.deepEqual(judged.groups, groupCodes(rows));
  assert.match(estimate(brier, judged).method, /^bootstrap of 20 groups.* blocks of 18 rows$/);
  const alone = made(300, {});
  const single = judgeRows(pipeline(madeRecipe(alone), logistic()).fit(alone), alone, 0.5);
  assert.deepEqual([single.groups, single.ordered], [undefined, undefined]);
});
