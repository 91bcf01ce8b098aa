/** Looks, before any work, whether an output can stand where it is wanted, and replaces nothing that is not an output. */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Issue, Problem } from '../../problem.js';
import { batchFiles } from '../../scoring/batch/batch-files.js';

/**
 * The path that an output is written to: a link is followed. Throws `batch-output` where a folder, a device or a pipe
 * stands there, where its folder is missing, or where an input would be replaced by one of the files of the output.
 */
export function outputPlace(
  output: string,
  { inputs, mayBeParquet = false }: { inputs: readonly string[]; mayBeParquet?: boolean },
): string {
  const refuse = (what: string, remedy?: string): never => {
    const issue: Issue = { code: 'batch-output', what, where: { file: output }, remedy };
    throw new Problem(issue);
  };
  const folder = dirname(resolve(output));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    refuse('the folder of the output is not there', `make it first: mkdir -p ${dirname(output)}`);
  if (/\.(?:xlsx|parquet|zip)$/i.test(output) && !(mayBeParquet && /\.parquet$/i.test(output)))
    refuse('an output is CSV, or what the input is as text', 'name it .csv or .csv.gz');
  const there = statSync(output, { throwIfNoEntry: false });
  if (there?.isDirectory()) refuse('a folder stands where the output should', 'name a file in it');
  if (there && !there.isFile())
    refuse('the output is written whole or not at all, which a device or a pipe cannot be', 'name a file');
  const place = there ? realpathSync(output) : join(realpathSync(folder), basename(output));
  try {
    accessSync(dirname(place), constants.W_OK);
  } catch {
    refuse('nothing can be written into the folder of the output');
  }
  const same = [place, ...Object.values(batchFiles(place))].find((path) =>
    inputs.some((input) => isSame(path, input)),
  );
  if (same !== undefined) {
    refuse(
      `the input would be replaced: it is ${same === place ? 'the output itself' : `"${basename(same)}", which the output brings along`}`,
      'give the output another name',
    );
  }
  return place;
}

/** Whether two paths are one file, by whatever names. */
function isSame(path: string, other: string): boolean {
  if (!existsSync(path) || !existsSync(other)) return false;
  const [one, two] = [statSync(path), statSync(other)];
  return one.ino === two.ino && one.dev === two.dev;
}
