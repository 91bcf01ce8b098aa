/** What a key may ask about. Whatever lies outside is to its holder as if it were not there. */
import { type Issue, Problem, show } from '../problem.js';

/** The scope of a key; what is absent is not limited. */
export interface KeyScope {
  /** Studies by name. */
  readonly studies?: readonly string[];
  /** Clients by id; "17*" is every id that begins with 17. An empty list is nobody. */
  readonly clients?: readonly string[];
}

/** Whether the scope holds this study. */
export function mayAskStudy({ studies }: KeyScope, study: string): boolean {
  return studies === undefined || studies.includes(study);
}

/** Whether the scope holds this client. */
export function mayAskClient({ clients }: KeyScope, id: string): boolean {
  return (
    clients === undefined ||
    clients.some((one) => (one.endsWith('*') ? id.startsWith(one.slice(0, -1)) : id === one))
  );
}
/** The scope, checked. Throws `key-scope` with all that is wrong with it. */
export function checkScope(scope: KeyScope): KeyScope {
  const issues: Issue[] = [];
  const wrong = (what: string, got: string, expected: string): void =>
    void issues.push({ code: 'key-scope', what, got: show(got), expected });
  for (const study of scope.studies ?? [])
    if (!/^[a-z0-9-]{1,64}$/.test(study))
      wrong('no study has that name', study, 'small letters, digits and "-"');
  for (const client of scope.clients ?? []) {
    if (client === '' || client.slice(0, -1).includes('*'))
      wrong('no id of a client looks so', client, 'an id, or its beginning and "*"');
  }
  if (issues.length > 0) throw new Problem(issues);
  return scope;
}
