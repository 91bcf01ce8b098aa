/** Says which levels of a dataset look alike: they are as many levels as there are ways to write them. */
import { listNames } from '../problem.js';
import { nearDuplicateLevels } from '../table/near-duplicate-levels.js';
import type { Dataset } from './schema.js';

/** Names and free texts have more, and nobody corrects them one by one. */
const mostLevels = 1000;
const mostGroups = 3;

/** A sentence for each column known before the moment whose levels differ in case, blanks or the form of their letters only. */
export function lookAlikes({ schema, table }: Dataset): string[] {
  return [...schema.before, schema.target.name].flatMap((name) => {
    if (!table.has(name)) return [];
    const column = table.column(name);
    if (column.kind !== 'category' || column.levels.length > mostLevels) return [];
    const groups = nearDuplicateLevels(column.levels);
    if (groups.length === 0) return [];
    const shown = groups.slice(0, mostGroups).map((group) => listNames(group));
    const more = groups.length > mostGroups ? `; ${groups.length - mostGroups} more such groups` : '';
    return [`Levels of "${name}" look alike and count as different ones: ${shown.join('; ')}${more}.`];
  });
}
