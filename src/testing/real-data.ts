/** Finds a real data set for the tests that can use one, or says why it is not there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setting, thisPlace } from '../config/read-settings.js';
import { workspace } from '../workspace.js';

/** The path of a file in `data/raw` or in the folder named by ALAMBIQUE_DATA, or undefined. */
export function realData(file: string): string | undefined {
  const folders = [workspace().raw, setting('data', thisPlace())];
  return (
    folders.map((folder) => folder && join(folder, file)).find((path) => path && existsSync(path)) ||
    undefined
  );
}

/** For `test(name, { skip: withoutRealData('bank-full.csv') }, …)`: false where the file is there, else the reason. */
export function withoutRealData(file: string): string | false {
  return realData(file) ? false : `${file} is neither in data/raw nor in the folder named by ALAMBIQUE_DATA`;
}
