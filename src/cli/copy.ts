/** `alambique copy`: copies tables of a database, whole or not at all: one that is declared, or any that is named. */
import { defineCopy } from '../copy/define-copy.js';
import type { Job } from '../jobs/job.js';
import type { JobReport } from '../jobs/run-job.js';
import { Problem } from '../problem.js';
import { type Command, type Effects, exitCodes, type OptionValues, refuseUnused } from './command.js';
import { exitCodeOf, jobOptions, jobStart, jobsNamed, startJob } from './job-runs.js';

export const copy: Command = {
  name: 'copy',
  summary:
    'Copies tables of a database to files, whole or not at all: a declared copy by name, or with --from.',
  arguments: '[name]',
  mostArguments: 1,
  options: {
    ...jobOptions,
    from: { type: 'string', value: 'address', help: 'postgres://…, mysql://…, sqlite:path, or env:NAME' },
    tables: { type: 'string', value: 'names', help: 'the tables, by commas' },
    to: {
      type: 'string',
      value: 'place',
      help: 'a folder, az://… or s3://…; a folder of the date is made there',
    },
    format: { type: 'string', value: 'name', help: 'csv, or parquet' },
    json: { type: 'boolean', help: 'print one line of JSON for each copy' },
  },
  async run({ values, positionals: [name] }, effects) {
    const start = jobStart(values);
    if (values.from === undefined) refuseUnused(values, ['tables', 'to', 'format'], 'them only with --from');
    const copies = values.from === undefined ? await declared(name, effects) : [adHoc(values, name)];
    let code: number = exitCodes.done;
    for (const one of copies) {
      const report = await startJob(one, start, effects);
      if (report.outcome === 'nothing' && values.from !== undefined) throw thereAlready(report, values);
      if (values.json) effects.out(`${JSON.stringify(report)}\n`);
      else tell(report, effects);
      code = Math.max(code, exitCodeOf(report.outcome));
    }
    return code;
  },
};

/** Tables that are named are wanted, not what was copied there before. */
function thereAlready({ date }: JobReport, { to }: OptionValues): Problem {
  return new Problem({
    code: 'copy-exists',
    what: `something was copied to ${to}/${date} already`,
    remedy: 'name another --to',
  });
}

async function declared(name: string | undefined, effects: Effects): Promise<readonly Job[]> {
  if (name !== undefined) {
    const copies = (await jobsNamed(name, effects)).filter(({ kind }) => kind === 'copy');
    if (copies.length > 0) return copies;
  }
  throw new Problem({
    code: 'cli-arguments',
    what: name === undefined ? 'it is not said what to copy' : `"${name}" is a job and no copy`,
    expected: 'the name of a copy, or --from, --tables and --to',
    remedy: '"alambique jobs" lists them',
  });
}

function adHoc({ from, tables, to, format = 'csv' }: OptionValues, name: string | undefined): Job {
  if (
    name !== undefined ||
    typeof tables !== 'string' ||
    typeof to !== 'string' ||
    (format !== 'csv' && format !== 'parquet')
  ) {
    throw new Problem({
      code: 'cli-arguments',
      what: 'it is not said what to copy and where to',
      expected: '--from postgres://… --tables a,b --to FOLDER, and --format csv or parquet',
    });
  }
  const names = tables.split(',').map((table) => table.trim());
  return defineCopy({
    name: 'ad-hoc',
    from: from as string,
    tables: Object.fromEntries(names.filter(Boolean).map((table) => [table, {}])),
    to,
    format,
    retries: 0,
  });
}

function tell({ job, date, outcome, why, missed = [], output }: JobReport, effects: Effects): void {
  if (outcome === 'failed') {
    effects.err(`${job}, ${date}: failed. ${why}\n`);
    return;
  }
  const { tables, to } = output as { tables: { name: string; rows: number; bytes: number }[]; to: string };
  effects.out(
    `${job}, ${date}: ${outcome === 'done' ? `copied to ${to.replace(/\/$/, '')}/${date}` : outcome}. ${why ?? ''}`.trimEnd(),
  );
  effects.out('\n');
  for (const { name, rows, bytes } of tables)
    effects.out(`  ${name}: ${rows.toLocaleString('en-US')} rows, ${bytes.toLocaleString('en-US')} bytes\n`);
  if (missed.length > 0) effects.out(`  Missed: ${missed.join(', ')}\n`);
}
