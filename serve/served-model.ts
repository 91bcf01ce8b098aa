/** A model as the service asks it: rows that came as JSON go in, checked; answers or the reasons of a refusal come out. */
import {
  type Artefact,
  type Cell,
  type CheckedRow,
  compileRowCheck,
  type Issue,
  oneRowTable,
  rowsToTable,
  type Table,
} from '../src/serving.js';
import { compileRangeCheck } from './range-check.js';

/** One answered row. */
export interface Answer {
  readonly probability: number;
  readonly decision: 'act' | 'leave';
  /** What is unusual about the row; it was answered all the same. */
  readonly warnings: readonly Issue[];
}

/** What came of a list of rows: all of them answered, or none. */
export type Verdict =
  | { readonly answers: readonly Answer[]; readonly table: Table }
  | { readonly issues: readonly Issue[]; readonly total: number };

/** How rows are to be taken. */
export interface AskOptions {
  /** Where the rows stand in the body; `''` for a body that is one row, else a prefix such as "/rows". */
  readonly pointer?: (row: number) => string;
  /** Refuses what else would only be warned about. */
  readonly strict?: boolean;
}

/** The policy that decided. */
export interface PolicyNote {
  readonly name: string;
  /** The word for acting: "call". */
  readonly verb: string;
  /** Rows of at least this probability are acted on. */
  readonly cutoff: number;
}

/** A loaded artefact, its checks compiled. */
export interface ServedModel {
  readonly artefact: Artefact;
  /** "bank-marketing@20261121T021500Z-…": study and version. */
  readonly reference: string;
  /** The fields of JSON that every answer is signed with: `policy` and `model`. */
  readonly signature: string;
  ask(rows: readonly unknown[], options?: AskOptions): Verdict;
}

/** More would be no help to whoever mends a file of thousands of wrong rows. */
const mostIssues = 100;

/** Compiles an artefact for serving. */
export function servedModel(artefact: Artefact): ServedModel {
  const { schema, pipeline, policy } = artefact;
  const check = compileRowCheck(schema);
  const unusual = compileRangeCheck(artefact);
  const alone = oneRowTable(schema);
  const reference = `${artefact.study}@${artefact.version}`;

  return {
    artefact,
    reference,
    signature: `"policy":${JSON.stringify(policyNote(artefact))},"model":${JSON.stringify(reference)}`,
    ask(rows, { pointer = rowPointer, strict = false } = {}) {
      const checked: CheckedRow[] = [];
      const warnings: (readonly Issue[])[] = [];
      const issues: Issue[] = [];
      let total = 0;
      for (let i = 0; i < rows.length; i++) {
        const at = pointer(i);
        const verdict = check(rows[i], at);
        if (verdict.row) {
          const found = unusual(verdict.row, at);
          checked.push(verdict.row);
          warnings.push(found);
          if (!strict || found.length === 0) continue;
          total += found.length;
          append(issues, found);
        } else {
          total += verdict.issues.length;
          append(issues, verdict.issues);
        }
      }
      if (total > 0) return { issues, total };
      const table = checked.length === 1 ? alone(checked[0]!) : rowsToTable(schema, checked);
      const probabilities = pipeline.predict(table);
      const answers = warnings.map((found, i): Answer => {
        const probability = probabilities[i]!;
        // A model that answers something else than a probability must not be believed, and JSON would say null.
        if (!(probability >= 0 && probability <= 1)) throw new Error('The model answered no probability.');
        return { probability, decision: policy.decide(probability), warnings: found };
      });
      return { answers, table };
    },
  };
}

/** The policy of an artefact, in short. */
export function policyNote({ policy }: Artefact): PolicyNote {
  const { verb } = policy.policy.params;
  return { name: policy.policy.name, verb: typeof verb === 'string' ? verb : 'act', cutoff: policy.cutoff };
}

/** A golden row as a client may send it: the one that the model thinks likeliest. */
export function exampleRow({ golden, schema }: Artefact): Record<string, Cell> {
  const likeliest = golden.probabilities.indexOf(Math.max(...golden.probabilities));
  const row = golden.rows[likeliest] ?? {};
  return Object.fromEntries(schema.before.map((name) => [name, row[name] ?? null]));
}

function rowPointer(row: number): string {
  return `/${row}`;
}

function append(list: Issue[], found: readonly Issue[]): void {
  for (const issue of found) if (list.length < mostIssues) list.push(issue);
}
