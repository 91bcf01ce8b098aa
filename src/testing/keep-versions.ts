/** A program that keeps version after version in a store until it is killed; for the test of crashes. */
import { readArtefactFiles, setAlias, writeArtefact } from '../store/artefact-store.js';
import { numberedVersion } from './numbered-version.js';

const [folder = '', reference = '', first = ''] = process.argv.slice(2);
const { study, version, files } = readArtefactFiles(reference, { folder });
for (let number = Number(first); ; number++) {
  const next = numberedVersion(version, number);
  writeArtefact({ study, version: next, files }, { folder });
  setAlias(study, 'champion', next, { folder });
  process.stdout.write(`${number}\n`);
}
