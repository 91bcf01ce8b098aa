/** How well all other columns together tell what one column tells: what a single strong column is measured against. */
import { seededRandom } from '../../random.js';
import { datasetRows } from '../../schema/dataset.js';
import { matrixRows } from '../../table/matrix.js';
import { boosting } from '../../trees/boosting.js';
import type { ColumnProfile } from '../column-profile.js';
import { asIfUnknown } from '../counterfactual.js';
import { rawRecipe } from '../plain-recipe.js';
import type { Subject } from '../subject.js';

/** More rows than this cost time and change little. */
const MOST_ROWS = 20_000;
const learner = boosting({ trees: 40, leaves: 8, learningRate: 0.2 });

/**
 * The strength, in the target's measure, of the other features together: small trees learn the response on one half of
 * the rows and judge the other. Undefined where there are no others.
 */
export function othersTogether(subject: Subject, column: ColumnProfile): number | undefined {
  const { dataset, features, target, seed, rowCount } = subject;
  if (features.length < 2) return undefined;
  const random = seededRandom(seed).fork('others');
  const drawn = random.shuffle(Uint32Array.from({ length: rowCount }, (_, row) => row)).slice(0, MOST_ROWS);
  const rows = datasetRows(asIfUnknown(dataset, column.name), drawn);
  const { ranks } = subject.strength(column).response;
  const targets = Float64Array.from(drawn, (row) => ranks[row]!);
  const context = { targets, seed, ordered: false };
  const { matrix } = rawRecipe(rows.schema).fit(rows.table, context);
  const half = drawn.length >> 1;
  const [teaching, judging] = [range(0, half), range(half, drawn.length)];
  const model = learner.fit(matrixRows(matrix, teaching), targets.slice(0, half), { seed });
  const predicted = model.predict(matrixRows(matrix, judging));
  const order = Uint32Array.from(judging.keys()).sort((a, b) => predicted[a]! - predicted[b]!);
  const sums = Float64Array.from(order, (i) => targets[half + i]!);
  return target.measure.of({
    rows: new Uint8Array(order.length).fill(1),
    sums,
    squares: sums.map((rank) => rank * rank),
  });
}

function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}
