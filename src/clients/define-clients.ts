/** States what is known of a client, and when; the schema of a study of them follows. */
import { columnIssue } from '../features/check-steps.js';
import { type Issue, Problem } from '../problem.js';
import { makeSchema } from '../schema/define-schema.js';
import type { Dataset, Schema, SchemaColumn } from '../schema/schema.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import type { ClientFeature } from './client-feature.js';
import type { Clients, ClientsSpec } from './clients.js';
import { trainingRows } from './training-rows.js';

/**
 * Clients that are asked about by id, and their features as of any moment. The rows that teach are (client, moment) and know
 * nothing later; `currentFeatures` gives the same features as of now. The schema groups by client and is ordered by moment.
 * Throws a `Problem` with everything that is wrong: a column that is known too late, an id or a moment that is none.
 *
 * @example
 * const borrowers = defineClients({
 *   id: 'id',
 *   from: loans,
 *   moment: 'loan_date',
 *   features: {
 *     nb_previous_loans: countBefore(),
 *     avg_amount_loans_previous: meanBefore('loan_amount'),
 *     age: yearsSince('birthday'),
 *   },
 * });
 * borrowers.schema.group // → 'id'
 */
export function defineClients<
  Before extends string,
  Late extends string,
  Id extends Before,
  Moment extends Before,
  Name extends string,
>(spec: ClientsSpec<Before, Late, Id, Moment, Name>): Clients<Id | Moment | Name, Late> {
  const { id, from, moment, freshForHours = 36 } = spec;
  const features: Readonly<Record<string, ClientFeature>> = spec.features;
  const issues = issuesOf(from, { id, moment, features, freshForHours });
  if (issues.length > 0) throw new Problem(issues);
  const schema = schemaOf<Id | Moment | Name, Late>(from, { id, moment, features });
  const kept = new Set(schema.columns.map(({ name }) => name));
  const clients: Clients<Id | Moment | Name, Late> = {
    ...{ id, moment, from, features, freshForHours, schema },
    derive: {
      from,
      rows: (file) => trainingRows(clients, file) as Dataset<Id | Moment | Name, Late>,
      without: from.columns.map(({ name }) => name).filter((name) => !kept.has(name)),
    },
  };
  return withSheet(clients, sheetOf);
}

type Parts = Pick<Clients, 'id' | 'moment' | 'features'>;

function schemaOf<Before extends string, Late extends string>(
  from: Schema,
  { id, moment, features }: Parts,
): Schema<Before, Late> {
  const known = (name: string): SchemaColumn => {
    const { type } = from.columns.find((column) => column.name === name)!;
    // The service knows whose features it reads, and of when: a request need not say so again.
    return { name, known: 'before', type: { ...type, optional: true } };
  };
  const made = Object.entries(features).map(
    ([name, feature]): SchemaColumn => ({ name, known: 'before', type: feature.type(from) }),
  );
  const late = from.columns.filter((column) => column.known !== 'before');
  return makeSchema<Before, Late>({
    moment: from.moment,
    target: from.target,
    order: moment,
    group: id,
    columns: [known(id), known(moment), ...made, ...late],
  });
}

function issuesOf(
  from: Schema,
  { id, moment, features, freshForHours }: Parts & { freshForHours: number },
): Issue[] {
  const kindOf = (name: string): string | undefined =>
    from.columns.find((column) => column.name === name && column.known === 'before')?.type.kind;
  const issues: Issue[] = [];
  const add = (code: string, what: string, more: Partial<Issue> = {}): void => {
    issues.push({ code, what, ...more });
  };
  if (kindOf(id) !== 'id')
    add('clients-no-id', 'the column that names the client is not declared so', {
      where: { column: id },
      remedy: `declare it in \`before\` as ${id}: id()`,
    });
  if (kindOf(moment) !== 'date')
    add('clients-no-moment', 'the moment of a row is no date that is known then', {
      where: { column: moment },
      remedy: `declare it in \`before\` as ${moment}: date()`,
    });
  if (Object.keys(features).length === 0)
    add('clients-no-features', 'nothing is said of what is known of a client', {
      remedy: 'give one feature or more, such as nb_previous: countBefore()',
    });
  for (const name of [id, moment].filter((taken) => Object.hasOwn(features, taken)))
    add('clients-repeated-column', 'a feature has the name of the id or the moment', {
      where: { column: name },
      remedy: 'call it otherwise',
    });
  if (!(freshForHours > 0))
    add('clients-fresh', 'features cannot be fresh for so long', {
      got: String(freshForHours),
      expected: 'more than 0 hours',
    });
  const read = new Set(Object.values(features).flatMap(({ reads }) => reads));
  for (const name of read) {
    const issue = columnIssue(from, name);
    if (issue) issues.push(issue);
  }
  for (const [name, { readsOutcomes, freshForDays }] of Object.entries(features)) {
    if (freshForDays !== undefined && !(freshForDays > 0))
      add('clients-fresh', 'a feature cannot be fresh for so long', {
        where: { column: name },
        got: String(freshForDays),
        expected: 'more than 0 days',
      });
    const wrong = readsOutcomes && outcomeIssue(from, readsOutcomes);
    if (wrong) issues.push({ ...wrong, where: { column: name } });
  }
  return issues;
}

/** Why outcomes of earlier rows cannot be read like that; undefined where they can. */
function outcomeIssue(
  from: Schema,
  { column, knownAfterDays }: NonNullable<ClientFeature['readsOutcomes']>,
): Issue | undefined {
  const type =
    column === from.target.name
      ? from.target.type
      : from.columns.find(({ name, known }) => name === column && known !== 'before')?.type;
  if (type?.kind !== 'yesNo' && type?.kind !== 'category')
    return {
      code: 'clients-no-outcome',
      what: `"${column}" is no outcome that can be counted`,
      expected: 'what is predicted, or a text that is known only after the moment',
    };
  if (knownAfterDays >= 0) return undefined;
  return {
    code: 'clients-outcome-delay',
    what: `an outcome cannot be known ${knownAfterDays} days after its row`,
    expected: 'at least 0 days',
  };
}

function sheetOf({ id, moment, from, features, freshForHours }: Clients): Sheet {
  return {
    above: [
      `One row for each ${id} and ${moment}; what is predicted is ${from.target.name}, when ${from.moment}.`,
      `Computed features are fresh for ${freshForHours} hours.`,
      '',
    ],
    header: ['feature', 'is', 'as of'],
    rows: Object.entries(features).map(([name, { meaning, of }]) => [
      name,
      meaning,
      of === 'moment' ? 'the moment asked about' : `the last ${moment}`,
    ]),
    align: ['left', 'left', 'left'],
  };
}
